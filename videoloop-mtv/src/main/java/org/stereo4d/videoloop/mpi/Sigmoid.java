package org.stereo4d.videoloop.mpi;

import org.stereo4d.run.Check;

/**
 * The logistic function {@code 1 / (1 + e^-x)} in float arithmetic, within 2e-7 of the exact value.
 *
 * <p>{@code 1/2 + x P(x^2) / Q(x^2)} on [-16, 16], with P and Q of degree 5 and 3 fitted for the
 * least largest error; constant outside. Unlike an exponential it needs no integers, so that the
 * compiler turns loops into vector instructions. It never is 0, or a texel could not come back.
 */
public final class Sigmoid {
  private static final float LIMIT = 16;
  private static final float LEAST = 1e-7f; // about 1 / (1 + e^16)
  private static final double LOGIT_LIMIT = 1e-6;

  private Sigmoid() {}

  /** The logistic function. */
  public static float of(float x) {
    float z = Math.max(-LIMIT, Math.min(LIMIT, x));
    float u = z * z;
    float p = 5.6217136e-15f;
    p = p * u - 1.4176968e-11f;
    p = p * u + 3.834213e-8f;
    p = p * u + 4.6544006e-5f;
    p = p * u + 8.107865e-3f;
    p = p * u + 0.25f;
    float q = 3.6912306e-6f;
    q = q * u + 1.4999282e-3f;
    q = q * u + 0.11576471f;
    q = q * u + 1f;
    return Math.max(LEAST, Math.min(1f, 0.5f + z * p / q));
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
