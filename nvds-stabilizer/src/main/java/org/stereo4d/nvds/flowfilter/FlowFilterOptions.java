package org.stereo4d.nvds.flowfilter;

import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.run.Check;

/**
 * How the flow filter works; the equations are in the package documentation.
 *
 * @param keepMost largest weight of the past, k_max; in [0, 1). Default 0.9
 * @param colorAlpha fall of that weight with the squared colour difference, colours in 0..1; {@code
 *     >= 0}. Default 50
 * @param toleranceDeviations depth change that halves the weight, in robust deviations of the
 *     flicker; {@code >= 0}. Default 3
 * @param toleranceFloor least such change, as a share of the range p5..p95; > 0. Default 0.02
 * @param alignFrames frames over which scale and offset are pulled to no correction; 0 switches the
 *     alignment off, infinity locks the clip to its first frame. Default 8
 * @param cutShare share of valid pixels below which two frames belong to different scenes; in [0,
 *     1]. Default 0.25
 * @param minPixels valid pixels that a pair needs to take part in the alignment; > 0. Default 64
 * @param mix how both passes become one. Default: the average
 * @param chunkFrames frames that a long clip advances by; > 0. Default 32, which keeps 896x384
 *     under 600 MB
 * @param overlapFrames frames that pieces of a long clip share and are blended over; > 1. Default 8
 */
public record FlowFilterOptions(
    double keepMost,
    double colorAlpha,
    double toleranceDeviations,
    double toleranceFloor,
    double alignFrames,
    double cutShare,
    int minPixels,
    MixPolicy mix,
    int chunkFrames,
    int overlapFrames) {
  /** The defaults named at each component. */
  public static final FlowFilterOptions DEFAULTS =
      new FlowFilterOptions(0.9, 50, 3, 0.02, 8, 0.25, 64, MixPolicy.AVERAGE, 32, 8);

  /** Checks the ranges. */
  public FlowFilterOptions {
    Check.that(keepMost >= 0 && keepMost < 1, "keepMost must be in [0, 1), was %s", keepMost);
    Check.that(
        colorAlpha >= 0 && Double.isFinite(colorAlpha),
        "colorAlpha must be >= 0 and finite, was %s",
        colorAlpha);
    Check.that(
        toleranceDeviations >= 0 && Double.isFinite(toleranceDeviations),
        "toleranceDeviations must be >= 0 and finite, was %s",
        toleranceDeviations);
    Check.that(
        toleranceFloor > 0 && Double.isFinite(toleranceFloor),
        "toleranceFloor must be > 0 and finite, was %s",
        toleranceFloor);
    Check.that(alignFrames >= 0, "alignFrames must be >= 0, was %s", alignFrames);
    Check.that(cutShare >= 0 && cutShare <= 1, "cutShare must be in [0, 1], was %s", cutShare);
    Check.that(minPixels > 0, "minPixels must be > 0, was %s", minPixels);
    Check.that(chunkFrames > 0, "chunkFrames must be > 0, was %s", chunkFrames);
    Check.that(overlapFrames > 1, "overlapFrames must be > 1, was %s", overlapFrames);
  }

  /** These options with another mix. */
  public FlowFilterOptions withMix(MixPolicy mix) {
    return new FlowFilterOptions(
        keepMost,
        colorAlpha,
        toleranceDeviations,
        toleranceFloor,
        alignFrames,
        cutShare,
        minPixels,
        mix,
        chunkFrames,
        overlapFrames);
  }

  /** These options with another pull to no correction, frames. */
  public FlowFilterOptions withAlignFrames(double alignFrames) {
    return new FlowFilterOptions(
        keepMost,
        colorAlpha,
        toleranceDeviations,
        toleranceFloor,
        alignFrames,
        cutShare,
        minPixels,
        mix,
        chunkFrames,
        overlapFrames);
  }

  /** These options with another weight of the past. */
  public FlowFilterOptions withKeepMost(double keepMost) {
    return new FlowFilterOptions(
        keepMost,
        colorAlpha,
        toleranceDeviations,
        toleranceFloor,
        alignFrames,
        cutShare,
        minPixels,
        mix,
        chunkFrames,
        overlapFrames);
  }

  /** These options with other pieces of long clips. */
  public FlowFilterOptions withChunks(int chunkFrames, int overlapFrames) {
    return new FlowFilterOptions(
        keepMost,
        colorAlpha,
        toleranceDeviations,
        toleranceFloor,
        alignFrames,
        cutShare,
        minPixels,
        mix,
        chunkFrames,
        overlapFrames);
  }

  /** L, the weight of the pull to no correction. */
  double tether() {
    return 1 / (alignFrames * alignFrames);
  }
}
