package org.stereo4d.nvds.metric;

import org.stereo4d.run.Check;

/**
 * {@code (x - median) / scale} with {@code scale = max(mean |x - median|, 1e-6)} over chosen
 * pixels.
 *
 * @param median lower median; 0 when no pixel is chosen
 * @param scale mean absolute deviation, at least 1e-6; 1 when no pixel is chosen
 */
public record RobustNormalization(double median, double scale) {
  private static final double LEAST_SCALE = 1e-6;

  /** Statistics over the pixels of a mask; values outside it may be anything. */
  public static RobustNormalization of(float[] values, boolean[] mask) {
    Check.that(
        values.length == mask.length, "%s values need a mask, got %s", values.length, mask.length);
    float[] chosen = new float[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (mask[i]) {
        chosen[count++] = values[i];
      }
    }
    if (count == 0) {
      return new RobustNormalization(0, 1);
    }
    return new RobustNormalization(LowerMedian.of(chosen, count), 0).withScaleOf(values, mask);
  }

  /**
   * As the reference computes it: pixels outside the mask count as zeros in the median. For parity
   * with its numbers only.
   */
  public static RobustNormalization ofReference(float[] values, boolean[] mask) {
    float[] zeroed = new float[values.length];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      zeroed[i] = mask[i] ? values[i] : 0;
      any |= mask[i];
    }
    if (!any) {
      return new RobustNormalization(0, 1);
    }
    float median = LowerMedian.of(zeroed, zeroed.length);
    return new RobustNormalization(median, 0).withScaleOf(values, mask);
  }

  private RobustNormalization withScaleOf(float[] values, boolean[] mask) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (mask[i]) {
        sum += Math.abs(values[i] - median);
        count++;
      }
    }
    return new RobustNormalization(median, Math.max(sum / count, LEAST_SCALE));
  }

  /** The normalised value. */
  public double apply(double value) {
    return (value - median) / scale;
  }
}
