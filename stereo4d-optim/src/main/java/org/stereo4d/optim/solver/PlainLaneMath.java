package org.stereo4d.optim.solver;

/** Eight sums in registers. */
final class PlainLaneMath implements LaneMath {
  @Override
  public void subtractDot(
      double[] out,
      int to,
      double[] a,
      int atA,
      int stepA,
      double[] b,
      int atB,
      int stepB,
      int count) {
    double s0 = out[to];
    double s1 = out[to + 1];
    double s2 = out[to + 2];
    double s3 = out[to + 3];
    double s4 = out[to + 4];
    double s5 = out[to + 5];
    double s6 = out[to + 6];
    double s7 = out[to + 7];
    int p = atA;
    int q = atB;
    for (int i = 0; i < count; i++, p += stepA, q += stepB) {
      s0 -= a[p] * b[q];
      s1 -= a[p + 1] * b[q + 1];
      s2 -= a[p + 2] * b[q + 2];
      s3 -= a[p + 3] * b[q + 3];
      s4 -= a[p + 4] * b[q + 4];
      s5 -= a[p + 5] * b[q + 5];
      s6 -= a[p + 6] * b[q + 6];
      s7 -= a[p + 7] * b[q + 7];
    }
    out[to] = s0;
    out[to + 1] = s1;
    out[to + 2] = s2;
    out[to + 3] = s3;
    out[to + 4] = s4;
    out[to + 5] = s5;
    out[to + 6] = s6;
    out[to + 7] = s7;
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
