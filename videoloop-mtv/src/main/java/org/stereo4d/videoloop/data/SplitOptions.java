package org.stereo4d.videoloop.data;

import java.util.List;
import java.util.OptionalDouble;
import org.stereo4d.run.Check;

/**
 * How a long video is cut into clips.
 *
 * @param darkBelow a frame is black when the mean of its samples (0..255) is below; in (0, 255).
 *     Reference 10
 * @param leastFrames shorter clips are left out; {@code >= 1}. Default 30
 * @param factors sizes to write, original over written; each {@code >= 1}. Reference 1 and 2
 * @param framesPerSecond of the clips, Hz; empty keeps that of the source. The reference always
 *     writes 25
 */
public record SplitOptions(
    double darkBelow, int leastFrames, List<Integer> factors, OptionalDouble framesPerSecond) {
  /** Black below 10, 30 frames at least, full and half size, the source's rate. */
  public static final SplitOptions DEFAULTS =
      new SplitOptions(10, 30, List.of(1, 2), OptionalDouble.empty());

  /** Checks the ranges; copies the list. */
  public SplitOptions {
    factors = List.copyOf(factors);
    Check.that(
        darkBelow > 0 && darkBelow < 255, "darkBelow must be in (0, 255), was %s", darkBelow);
    Check.that(leastFrames >= 1, "leastFrames must be >= 1, was %s", leastFrames);
    Check.that(
        !factors.isEmpty() && factors.stream().allMatch(f -> f >= 1),
        "factors must be >= 1, were %s",
        factors);
  }

  /** These options with another threshold. */
  public SplitOptions withDarkBelow(double darkBelow) {
    return new SplitOptions(darkBelow, leastFrames, factors, framesPerSecond);
  }

  /** These options with another shortest clip. */
  public SplitOptions withLeastFrames(int leastFrames) {
    return new SplitOptions(darkBelow, leastFrames, factors, framesPerSecond);
  }

  /** These options with other sizes. */
  public SplitOptions withFactors(List<Integer> factors) {
    return new SplitOptions(darkBelow, leastFrames, factors, framesPerSecond);
  }

  /** These options with a frame rate, Hz. */
  public SplitOptions withFramesPerSecond(double framesPerSecond) {
    return new SplitOptions(darkBelow, leastFrames, factors, OptionalDouble.of(framesPerSecond));
  }
}
