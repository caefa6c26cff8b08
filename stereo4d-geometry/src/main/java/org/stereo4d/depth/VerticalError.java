package org.stereo4d.depth;

import java.util.Arrays;
import org.stereo4d.flow.FlowField;

/**
 * How level the views of a pair are (spec B.7).
 *
 * @param medianPx median |vertical flow|; well below 1 on a good clip; NaN without matches
 * @param percentile95Px 95th percentile of it
 */
public record VerticalError(double medianPx, double percentile95Px) {
  /** Measures the flow from the left to the right view. */
  public static VerticalError of(FlowField leftToRight) {
    float[] px = leftToRight.px().contiguous();
    float[] vertical = new float[px.length / 2];
    int n = 0;
    for (int k = 1; k < px.length; k += 2) {
      if (Float.isFinite(px[k])) {
        vertical[n++] = Math.abs(px[k]);
      }
    }
    if (n == 0) {
      return new VerticalError(Double.NaN, Double.NaN);
    }
    Arrays.sort(vertical, 0, n);
    return new VerticalError(vertical[(n - 1) / 2], vertical[(int) (0.95 * (n - 1))]);
  }
}
