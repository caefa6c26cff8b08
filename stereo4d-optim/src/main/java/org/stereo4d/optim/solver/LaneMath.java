package org.stereo4d.optim.solver;

/** Arithmetic on {@link BandedLdl#LANES} numbers: the contract of the plain loop and its twin. */
public interface LaneMath {
  /** {@code out[to + l] -= a[atA + l] * b[atB + l]} for all lanes; rounded twice, never fused. */
  void subtractProduct(double[] out, int to, double[] a, int atA, double[] b, int atB);

  /**
   * {@code out[l] = sum over frames of a[frame + l] * b[frame + l]}, in the order of the frames,
   * for arrays of whole frames.
   */
  void dot(double[] a, double[] b, double[] out);
}
