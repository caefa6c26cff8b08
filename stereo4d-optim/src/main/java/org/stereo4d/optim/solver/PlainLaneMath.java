package org.stereo4d.optim.solver;

/** A loop of eight. */
final class PlainLaneMath implements LaneMath {
  @Override
  public void subtractProduct(double[] out, int to, double[] a, int atA, double[] b, int atB) {
    for (int l = 0; l < BandedLdl.LANES; l++) {
      out[to + l] -= a[atA + l] * b[atB + l];
    }
  }
}
