package org.stereo4d.synthetic.scene;

/** Colour of a surface as a band-limited function of the place on the object, and of time. */
public sealed interface Texture permits NoiseTexture, WaveTexture {
  /**
   * Colour at a point of the object's frame, averaged over about one pixel.
   *
   * @param footprintMeters width of the pixel on the surface; detail finer than it fades out
   * @param rgb receives red, green and blue, mostly within [0, 1]
   */
  void rgb(double x, double y, double z, double footprintMeters, double timeSeconds, float[] rgb);
}
