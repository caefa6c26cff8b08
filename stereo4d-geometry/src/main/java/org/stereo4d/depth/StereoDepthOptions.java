package org.stereo4d.depth;

import org.stereo4d.run.Check;

/**
 * Which matches become depth (spec C.3; defaults of the reference).
 *
 * @param leftRightLimitPx a match is dropped if {@code |F_lr + F_rl(p + F_lr)|} is larger; > 0
 * @param verticalLimitPx a match is dropped if {@code |F_lr.y|} is larger; > 0
 * @param maxDepthMeters depth beyond is unknown; > 0
 * @param gradientShare a pixel is dropped if the difference of its two neighbours, either way, is
 *     larger than this share of its depth; > 0, infinite = off. Used for lifting, not for the drift
 *     filter
 */
public record StereoDepthOptions(
    double leftRightLimitPx, double verticalLimitPx, double maxDepthMeters, double gradientShare) {
  /** 1 px, 1 px, 20 m, 0.03. */
  public static final StereoDepthOptions DEFAULTS = new StereoDepthOptions(1, 1, 20, 0.03);

  /** Checks that every limit is positive. */
  public StereoDepthOptions {
    Check.that(leftRightLimitPx > 0, "leftRightLimitPx must be > 0, was %s", leftRightLimitPx);
    Check.that(verticalLimitPx > 0, "verticalLimitPx must be > 0, was %s", verticalLimitPx);
    Check.that(maxDepthMeters > 0, "maxDepthMeters must be > 0, was %s", maxDepthMeters);
    Check.that(gradientShare > 0, "gradientShare must be > 0, was %s", gradientShare);
  }

  /** These options without the gradient rule. */
  public StereoDepthOptions withoutGradientRule() {
    return withGradientShare(Double.POSITIVE_INFINITY);
  }

  /** These options with another gradient rule. */
  public StereoDepthOptions withGradientShare(double gradientShare) {
    return new StereoDepthOptions(leftRightLimitPx, verticalLimitPx, maxDepthMeters, gradientShare);
  }

  /** These options with another range. */
  public StereoDepthOptions withMaxDepthMeters(double maxDepthMeters) {
    return new StereoDepthOptions(leftRightLimitPx, verticalLimitPx, maxDepthMeters, gradientShare);
  }
}
