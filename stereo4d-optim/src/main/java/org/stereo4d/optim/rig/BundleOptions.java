package org.stereo4d.optim.rig;

import org.stereo4d.run.Check;

/**
 * How poses and points are refined together.
 *
 * @param lossPx scale of the Cauchy loss; > 0
 * @param outlierPx observations farther than this are dropped between the two rounds; > 0
 * @param minKeyFrames a point must be seen in so many key frames; >= 2
 * @param iterations at most, per round; > 0
 * @param relativeDecrease a round ends when the cost falls by less than this share; > 0
 */
public record BundleOptions(
    double lossPx, double outlierPx, int minKeyFrames, int iterations, double relativeDecrease) {
  /** Cauchy 1 px, outliers at 3 px, three key frames, 50 iterations, 1e-6. */
  public static final BundleOptions DEFAULTS = new BundleOptions(1, 3, 3, 50, 1e-6);

  /** Checks the ranges. */
  public BundleOptions {
    Check.that(lossPx > 0, "lossPx must be > 0, was %s", lossPx);
    Check.that(outlierPx > 0, "outlierPx must be > 0, was %s", outlierPx);
    Check.that(minKeyFrames >= 2, "minKeyFrames must be >= 2, was %s", minKeyFrames);
    Check.that(iterations > 0, "iterations must be > 0, was %s", iterations);
    Check.that(relativeDecrease > 0, "relativeDecrease must be > 0, was %s", relativeDecrease);
  }
}
