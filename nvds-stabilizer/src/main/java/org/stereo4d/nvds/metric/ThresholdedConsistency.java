package org.stereo4d.nvds.metric;

import org.stereo4d.flow.FlowField;
import org.stereo4d.flow.FlowWarp;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/**
 * Two measures of other authors over the pixels whose colour agrees, {@code exp(-50 |I' - I|) >
 * 0.01} with colours in 0..1 and the Euclidean norm, and whose warped value is positive.
 *
 * @param mask those pixels
 * @param opw mean of {@code |D' - D|}, raw values; NaN when the mask is empty
 * @param relativeConsistency share with {@code max(D'/D, D/D') < 1.01}, also called rTC or TC; NaN
 *     when the mask is empty
 */
public record ThresholdedConsistency(Mask mask, double opw, double relativeConsistency) {
  private static final double LEAST_SIMILARITY = 0.01;
  private static final double RATIO = 1.01;

  /**
   * Compares a pair.
   *
   * @param flow on the grid of {@code current}, into {@code previous}
   */
  public static ThresholdedConsistency of(
      OpwMetric.View previous, OpwMetric.View current, FlowField flow) {
    FlowWarp warp = new FlowWarp(Border.ZERO);
    float[] warped = warp.warp(previous.map().values(), flow).array();
    FloatImage colors = warp.warp(previous.rgb(), flow);
    float[] values = current.map().values().contiguous();
    boolean[] mask = new boolean[values.length];
    double farthest = -Math.log(LEAST_SIMILARITY) / 50;
    double sum = 0;
    int consistent = 0;
    int count = 0;
    float[] rgb = current.rgb().contiguous();
    for (int i = 0; i < mask.length; i++) {
      mask[i] =
          distance(colors.array(), rgb, 3 * i) < farthest
              && warped[i] > 0
              && Float.isFinite(values[i]);
      if (mask[i]) {
        sum += Math.abs(warped[i] - values[i]);
        double ratio = Math.max(warped[i] / (double) values[i], values[i] / (double) warped[i]);
        consistent += values[i] > 0 && ratio < RATIO ? 1 : 0;
        count++;
      }
    }
    double n = count == 0 ? Double.NaN : count;
    return new ThresholdedConsistency(
        Mask.wrap(mask, current.map().size()), sum / n, consistent / n);
  }

  private static double distance(float[] a, float[] b, int from) {
    double sum = 0;
    for (int i = from; i < from + 3; i++) {
      double d = (double) a[i] - b[i];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
