package org.stereo4d.videoloop.flat;

import org.stereo4d.run.Check;
import org.stereo4d.videoloop.loss.MatchOptions;

/**
 * How a single video is looped.
 *
 * @param leastFrames shortest period; {@code >= 2}. Default 50, two seconds
 * @param mostFrames longest period; {@code >= leastFrames}. Default 150
 * @param patchPx side of the places that share a start; odd, {@code >= 3}. Default 21
 * @param stridePx step between places; in [1, patchPx]. Default 7
 * @param smoothness cost of neighbours whose starts differ, in mean squared colour difference;
 *     {@code >= 0}. Default 0.0005
 * @param refinements how often patches around jumps are replaced; {@code >= 0}. Default 1
 * @param mostRepeats how often a place may repeat within the loop: its period is L/n with n up to
 *     this and L/n whole; {@code >= 1}. Default 3; 1 gives all places one period
 * @param match patches of the refinement. Default p 7, s 3, pt 3, nearest only
 */
public record FlatLoopOptions(
    int leastFrames,
    int mostFrames,
    int patchPx,
    int stridePx,
    double smoothness,
    int refinements,
    int mostRepeats,
    MatchOptions match) {
  /** Periods of 50 to 150 frames, places of 21 pixels with up to 3 repeats, one refinement. */
  public static final FlatLoopOptions DEFAULTS =
      new FlatLoopOptions(50, 150, 21, 7, 5e-4, 1, 3, MatchOptions.SMALL.withPatchPx(7, 3));

  /** Checks the ranges. */
  public FlatLoopOptions {
    Check.that(
        leastFrames >= 2 && mostFrames >= leastFrames,
        "periods must be 2 <= least <= most, were %s and %s",
        leastFrames,
        mostFrames);
    Check.that(patchPx >= 3 && patchPx % 2 == 1, "patchPx must be odd and >= 3, was %s", patchPx);
    Check.that(
        stridePx >= 1 && stridePx <= patchPx, "stridePx must be in [1, patchPx], was %s", stridePx);
    Check.that(smoothness >= 0, "smoothness must be >= 0, was %s", smoothness);
    Check.that(refinements >= 0, "refinements must be >= 0, was %s", refinements);
    Check.that(mostRepeats >= 1, "mostRepeats must be >= 1, was %s", mostRepeats);
  }

  /** These options with other periods. */
  public FlatLoopOptions withFrames(int leastFrames, int mostFrames) {
    return new FlatLoopOptions(
        leastFrames, mostFrames, patchPx, stridePx, smoothness, refinements, mostRepeats, match);
  }

  /** These options with other places. */
  public FlatLoopOptions withPatchPx(int patchPx, int stridePx) {
    return new FlatLoopOptions(
        leastFrames, mostFrames, patchPx, stridePx, smoothness, refinements, mostRepeats, match);
  }

  /** These options with another cost of differing starts. */
  public FlatLoopOptions withSmoothness(double smoothness) {
    return new FlatLoopOptions(
        leastFrames, mostFrames, patchPx, stridePx, smoothness, refinements, mostRepeats, match);
  }

  /** These options with another number of refinements. */
  public FlatLoopOptions withRefinements(int refinements) {
    return new FlatLoopOptions(
        leastFrames, mostFrames, patchPx, stridePx, smoothness, refinements, mostRepeats, match);
  }

  /** These options with another number of repeats. */
  public FlatLoopOptions withMostRepeats(int mostRepeats) {
    return new FlatLoopOptions(
        leastFrames, mostFrames, patchPx, stridePx, smoothness, refinements, mostRepeats, match);
  }
}
