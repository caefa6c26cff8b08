package org.stereo4d.videoloop.train;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Levels of detail of stage 2, coarse to fine: {@code int(log(least / min(H, W)) / log(factor)) +
 * 1} levels with factors {@code factor^(levels-1) ... 1}.
 *
 * @param leastSidePx shorter side of the coarsest level, about; {@code > 0}. Reference 65
 * @param factor from a level to the next coarser one; in (0, 1). Reference 0.75
 */
public record Pyramid(int leastSidePx, double factor) {
  /** 65 pixels, 0.75. */
  public static final Pyramid DEFAULTS = new Pyramid(65, 0.75);

  /** Checks the ranges. */
  public Pyramid {
    Check.that(leastSidePx > 0, "leastSidePx must be > 0, was %s", leastSidePx);
    Check.that(factor > 0 && factor < 1, "factor must be in (0, 1), was %s", factor);
  }

  /** Factor of each level, rising to 1. */
  public double[] factors(ImageSize full) {
    double ratio = (double) leastSidePx / Math.min(full.width(), full.height());
    int levels = ratio >= 1 ? 1 : (int) (Math.log(ratio) / Math.log(factor)) + 1;
    return IntStream.range(0, levels)
        .mapToDouble(level -> Math.pow(factor, levels - 1 - level))
        .toArray();
  }

  /** Picture size at a factor: sides times the factor, cut to whole pixels. */
  public static ImageSize size(ImageSize full, double factor) {
    return new ImageSize(
        Math.max(1, (int) (full.width() * factor)), Math.max(1, (int) (full.height() * factor)));
  }

  /** Number of levels. */
  public int levels(ImageSize full) {
    return (int) DoubleStream.of(factors(full)).count();
  }
}
