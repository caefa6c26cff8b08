package org.stereo4d.videoloop.mpi;

import org.stereo4d.run.Check;

/**
 * The logistic function {@code 1 / (1 + e^-x)} in float arithmetic, within 3e-7 of the exact value.
 *
 * <p>{@code e^x = 2^n 2^f} with the fraction f in [-0.5, 0.5] by a polynomial of degree 6.
 */
public final class Sigmoid {
  private static final float LIMIT = 87; // e^87 still is a float
  private static final float LOG2_E = 1.44269504f;
  private static final float ROUND = 12_582_912f; // 1.5 * 2^23: adding it rounds to an integer
  private static final double LOGIT_LIMIT = 1e-6;

  private Sigmoid() {}

  /** The logistic function. */
  public static float of(float x) {
    float z = -Math.max(-LIMIT, Math.min(LIMIT, x)) * LOG2_E;
    float rounded = z + ROUND;
    float n = rounded - ROUND;
    float f = z - n;
    float p = 1.5403530e-4f;
    p = p * f + 1.3333558e-3f;
    p = p * f + 9.6181291e-3f;
    p = p * f + 5.5504109e-2f;
    p = p * f + 2.4022651e-1f;
    p = p * f + 6.9314718e-1f;
    p = p * f + 1f;
    float scale = Float.intBitsToFloat(((int) n + 127) << 23);
    return 1f / (1f + p * scale);
  }

  /** Applies the function to values in place. */
  public static void apply(float[] values, int startInclusive, int endExclusive) {
    for (int i = startInclusive; i < endExclusive; i++) {
      values[i] = of(values[i]);
    }
  }

  /**
   * The inverse, its argument clamped to [1e-6, 1 - 1e-6].
   *
   * @param y not NaN
   */
  public static double inverse(double y) {
    Check.that(!Double.isNaN(y), "y must be a number, was %s", y);
    double inside = Math.max(LOGIT_LIMIT, Math.min(1 - LOGIT_LIMIT, y));
    return Math.log(inside / (1 - inside));
  }
}
