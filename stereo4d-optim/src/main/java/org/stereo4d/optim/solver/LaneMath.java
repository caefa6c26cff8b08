package org.stereo4d.optim.solver;

/** Arithmetic on {@link BandedLdl#LANES} numbers: the contract of the plain loop and its twin. */
public interface LaneMath {
  /**
   * {@code out[to + l] -= sum over i of a[atA + i stepA + l] * b[atB + i stepB + l]} for all lanes.
   * Products are subtracted one after another from the first on, each rounded, never fused.
   *
   * @param count terms of the sum; >= 0
   */
  void subtractDot(
      double[] out,
      int to,
      double[] a,
      int atA,
      int stepA,
      double[] b,
      int atB,
      int stepB,
      int count);

  /**
   * {@code out[l] = sum over frames of a[frame + l] * b[frame + l]}, in the order of the frames,
   * for arrays of whole frames.
   */
  void dot(double[] a, double[] b, double[] out);
}
