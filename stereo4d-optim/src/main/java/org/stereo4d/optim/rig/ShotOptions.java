package org.stereo4d.optim.rig;

import org.stereo4d.run.Check;

/**
 * How a video is cut into clips.
 *
 * @param histogramDistance chi-square distance {@code sum (a - b)^2 / (a + b)} of two 8x8x8 colour
 *     histograms of sum 1, above which a cut is possible; >= 0
 * @param lumaDifference mean absolute difference of brightness, in shares of white, above which it
 *     is one; >= 0
 * @param minFrames shorter shots are dropped; > 0
 * @param maxFrames longer shots become several clips of equal length; >= minFrames
 * @param findFades whether cross-fades end a shot
 * @param dropStills whether clips of one repeated picture are dropped
 * @param stillPx median displacement of matches below which a clip may be a still; > 0
 * @param dropTitles whether clips with hardly any matches are dropped
 * @param minMatches fewer make a title; > 0
 * @param sideBySide whether the left half of a frame is judged instead of the whole
 */
public record ShotOptions(
    double histogramDistance,
    double lumaDifference,
    int minFrames,
    int maxFrames,
    boolean findFades,
    boolean dropStills,
    double stillPx,
    boolean dropTitles,
    int minMatches,
    boolean sideBySide) {
  /** 0.5, 0.08, 8 to 200 frames, every rule on with 0.1 px and 50 matches, side by side. */
  public static final ShotOptions DEFAULTS =
      new ShotOptions(0.5, 0.08, 8, 200, true, true, 0.1, true, 50, true);

  /** Checks the ranges. */
  public ShotOptions {
    Check.that(histogramDistance >= 0, "histogramDistance must be >= 0, was %s", histogramDistance);
    Check.that(lumaDifference >= 0, "lumaDifference must be >= 0, was %s", lumaDifference);
    Check.that(minFrames > 0, "minFrames must be > 0, was %s", minFrames);
    Check.that(maxFrames >= minFrames, "maxFrames must be >= %s, was %s", minFrames, maxFrames);
    Check.that(stillPx > 0, "stillPx must be > 0, was %s", stillPx);
    Check.that(minMatches > 0, "minMatches must be > 0, was %s", minMatches);
  }

  /** These options with the three rules on or off. */
  public ShotOptions withRules(boolean findFades, boolean dropStills, boolean dropTitles) {
    return new ShotOptions(
        histogramDistance,
        lumaDifference,
        minFrames,
        maxFrames,
        findFades,
        dropStills,
        stillPx,
        dropTitles,
        minMatches,
        sideBySide);
  }

  /** These options with other lengths of clips. */
  public ShotOptions withFrames(int minFrames, int maxFrames) {
    return new ShotOptions(
        histogramDistance,
        lumaDifference,
        minFrames,
        maxFrames,
        findFades,
        dropStills,
        stillPx,
        dropTitles,
        minMatches,
        sideBySide);
  }

  /** These options for videos of one or of two eyes. */
  public ShotOptions withSideBySide(boolean sideBySide) {
    return new ShotOptions(
        histogramDistance,
        lumaDifference,
        minFrames,
        maxFrames,
        findFades,
        dropStills,
        stillPx,
        dropTitles,
        minMatches,
        sideBySide);
  }
}
