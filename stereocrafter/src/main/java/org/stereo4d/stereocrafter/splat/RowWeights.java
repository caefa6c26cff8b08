package org.stereo4d.stereocrafter.splat;

/**
 * Weights {@code b^(p - m)} of one row, m the middle of its disparities.
 *
 * <p>In single precision: the nearest entry of a table of powers of two, times a quadratic of the
 * rest; relative error under 2e-7.
 */
final class RowWeights {
  /** Powers of two to each side of the middle that single precision is trusted with. */
  static final int MAX_EXPONENT = 30;

  private static final int STEPS = 64;
  private static final float[] POWERS = powers();
  private static final float LN2 = (float) (Math.log(2) / STEPS);
  private static final float HALF_SQUARE = LN2 * LN2 / 2;

  private final float log2Base;
  private float least;
  private float largest;

  RowWeights(double weightBase) {
    this.log2Base = (float) (Math.log(weightBase) / Math.log(2));
  }

  private static float[] powers() {
    float[] out = new float[2 * MAX_EXPONENT * STEPS + 3];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.pow(2, i / (double) STEPS - MAX_EXPONENT);
    }
    return out;
  }

  /** Finds the range of a row of disparities; unknown ones do not count. */
  void range(float[] px, int from, int to) {
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (int i = from; i < to; i++) {
      float p = px[i];
      if (Math.abs(p) <= Float.MAX_VALUE) {
        low = p < low ? p : low;
        high = p > high ? p : high;
      }
    }
    least = low <= high ? low : 0;
    largest = low <= high ? high : 0;
  }

  /** Whether single precision holds all weights of the row. */
  boolean isNarrow() {
    return (largest - (double) least) * log2Base <= 2 * MAX_EXPONENT;
  }

  /** Disparity of weight 1. */
  float middle() {
    return (float) ((least + (double) largest) / 2);
  }

  /** Smallest disparity. */
  float least() {
    return least;
  }

  /** Power of two of a weight. */
  double exponent(double disparityPx) {
    return (disparityPx - middle()) * log2Base;
  }

  /** Steps of the table per pixel of disparity. */
  float stepsPerPx() {
    return log2Base * STEPS;
  }

  /** Weight at a number of steps from the middle, in the range of a narrow row. */
  static float weight(float steps) {
    float place = steps + (MAX_EXPONENT * STEPS + 0.5f);
    int entry = (int) place;
    float rest = place - entry - 0.5f;
    return POWERS[entry] * (1 + rest * (LN2 + rest * HALF_SQUARE));
  }
}
