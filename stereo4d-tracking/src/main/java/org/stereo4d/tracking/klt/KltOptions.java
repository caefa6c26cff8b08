package org.stereo4d.tracking.klt;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * How the tracker matches. Defaults are our own, chosen on the synthetic scenes and the real clips
 * of the tests.
 *
 * @param samplesPerSide samples across a template; odd, 5..31. Default 9
 * @param spacingPx distance of samples; in ]0, 64]. Default 1.5, so that a template covers 13 px
 * @param noiseLevels residual in grey levels that is always allowed; >= 0. Default 3
 * @param residualShare residual that is allowed besides, as a share of the template's contrast; in
 *     [0, 1]. Default 0.6, a correlation of about 0.82
 * @param maxForwardBackwardPx a step whose way back ends farther from its start is refused; > 0.
 *     Default 1 (spec K.2)
 * @param maxBrightnessStep change of mean brightness per frame that is allowed, grey levels; > 0.
 *     Default 16
 * @param searchFrames frames in each of which a lost point is searched for; rarely after; >= 0.
 *     Default 30
 * @param usesColor whether colour tells the body of a point from what covers it. Nearly halves the
 *     points called visible though hidden and lessens the drift along edges of moving bodies; gives
 *     up corners that two bodies form, and takes four more bytes per pixel and frame. Default false
 * @param chains whether a step is compared with the frame before instead of the query's own square,
 *     and goes to the mean of where it leads and of where the way back should have begun. Follows
 *     what bends and returns to its start; drifts. Default false
 */
public record KltOptions(
    int samplesPerSide,
    double spacingPx,
    double noiseLevels,
    double residualShare,
    double maxForwardBackwardPx,
    double maxBrightnessStep,
    int searchFrames,
    boolean usesColor,
    boolean chains) {
  private static final double MAX_SPACING_PX = 64;

  /** The defaults named at each component. */
  public static final KltOptions DEFAULTS = new KltOptions(9, 1.5, 3, 0.6, 1, 16, 30, false, false);

  /**
   * For corners that are to be followed as far as they can be, as Lucas-Kanade does: chained, with
   * squares of 20 px, any residual below their contrast, and a way back of up to 2 px.
   */
  public static final KltOptions CHAINED = new KltOptions(17, 1.25, 3, 1, 2, 16, 30, false, true);

  /**
   * For {@link KltTracker#KltTracker(List)}, where it counts most that a point which is called
   * visible is so and the other way round: by colour with squares of 12, 9 and 16 px, and lost
   * points searched for in each frame of three seconds. Takes six times as long as the default.
   */
  public static final List<KltOptions> MAJORITY =
      List.of(
          new KltOptions(9, 1.5, 3, 0.6, 1, 16, 90, true, false),
          new KltOptions(7, 1.5, 3, 0.6, 1, 16, 90, true, false),
          new KltOptions(9, 2, 3, 0.6, 1, 16, 90, true, false));

  /** Checks the ranges. */
  public KltOptions {
    Check.that(
        samplesPerSide >= 5 && samplesPerSide <= 31 && samplesPerSide % 2 == 1,
        "samplesPerSide must be odd and in 5..31, was %s",
        samplesPerSide);
    Check.that(
        spacingPx > 0 && spacingPx <= MAX_SPACING_PX,
        "spacingPx must be > 0 and <= %s, was %s",
        MAX_SPACING_PX,
        spacingPx);
    Check.that(noiseLevels >= 0, "noiseLevels must be >= 0, was %s", noiseLevels);
    Check.that(
        residualShare >= 0 && residualShare <= 1,
        "residualShare must be in [0, 1], was %s",
        residualShare);
    Check.that(
        maxForwardBackwardPx > 0, "maxForwardBackwardPx must be > 0, was %s", maxForwardBackwardPx);
    Check.that(maxBrightnessStep > 0, "maxBrightnessStep must be > 0, was %s", maxBrightnessStep);
    Check.that(searchFrames >= 0, "searchFrames must be >= 0, was %s", searchFrames);
  }

  /** These options with another number of samples across a template. */
  public KltOptions withSamplesPerSide(int samplesPerSide) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }

  /** These options with another distance of samples, px. */
  public KltOptions withSpacingPx(double spacingPx) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }

  /** These options with another share of contrast allowed as residual. */
  public KltOptions withResidualShare(double residualShare) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }

  /** These options with another bound on the way back, px. */
  public KltOptions withMaxForwardBackwardPx(double maxForwardBackwardPx) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }

  /** These options with another time of searching for lost points, frames. */
  public KltOptions withSearchFrames(int searchFrames) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }

  /** These options with colour used, or brightness alone. */
  public KltOptions withColor(boolean usesColor) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }

  /** These options with steps compared with the frame before, or with the query. */
  public KltOptions withChains(boolean chains) {
    return new KltOptions(
        samplesPerSide,
        spacingPx,
        noiseLevels,
        residualShare,
        maxForwardBackwardPx,
        maxBrightnessStep,
        searchFrames,
        usesColor,
        chains);
  }
}
