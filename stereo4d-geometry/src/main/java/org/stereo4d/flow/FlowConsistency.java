package org.stereo4d.flow;

import org.stereo4d.image.Border;
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
    int width = forward.size().width();
    int height = forward.size().height();
    FlowWarp zeroOutside = new FlowWarp(Border.ZERO);
    Mask out = Mask.none(forward.size());
    Parallel.rows(
        height,
        (start, end) -> {
          double[] back = new double[2];
          for (int y = start; y < end; y++) {
            for (int x = 0; x < width; x++) {
              double xIndex = x + (double) forward.dx(x, y);
              double yIndex = y + (double) forward.dy(x, y);
              zeroOutside.sample(backward.px(), xIndex, yIndex, back);
              boolean passes = passes(forward, backward, x, y, back);
              boolean inside =
                  xIndex >= 0 && xIndex <= width - 1 && yIndex >= 0 && yIndex <= height - 1;
              out.array()[y * width + x] = valid ? passes && inside : !passes;
            }
          }
        });
    return out;
  }

  private boolean passes(FlowField forward, FlowField backward, int x, int y, double[] back) {
    double fx = forward.dx(x, y);
    double fy = forward.dy(x, y);
    double lengths = Math.hypot(fx, fy) + Math.hypot(backward.dx(x, y), backward.dy(x, y));
    return Math.hypot(fx + back[0], fy + back[1]) <= relative * lengths + absolutePx;
  }
}
