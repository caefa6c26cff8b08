package org.stereo4d.optim.solver;

/** Arithmetic on {@link BandedLdl#LANES} numbers: the contract of the plain loop and its twin. */
public interface LaneMath {
  /** {@code out[to + l] -= a[atA + l] * b[atB + l]} for all lanes; rounded twice, never fused. */
  void subtractProduct(double[] out, int to, double[] a, int atA, double[] b, int atB);
}
