package org.stereo4d.optim.solver;

/** A loop of eight. */
final class PlainLaneMath implements LaneMath {
  @Override
  public void subtractProduct(double[] out, int to, double[] a, int atA, double[] b, int atB) {
    for (int l = 0; l < BandedLdl.LANES; l++) {
      out[to + l] -= a[atA + l] * b[atB + l];
    }
  }

  @Override
  public void dot(double[] a, double[] b, double[] out) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int k = 0; k < a.length; k += BandedLdl.LANES) {
      s0 += a[k] * b[k];
      s1 += a[k + 1] * b[k + 1];
      s2 += a[k + 2] * b[k + 2];
      s3 += a[k + 3] * b[k + 3];
      s4 += a[k + 4] * b[k + 4];
      s5 += a[k + 5] * b[k + 5];
      s6 += a[k + 6] * b[k + 6];
      s7 += a[k + 7] * b[k + 7];
    }
    out[0] = s0;
    out[1] = s1;
    out[2] = s2;
    out[3] = s3;
    out[4] = s4;
    out[5] = s5;
    out[6] = s6;
    out[7] = s7;
  }
}
