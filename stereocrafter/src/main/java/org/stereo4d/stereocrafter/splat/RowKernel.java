package org.stereo4d.stereocrafter.splat;

/** Splats one row after another in single precision. Holds buffers for one row, not thread-safe. */
public interface RowKernel {
  /** Makes kernels for rows of one width. */
  interface Factory {
    /** A kernel for RGB rows. */
    RowKernel create(int width, SplatOptions options);
  }

  /** Least and largest of the disparities of a row that are finite; both 0 if none is. */
  float[] range(float[] px, int from);

  /**
   * Moves a row of colours. Weights are powers of two between {@code -MAX_EXPONENT} and {@code
   * MAX_EXPONENT} of {@link RowWeights}.
   *
   * @param colors array that holds the row, interleaved
   * @param from index of its first sample
   * @param out array that takes the new row
   * @param to index of its first sample
   */
  void run(SourceRow source, float[] colors, int from, float[] out, int to, SplatRow target);

  /** The same for levels 0..255, which are rounded to the nearest. */
  void run(SourceRow source, byte[] levels, int from, byte[] out, int to, SplatRow target);
}
