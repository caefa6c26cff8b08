package org.stereo4d.optim.rig;

import org.stereo4d.run.Check;

/**
 * How poses are estimated from a video.
 *
 * @param viewSidePx side of the square working views; > 64. Default 768
 * @param viewFovDegrees their field of view; (0, 150). Default 90
 * @param calibrationFrames frames the rig rotation is made from, spread over the clip; > 0
 * @param cornersEveryFrames new corners every so many frames; > 0
 * @param estimateRotation whether the rig rotation is estimated; otherwise the given calibration
 *     holds
 * @param baselineMeters distance of the eyes; > 0. Default 0.063
 * @param rotation of the rig
 * @param odometry of the poses
 * @param bundle of poses and points
 */
public record RigEstimatorOptions(
    int viewSidePx,
    double viewFovDegrees,
    int calibrationFrames,
    int cornersEveryFrames,
    boolean estimateRotation,
    double baselineMeters,
    RigRotationOptions rotation,
    OdometryOptions odometry,
    BundleOptions bundle) {
  /** 768 px, 90 degrees, 6 frames, corners every 10 frames, rotation estimated, 0.063 m. */
  public static final RigEstimatorOptions DEFAULTS =
      new RigEstimatorOptions(
          768,
          90,
          6,
          10,
          true,
          0.063,
          RigRotationOptions.DEFAULTS,
          OdometryOptions.DEFAULTS,
          BundleOptions.DEFAULTS);

  /** Checks the ranges. */
  public RigEstimatorOptions {
    Check.that(viewSidePx > 64, "viewSidePx must be > 64, was %s", viewSidePx);
    Check.that(
        viewFovDegrees > 0 && viewFovDegrees < 150,
        "viewFovDegrees must be in (0, 150), was %s",
        viewFovDegrees);
    Check.that(calibrationFrames > 0, "calibrationFrames must be > 0, was %s", calibrationFrames);
    Check.that(
        cornersEveryFrames > 0, "cornersEveryFrames must be > 0, was %s", cornersEveryFrames);
    Check.that(baselineMeters > 0, "baselineMeters must be > 0, was %s", baselineMeters);
  }

  /** These options with or without estimation of the rig rotation. */
  public RigEstimatorOptions withEstimateRotation(boolean estimateRotation) {
    return new RigEstimatorOptions(
        viewSidePx,
        viewFovDegrees,
        calibrationFrames,
        cornersEveryFrames,
        estimateRotation,
        baselineMeters,
        rotation,
        odometry,
        bundle);
  }

  /** These options with other working views. */
  public RigEstimatorOptions withView(int viewSidePx, double viewFovDegrees) {
    return new RigEstimatorOptions(
        viewSidePx,
        viewFovDegrees,
        calibrationFrames,
        cornersEveryFrames,
        estimateRotation,
        baselineMeters,
        rotation,
        odometry,
        bundle);
  }
}
