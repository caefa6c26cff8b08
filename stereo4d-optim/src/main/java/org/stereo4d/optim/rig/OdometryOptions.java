package org.stereo4d.optim.rig;

import org.stereo4d.run.Check;

/**
 * How poses are found from tracked corners.
 *
 * @param samples random samples of three points per frame; > 0
 * @param inlierPx a point within this in both eyes supports a pose; > 0
 * @param huberPx loss of the pose refinement; > 0
 * @param minDepthMeters nearest triangulated depth; > 0
 * @param maxDepthMeters farthest triangulated depth
 * @param keyFrameParallaxPx median motion that makes a key frame; > 0
 * @param keyFrameSurvivors share of points still seen below which a frame becomes a key frame; 0..1
 * @param minMatches fewer points leave a frame unsolved; >= 3
 * @param seed draws the samples
 */
public record OdometryOptions(
    int samples,
    double inlierPx,
    double huberPx,
    double minDepthMeters,
    double maxDepthMeters,
    double keyFrameParallaxPx,
    double keyFrameSurvivors,
    int minMatches,
    long seed) {
  /** 60 samples, 1.5 px, Huber 1 px, 0.3 to 60 m, key frames at 20 px or 60 %. */
  public static final OdometryOptions DEFAULTS =
      new OdometryOptions(60, 1.5, 1, 0.3, 60, 20, 0.6, 10, 1);

  /** Checks the ranges. */
  public OdometryOptions {
    Check.that(samples > 0, "samples must be > 0, was %s", samples);
    Check.that(inlierPx > 0, "inlierPx must be > 0, was %s", inlierPx);
    Check.that(huberPx > 0, "huberPx must be > 0, was %s", huberPx);
    Check.that(
        minDepthMeters > 0 && maxDepthMeters > minDepthMeters,
        "depths must satisfy 0 < min < max, were %s and %s",
        minDepthMeters,
        maxDepthMeters);
    Check.that(
        keyFrameParallaxPx > 0, "keyFrameParallaxPx must be > 0, was %s", keyFrameParallaxPx);
    Check.that(
        keyFrameSurvivors >= 0 && keyFrameSurvivors <= 1,
        "keyFrameSurvivors must be in 0..1, was %s",
        keyFrameSurvivors);
    Check.that(minMatches >= 3, "minMatches must be >= 3, was %s", minMatches);
  }
}
