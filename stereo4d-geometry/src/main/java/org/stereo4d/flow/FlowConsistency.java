package org.stereo4d.flow;

import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Forward-backward check of two flows f: a to b and g: b to a.
 *
 * <p>Pixel p of a is inconsistent when {@code |f(p) + g(p + f(p))| > relative (|f(p)| + |g(p)|) +
 * absolutePx}, with g sampled bilinearly and zero outside. The length of g in the bound is taken at
 * p itself, not at {@code p + f(p)}, as the reference does.
 *
 * @param relative share of the lengths of both flows that is allowed; {@code >= 0}. Default 0.01
 * @param absolutePx pixels that are allowed besides; {@code >= 0}. Default 0.5
 */
public record FlowConsistency(double relative, double absolutePx) {
  /** The bounds named at each component. */
  public static final FlowConsistency DEFAULTS = new FlowConsistency(0.01, 0.5);

  private static final FlowWarp ZERO_OUTSIDE = new FlowWarp(Border.ZERO);

  /** Checks that both bounds are finite and not negative. */
  public FlowConsistency {
    Check.that(
        relative >= 0 && Double.isFinite(relative),
        "relative must be >= 0 and finite, was %s",
        relative);
    Check.that(
        absolutePx >= 0 && Double.isFinite(absolutePx),
        "absolutePx must be >= 0 and finite, was %s",
        absolutePx);
  }

  /** These bounds with another relative part. */
  public FlowConsistency withRelative(double relative) {
    return new FlowConsistency(relative, absolutePx);
  }

  /** These bounds with another absolute part, pixels. */
  public FlowConsistency withAbsolutePx(double absolutePx) {
    return new FlowConsistency(relative, absolutePx);
  }

  /** Pixels of a that fail the check; unknown flow, its own or met on the way, fails. */
  public Mask inconsistent(FlowField forward, FlowField backward) {
    return test(forward, backward, false);
  }

  /**
   * Pixels of a that pass the check and whose place in b, {@code p + f(p)}, lies between the
   * centres of the first and last pixels.
   */
  public Mask valid(FlowField forward, FlowField backward) {
    return test(forward, backward, true);
  }

  private Mask test(FlowField forward, FlowField backward, boolean valid) {
    Check.that(
        forward.size().equals(backward.size()),
        "both flows must have one size, had %s and %s",
        forward.size(),
        backward.size());
    Mask out = Mask.none(forward.size());
    Parallel.rows(
        forward.size().height(),
        (start, end) -> {
          double[] back = new double[2];
          for (int y = start; y < end; y++) {
            testRow(forward.px(), backward.px(), y, valid, back, out.array());
          }
        });
    return out;
  }

  private void testRow(
      FloatImage forward, FloatImage backward, int y, boolean valid, double[] back, boolean[] out) {
    int width = forward.width();
    for (int x = 0; x < width; x++) {
      int f = forward.index(x, y);
      int g = backward.index(x, y);
      double fx = forward.array()[f];
      double fy = forward.array()[f + 1];
      ZERO_OUTSIDE.sample(backward, x + fx, y + fy, back);
      double lengths = length(fx, fy) + length(backward.array()[g], backward.array()[g + 1]);
      boolean passes = length(fx + back[0], fy + back[1]) <= relative * lengths + absolutePx;
      boolean inside =
          x + fx >= 0 && x + fx <= width - 1 && y + fy >= 0 && y + fy <= forward.height() - 1;
      out[y * width + x] = valid ? passes && inside : !passes;
    }
  }

  /** Components are floats, whose squares never leave the range of double. */
  private static double length(double dx, double dy) {
    return Math.sqrt(dx * dx + dy * dy);
  }
}
