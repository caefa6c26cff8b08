package org.stereo4d.warp;

/** Keys' cubic with a = -0.75 at the four taps around a fraction t. */
final class CubicKernel {
  private static final double A = -0.75;

  private CubicKernel() {}

  /** Weights of the taps at -1, 0, 1, 2; they sum to 1. */
  static void weights(double t, double[] out, int offset) {
    double s = t + 1;
    double r = 1 - t;
    out[offset] = ((A * s - 5 * A) * s + 8 * A) * s - 4 * A;
    out[offset + 1] = ((A + 2) * t - (A + 3)) * t * t + 1;
    out[offset + 2] = ((A + 2) * r - (A + 3)) * r * r + 1;
    out[offset + 3] = 1 - out[offset] - out[offset + 1] - out[offset + 2];
  }
}
