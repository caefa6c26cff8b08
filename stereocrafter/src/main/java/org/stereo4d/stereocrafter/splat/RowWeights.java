package org.stereo4d.stereocrafter.splat;

/**
 * Weights {@code b^(p - m)} of one row, m the middle of its disparities.
 *
 * <p>In single precision a weight is the nearest power of two times a polynomial of the rest;
 * relative error under 3e-7.
 */
public final class RowWeights {
  /** The reference's least sum of weights, for a pixel of the smallest disparity. */
  static final double LEAST_WEIGHT = 1e-6;

  /** Powers of two to each side of the middle that single precision is trusted with. */
  static final int MAX_EXPONENT = 30;

  /** Added to a float of at most 2^22 and taken away again, it leaves the nearest whole number. */
  public static final float ROUNDING = 0x1.8p23f;

  /** Added to a level 0..255, it leaves the nearest whole number in the low bits of the float. */
  static final float LEVEL_ROUNDING = 0x1p23f;

  /** Coefficients of {@code 2^t} for {@code |t| <= 1/2}, from t to t^6: ln(2)^k / k!. */
  private static final float C1 = 0.69314718f;

  private static final float C2 = 0.24022651f;
  private static final float C3 = 0.05550411f;
  private static final float C4 = 0.009618129f;
  private static final float C5 = 0.0013333558f;
  private static final float C6 = 0.00015403530f;

  /** Shift of bits that turns a whole number into the exponent of a float. */
  private static final int EXPONENT_BITS = 23;

  private final float log2Base;
  private float least;
  private float largest;

  RowWeights(double weightBase) {
    this.log2Base = (float) (Math.log(weightBase) / Math.log(2));
  }

  /** Weighs a row of disparities from the first to the second value. */
  void setRange(float[] leastAndLargest) {
    least = leastAndLargest[0];
    largest = leastAndLargest[1];
  }

  /** The largest whole number not above a motion of at most 2^22 pixels. */
  public static float floor(float motion) {
    float nearest = (motion + ROUNDING) - ROUNDING;
    // the sign of the rest, which no branch can guess; a negative zero has none
    return nearest + (Float.floatToRawIntBits(motion - nearest + 0f) >> 31);
  }

  /** Least and largest of the disparities that are finite; both 0 if none is. */
  static float[] range(float[] px, int from, int to) {
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (int i = from; i < to; i++) {
      float p = px[i];
      if (p < low && p >= -Float.MAX_VALUE) {
        low = p;
      }
      if (p > high && p <= Float.MAX_VALUE) {
        high = p;
      }
    }
    return low <= high ? new float[] {low, high} : new float[2];
  }

  /** Whether single precision holds all weights of the row. */
  boolean isNarrow() {
    return (largest - (double) least) * log2Base <= 2 * MAX_EXPONENT;
  }

  /** Sum of weights under which a pixel of a narrow row is darkened. */
  float leastSum() {
    return isNarrow() ? (float) LEAST_WEIGHT * power((least - middle()) * log2Base) : 0;
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

  /** Power of two per pixel of disparity. */
  float exponentPerPx() {
    return log2Base;
  }

  /** Two to a power, in the range of a narrow row. */
  static float power(float exponent) {
    float rounded = exponent + ROUNDING;
    float t = exponent - (rounded - ROUNDING);
    int bits = Float.floatToRawIntBits(mantissa(t));
    return Float.intBitsToFloat(bits + (Float.floatToRawIntBits(rounded) << EXPONENT_BITS));
  }

  /** Two to a power of at most one half to either side. */
  private static float mantissa(float t) {
    float square = t * t;
    return (1 + t * C1) + square * ((C2 + t * C3) + square * ((C4 + t * C5) + square * C6));
  }
}
