package org.stereo4d.stereocrafter.splat;

/** Splats one row in single precision; holds buffers for one row, not thread-safe. */
public interface RowKernel {
  /** Makes kernels for rows of one width. */
  interface Factory {
    /** A kernel for RGB rows. */
    RowKernel create(int width, SplatOptions options);
  }

  /**
   * Splats a row whose weights are powers of two between {@code -MAX_EXPONENT} and {@code
   * MAX_EXPONENT} of {@link RowWeights}.
   */
  void run(SourceRow source, SplatRow target);
}
