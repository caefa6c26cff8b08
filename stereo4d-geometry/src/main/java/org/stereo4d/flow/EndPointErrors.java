package org.stereo4d.flow;

import java.util.Arrays;
import org.stereo4d.run.Check;

/** Lengths of the difference of an estimated and a true flow, over the pixels known in both. */
public final class EndPointErrors {
  private final float[] sortedPx;
  private final double coverage;

  private EndPointErrors(float[] sortedPx, double coverage) {
    this.sortedPx = sortedPx;
    this.coverage = coverage;
  }

  /** Compares two flows of one size. */
  public static EndPointErrors of(FlowField estimate, FlowField truth) {
    Check.that(
        estimate.size().equals(truth.size()),
        "both flows must have one size, had %s and %s",
        estimate.size(),
        truth.size());
    float[] errors = new float[truth.size().area()];
    int count = 0;
    int withTruth = 0;
    for (int y = 0; y < truth.size().height(); y++) {
      for (int x = 0; x < truth.size().width(); x++) {
        if (Float.isFinite(truth.dx(x, y)) && Float.isFinite(truth.dy(x, y))) {
          withTruth++;
          double dx = (double) estimate.dx(x, y) - truth.dx(x, y);
          double dy = (double) estimate.dy(x, y) - truth.dy(x, y);
          float error = (float) Math.hypot(dx, dy);
          if (Float.isFinite(error)) {
            errors[count++] = error;
          }
        }
      }
    }
    float[] sorted = Arrays.copyOf(errors, count);
    Arrays.sort(sorted);
    return new EndPointErrors(sorted, (double) count / withTruth);
  }

  /** Number of pixels compared. */
  public int count() {
    return sortedPx.length;
  }

  /** Share of the pixels with truth that have an estimate; NaN without truth. */
  public double coverage() {
    return coverage;
  }

  /** Mean error, pixels; NaN when nothing was compared. */
  public double meanPx() {
    double sum = 0;
    for (float error : sortedPx) {
      sum += error;
    }
    return sum / sortedPx.length;
  }

  /** Lower median of the errors, pixels; NaN when nothing was compared. */
  public double medianPx() {
    return sortedPx.length == 0 ? Double.NaN : sortedPx[(sortedPx.length - 1) / 2];
  }

  /** Share of the compared pixels whose error exceeds a bound; NaN when nothing was compared. */
  public double shareAbove(double boundPx) {
    int above = 0;
    for (float error : sortedPx) {
      above += error > boundPx ? 1 : 0;
    }
    return (double) above / sortedPx.length;
  }
}
