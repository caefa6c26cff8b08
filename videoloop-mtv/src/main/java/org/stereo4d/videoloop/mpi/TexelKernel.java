package org.stereo4d.videoloop.mpi;

/**
 * The inner loops over texels: bilinear sums and their transposes. There is a plain one and a twin
 * that uses vector instructions; both give the same bits.
 */
public interface TexelKernel {
  /**
   * Interpolates the first four channels of pixels of one frame.
   *
   * @param channels values per texel; {@code >= 4}
   * @param rowTexels texels from one row to the next
   * @param texel top left texel of each pixel
   * @param right fraction towards the right texel of each pixel
   * @param below fraction towards the lower texel of each pixel
   * @param start first pixel in {@code texel}, {@code right} and {@code below}
   * @param count number of pixels
   * @param out receives four values per pixel, from index 0
   */
  void blendPixels(
      float[] texels,
      int channels,
      int rowTexels,
      int[] texel,
      float[] right,
      float[] below,
      int start,
      int count,
      float[] out);

  /**
   * Adds four values to the first four channels of the texels around a pixel, the transpose of
   * {@link #blendPixels}.
   *
   * @param top index of the first value of the top left texel
   * @param bottom index of the first value of the lower left texel
   */
  void spreadPixel(
      float[] texels,
      int channels,
      int top,
      int bottom,
      float right,
      float below,
      float[] values,
      int from);

  /**
   * Interpolates frames that follow each other.
   *
   * @param texels where the frames of four texels lie, at {@code i00} and so on
   * @param weights of the four texels
   */
  void blendFrames(
      float[] texels,
      int i00,
      int i01,
      int i10,
      int i11,
      float[] weights,
      float[] out,
      int to,
      int frames);

  /** Adds frames times a weight. */
  void addFrames(float[] values, int from, float weight, float[] sums, int to, int frames);
}
