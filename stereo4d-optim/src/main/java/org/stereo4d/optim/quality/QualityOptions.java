package org.stereo4d.optim.quality;

import org.stereo4d.run.Check;

/**
 * Limits of the tests of tracks; infinity turns one off.
 *
 * @param maxSigmaShare median predicted error as a share of the distance; > 0
 * @param maxRoughnessMeters median second difference, metres per frame squared; > 0
 * @param maxDisparityChangePx median change of disparity by the optimisation; > 0
 * @param maxSpeedMetersPerSecond fastest step; > 0
 */
public record QualityOptions(
    double maxSigmaShare,
    double maxRoughnessMeters,
    double maxDisparityChangePx,
    double maxSpeedMetersPerSecond) {
  /** 10 % of the distance, 30 mm, 1 px, 20 m/s. */
  public static final QualityOptions DEFAULTS = new QualityOptions(0.1, 0.03, 1, 20);

  /** Every track passes. */
  public static final QualityOptions OFF =
      new QualityOptions(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY);

  /** Checks that every limit is positive. */
  public QualityOptions {
    Check.that(maxSigmaShare > 0, "maxSigmaShare must be > 0, was %s", maxSigmaShare);
    Check.that(
        maxRoughnessMeters > 0, "maxRoughnessMeters must be > 0, was %s", maxRoughnessMeters);
    Check.that(
        maxDisparityChangePx > 0, "maxDisparityChangePx must be > 0, was %s", maxDisparityChangePx);
    Check.that(
        maxSpeedMetersPerSecond > 0,
        "maxSpeedMetersPerSecond must be > 0, was %s",
        maxSpeedMetersPerSecond);
  }

  /** These options with another limit of the predicted error. */
  public QualityOptions withMaxSigmaShare(double maxSigmaShare) {
    return new QualityOptions(
        maxSigmaShare, maxRoughnessMeters, maxDisparityChangePx, maxSpeedMetersPerSecond);
  }

  /** These options with another limit of roughness, metres. */
  public QualityOptions withMaxRoughnessMeters(double maxRoughnessMeters) {
    return new QualityOptions(
        maxSigmaShare, maxRoughnessMeters, maxDisparityChangePx, maxSpeedMetersPerSecond);
  }

  /** These options with another limit of the change of disparity, pixels. */
  public QualityOptions withMaxDisparityChangePx(double maxDisparityChangePx) {
    return new QualityOptions(
        maxSigmaShare, maxRoughnessMeters, maxDisparityChangePx, maxSpeedMetersPerSecond);
  }

  /** These options with another speed limit. */
  public QualityOptions withMaxSpeedMetersPerSecond(double maxSpeedMetersPerSecond) {
    return new QualityOptions(
        maxSigmaShare, maxRoughnessMeters, maxDisparityChangePx, maxSpeedMetersPerSecond);
  }
}
