package org.stereo4d.optim.track;

/**
 * The dynamic term for frames 1, 3 and 5 apart, eight tracks side by side. One copy per distance,
 * because the compiler makes vector code of constant offsets only.
 */
final class DynamicKernel {
  private DynamicKernel() {}

  static void accelerate1(
      double[] out, double[] c, double[] cn, double[] co, double[] cp, double[] d, int end) {
    for (int k = 8; k < end; k++) {
      out[k] = c[k] + cn[k] * d[k + 8] + co[k] * d[k] + cp[k] * d[k - 8];
    }
  }

  static void scatter1(double[] out, double[] force, double[] cn, double[] cp, int n) {
    for (int k = 8; k < n; k++) {
      out[k] += force[k - 8] * cn[k - 8];
    }
    for (int k = 0; k < n - 8; k++) {
      out[k] += force[k + 8] * cp[k + 8];
    }
  }

  static void accelerate3(
      double[] out, double[] c, double[] cn, double[] co, double[] cp, double[] d, int end) {
    for (int k = 24; k < end; k++) {
      out[k] = c[k] + cn[k] * d[k + 24] + co[k] * d[k] + cp[k] * d[k - 24];
    }
  }

  static void scatter3(double[] out, double[] force, double[] cn, double[] cp, int n) {
    for (int k = 24; k < n; k++) {
      out[k] += force[k - 24] * cn[k - 24];
    }
    for (int k = 0; k < n - 24; k++) {
      out[k] += force[k + 24] * cp[k + 24];
    }
  }

  static void accelerate5(
      double[] out, double[] c, double[] cn, double[] co, double[] cp, double[] d, int end) {
    for (int k = 40; k < end; k++) {
      out[k] = c[k] + cn[k] * d[k + 40] + co[k] * d[k] + cp[k] * d[k - 40];
    }
  }

  static void scatter5(double[] out, double[] force, double[] cn, double[] cp, int n) {
    for (int k = 40; k < n; k++) {
      out[k] += force[k - 40] * cn[k - 40];
    }
    for (int k = 0; k < n - 40; k++) {
      out[k] += force[k + 40] * cp[k + 40];
    }
  }
}
