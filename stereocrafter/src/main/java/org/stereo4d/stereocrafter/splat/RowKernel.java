package org.stereo4d.stereocrafter.splat;

/** Splats one row after another. Holds buffers for one row, not thread-safe. */
interface RowKernel {
  /**
   * Motion of a row on its way to another view.
   *
   * @param px array that holds its disparities
   * @param from index of the first of them
   * @param shift motion to the right in disparities
   * @param middle disparity of weight 1
   * @param exponentPerPx power of two per pixel of disparity in a weight
   * @param leastWeight sum of weights under which a pixel is darkened
   */
  record Source(
      float[] px, int from, float shift, float middle, float exponentPerPx, float leastWeight) {
    /** Weight of a disparity, in the range of a narrow row. */
    float weight(float disparityPx) {
      return RowWeights.power((disparityPx - middle) * exponentPerPx);
    }
  }

  /**
   * Where coverage and disparity of a row of the new view go.
   *
   * @param coverage array of coverages
   * @param disparity array of disparities
   * @param from index of the row's first pixel in both
   */
  record Target(float[] coverage, float[] disparity, int from) {}

  /**
   * Moves a row of colours.
   *
   * @param colors array that holds the row, interleaved
   * @param from index of its first sample
   * @param out array that takes the new row
   * @param to index of its first sample
   */
  void run(Source source, float[] colors, int from, float[] out, int to, Target target);

  /** The same for levels 0..255, which are rounded to the nearest. */
  void run(Source source, byte[] levels, int from, byte[] out, int to, Target target);
}
