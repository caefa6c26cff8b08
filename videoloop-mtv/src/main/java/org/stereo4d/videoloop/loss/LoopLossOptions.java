package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Check;

/**
 * Settings of the looping loss for one view.
 *
 * @param match patches and their choice
 * @param penalty psi
 * @param gain factor of the loss; {@code > 0}. Reference 3.5 for reference views, 1 for others
 * @param loops whether the loop is padded with its beginning. Always, except for ablations
 */
public record LoopLossOptions(
    MatchOptions match, RobustPenalty penalty, double gain, boolean loops) {
  /** For the few views that carry structure: large patches, all of the video used, gain 3.5. */
  public static final LoopLossOptions REFERENCE_VIEW =
      new LoopLossOptions(MatchOptions.DEFAULTS, RobustPenalty.DEFAULT, 3.5, true);

  /** For the other views: small patches, nearest only. */
  public static final LoopLossOptions OTHER_VIEW =
      new LoopLossOptions(MatchOptions.SMALL, RobustPenalty.DEFAULT, 1, true);

  /** The settings of a reference view. */
  public static final LoopLossOptions DEFAULTS = REFERENCE_VIEW;

  /** Checks the gain. */
  public LoopLossOptions {
    Check.that(gain > 0 && Double.isFinite(gain), "gain must be > 0 and finite, was %s", gain);
  }

  /** These options with other patches. */
  public LoopLossOptions withMatch(MatchOptions match) {
    return new LoopLossOptions(match, penalty, gain, loops);
  }

  /** These options with another penalty. */
  public LoopLossOptions withPenalty(RobustPenalty penalty) {
    return new LoopLossOptions(match, penalty, gain, loops);
  }

  /** These options with another factor. */
  public LoopLossOptions withGain(double gain) {
    return new LoopLossOptions(match, penalty, gain, loops);
  }

  /** These options with or without the seam. */
  public LoopLossOptions withLoops(boolean loops) {
    return new LoopLossOptions(match, penalty, gain, loops);
  }
}
