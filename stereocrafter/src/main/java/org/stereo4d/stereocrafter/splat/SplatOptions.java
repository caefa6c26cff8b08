package org.stereo4d.stereocrafter.splat;

import org.stereo4d.run.Check;

/**
 * How colliding pixels and borders are treated.
 *
 * @param weightBase b in the weight {@code b^p} of a pixel of disparity p; >= 1 and finite. 1 is
 *     the plain mean, larger is closer to "nearest wins". The reference uses 1.414: twice the
 *     weight for two pixels of disparity
 * @param tapRule what counts at the border
 * @param sliverThreshold colours under this coverage are made black, >= 0. The colour of a pixel
 *     that is hardly touched flips with the last bit of a disparity; 0 keeps it, as the reference
 *     does
 */
public record SplatOptions(double weightBase, TapRule tapRule, double sliverThreshold) {
  /** 1.414, each tap on its own, colours from a coverage of 0.001. */
  public static final SplatOptions DEFAULTS = new SplatOptions(1.414, TapRule.PER_TAP, 1e-3);

  /** The reference's choices. */
  public static final SplatOptions REFERENCE = new SplatOptions(1.414, TapRule.WHOLE_FOOTPRINT, 0);

  /** Checks base and threshold. */
  public SplatOptions {
    Check.that(
        weightBase >= 1 && Double.isFinite(weightBase),
        "weightBase must be >= 1 and finite, was %s",
        weightBase);
    Check.that(
        sliverThreshold >= 0 && sliverThreshold < 1,
        "sliverThreshold must be in [0, 1), was %s",
        sliverThreshold);
  }

  /** These options with another base. */
  public SplatOptions withWeightBase(double weightBase) {
    return new SplatOptions(weightBase, tapRule, sliverThreshold);
  }

  /** These options with another border rule. */
  public SplatOptions withTapRule(TapRule tapRule) {
    return new SplatOptions(weightBase, tapRule, sliverThreshold);
  }

  /** These options with another least coverage. */
  public SplatOptions withSliverThreshold(double sliverThreshold) {
    return new SplatOptions(weightBase, tapRule, sliverThreshold);
  }
}
