package org.stereo4d.synthetic.scene;

/** Colour of a surface as a band-limited function of the place on the object, and of time. */
public sealed interface Texture permits NoiseTexture, WaveTexture {
  /**
   * Colours at points of the object's frame, each averaged over about one pixel.
   *
   * @param count number of points
   * @param xyz place of each point, metres
   * @param footprintMeters width of the pixel on the surface at each point; detail finer than it
   *     fades out
   * @param rgb receives red, green and blue of each point, mostly within [0, 1]
   */
  void rgb(int count, double[] xyz, double[] footprintMeters, double timeSeconds, float[] rgb);
}
