package org.stereo4d.nvds.metric;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * Errors of predictions q against truth g over the compared pixels.
 *
 * @param rmse {@code sqrt(mean (g - q)^2)}
 * @param absRel {@code mean |g - q| / g}
 * @param sqRel {@code mean (g - q)^2 / g}
 * @param delta1 share with {@code max(g/q, q/g) < 1.25}
 * @param delta2 share below 1.25^2
 * @param delta3 share below 1.25^3
 */
public record DepthErrors(
    double rmse, double absRel, double sqRel, double delta1, double delta2, double delta3) {
  /**
   * Compares the pixels of a mask; all errors are NaN when it is empty.
   *
   * @param truth positive where the mask is set
   */
  public static DepthErrors of(
      float[] predictions, float[] truth, boolean[] mask, InlierRule rule) {
    Check.that(
        predictions.length == truth.length && mask.length == truth.length,
        "predictions, truth and mask must have one length, had %s, %s and %s",
        predictions.length,
        truth.length,
        mask.length);
    double square = 0;
    double relative = 0;
    double squareRelative = 0;
    int[] inliers = new int[3];
    int count = 0;
    for (int i = 0; i < truth.length; i++) {
      if (mask[i]) {
        double g = truth[i];
        double q = predictions[i];
        double d = g - q;
        square += d * d;
        relative += Math.abs(d) / g;
        squareRelative += d * d / g;
        count++;
        double ratio = q > 0 || rule == InlierRule.REFERENCE ? Math.max(g / q, q / g) : Double.NaN;
        inliers[0] += ratio < 1.25 ? 1 : 0;
        inliers[1] += ratio < 1.25 * 1.25 ? 1 : 0;
        inliers[2] += ratio < 1.25 * 1.25 * 1.25 ? 1 : 0;
      }
    }
    double n = count == 0 ? Double.NaN : count;
    return new DepthErrors(
        Math.sqrt(square / n),
        relative / n,
        squareRelative / n,
        inliers[0] / n,
        inliers[1] / n,
        inliers[2] / n);
  }

  /** Mean of each error over the frames that have any; NaN without such frames. */
  public static DepthErrors mean(List<DepthErrors> frames) {
    double[] sum = new double[6];
    int count = 0;
    for (DepthErrors e : frames) {
      if (!Double.isNaN(e.rmse)) {
        double[] values = {e.rmse, e.absRel, e.sqRel, e.delta1, e.delta2, e.delta3};
        for (int k = 0; k < sum.length; k++) {
          sum[k] += values[k];
        }
        count++;
      }
    }
    double n = count == 0 ? Double.NaN : count;
    return new DepthErrors(sum[0] / n, sum[1] / n, sum[2] / n, sum[3] / n, sum[4] / n, sum[5] / n);
  }
}
