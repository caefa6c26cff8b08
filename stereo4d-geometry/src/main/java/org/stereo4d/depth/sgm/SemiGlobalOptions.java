package org.stereo4d.depth.sgm;

import org.stereo4d.run.Check;

/**
 * How a semi-global matcher works. Only the range of disparities depends on the pictures.
 *
 * @param minDisparityPx smallest disparity tried, pixels; any sign
 * @param rangePx how many disparities are tried from there; 1..1024
 * @param smallPenalty P1, paid for a change of one pixel; > 0
 * @param largePenalty P2, paid for a larger change; > P1
 * @param edgeAdaptation share of P2 - P1 that a strong edge removes; 0..1
 * @param leftRightLimitPx largest |D_L - D_R| of a believed match, pixels; >= 0
 * @param uniquenessShare the best sum must be below (1 - share) of any distant one; 0..1, 0 = off
 * @param speckleSize smallest connected region kept, pixels; 0 = off
 * @param fill whether holes are filled
 */
public record SemiGlobalOptions(
    int minDisparityPx,
    int rangePx,
    int smallPenalty,
    int largePenalty,
    double edgeAdaptation,
    double leftRightLimitPx,
    double uniquenessShare,
    int speckleSize,
    boolean fill) {
  /** 128 disparities from 0, holes left open. */
  public static final SemiGlobalOptions DEFAULTS =
      new SemiGlobalOptions(0, 128, 12, 70, 0.7, 1.0, 0.02, 60, false);

  /** Checks every range. */
  public SemiGlobalOptions {
    Check.that(
        Math.abs((long) minDisparityPx) <= 4096,
        "minDisparityPx must be in -4096..4096, was %s",
        minDisparityPx);
    Check.that(rangePx >= 1 && rangePx <= 1024, "rangePx must be in 1..1024, was %s", rangePx);
    Check.that(smallPenalty > 0, "smallPenalty must be > 0, was %s", smallPenalty);
    Check.that(
        largePenalty > smallPenalty && largePenalty <= 2000,
        "largePenalty must be > smallPenalty and at most 2000, was %s",
        largePenalty);
    Check.that(
        edgeAdaptation >= 0 && edgeAdaptation <= 1,
        "edgeAdaptation must be in 0..1, was %s",
        edgeAdaptation);
    Check.that(leftRightLimitPx >= 0, "leftRightLimitPx must be >= 0, was %s", leftRightLimitPx);
    Check.that(
        uniquenessShare >= 0 && uniquenessShare < 1,
        "uniquenessShare must be in [0, 1), was %s",
        uniquenessShare);
    Check.that(speckleSize >= 0, "speckleSize must be >= 0, was %s", speckleSize);
  }

  /** These options with another range of disparities, pixels. */
  public SemiGlobalOptions withRangePx(int minDisparityPx, int rangePx) {
    return new SemiGlobalOptions(
        minDisparityPx,
        rangePx,
        smallPenalty,
        largePenalty,
        edgeAdaptation,
        leftRightLimitPx,
        uniquenessShare,
        speckleSize,
        fill);
  }

  /** These options with other penalties. */
  public SemiGlobalOptions withPenalties(int small, int large, double edgeAdaptation) {
    return new SemiGlobalOptions(
        minDisparityPx,
        rangePx,
        small,
        large,
        edgeAdaptation,
        leftRightLimitPx,
        uniquenessShare,
        speckleSize,
        fill);
  }

  /** These options with holes filled or open. */
  public SemiGlobalOptions withFill(boolean fill) {
    return new SemiGlobalOptions(
        minDisparityPx,
        rangePx,
        smallPenalty,
        largePenalty,
        edgeAdaptation,
        leftRightLimitPx,
        uniquenessShare,
        speckleSize,
        fill);
  }

  /** These options with other checks: left-right limit (pixels), uniqueness and speckle size. */
  public SemiGlobalOptions withChecks(
      double leftRightLimitPx, double uniquenessShare, int speckleSize) {
    return new SemiGlobalOptions(
        minDisparityPx,
        rangePx,
        smallPenalty,
        largePenalty,
        edgeAdaptation,
        leftRightLimitPx,
        uniquenessShare,
        speckleSize,
        fill);
  }
}
