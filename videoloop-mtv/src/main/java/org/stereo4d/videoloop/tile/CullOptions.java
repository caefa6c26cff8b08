package org.stereo4d.videoloop.tile;

import org.stereo4d.run.Check;

/**
 * Which quads are kept and which of them move.
 *
 * @param alphaThreshold a quad is kept when its largest alpha exceeds it; in [0, 1). Reference base
 *     configuration 0.05, scenes 0.02 to 0.05
 * @param loopThreshold a kept quad moves when its largest label exceeds it; in [0, 1]. Reference
 *     0.5
 * @param erosions n, erosions of alpha and label; {@code >= 0}. Reference 2
 * @param removedNearPlanes number of nearest planes whose alpha counts as 0; {@code >= 0}. They
 *     collect what the views disagree about
 * @param compatible whether as many vertices instead of quads are removed, as the reference does
 */
public record CullOptions(
    double alphaThreshold,
    double loopThreshold,
    int erosions,
    int removedNearPlanes,
    boolean compatible) {
  /** 0.05, 0.5, 2 erosions, all planes. */
  public static final CullOptions DEFAULTS = new CullOptions(0.05, 0.5, 2, 0, false);

  /** Checks the ranges. */
  public CullOptions {
    Check.that(
        alphaThreshold >= 0 && alphaThreshold < 1,
        "alphaThreshold must be in [0, 1), was %s",
        alphaThreshold);
    Check.that(
        loopThreshold >= 0 && loopThreshold <= 1,
        "loopThreshold must be in [0, 1], was %s",
        loopThreshold);
    Check.that(erosions >= 0, "erosions must be >= 0, was %s", erosions);
    Check.that(removedNearPlanes >= 0, "removedNearPlanes must be >= 0, was %s", removedNearPlanes);
  }

  /** These options with another threshold of alpha. */
  public CullOptions withAlphaThreshold(double alphaThreshold) {
    return new CullOptions(alphaThreshold, loopThreshold, erosions, removedNearPlanes, compatible);
  }

  /** These options with another threshold of the label. */
  public CullOptions withLoopThreshold(double loopThreshold) {
    return new CullOptions(alphaThreshold, loopThreshold, erosions, removedNearPlanes, compatible);
  }

  /** These options with another number of erosions. */
  public CullOptions withErosions(int erosions) {
    return new CullOptions(alphaThreshold, loopThreshold, erosions, removedNearPlanes, compatible);
  }

  /** These options without the nearest planes. */
  public CullOptions withRemovedNearPlanes(int removedNearPlanes) {
    return new CullOptions(alphaThreshold, loopThreshold, erosions, removedNearPlanes, compatible);
  }

  /** These options with or without the count of the reference. */
  public CullOptions withCompatible(boolean compatible) {
    return new CullOptions(alphaThreshold, loopThreshold, erosions, removedNearPlanes, compatible);
  }
}
