package org.stereo4d.synthetic;

import java.util.SplittableRandom;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.run.Check;

/**
 * How a clip is filmed. Every default is our own choice unless another source is named.
 *
 * @param seed draws textures, places, phases and noise
 * @param frameCount frames of the clip; > 0
 * @param framesPerSecond Hz; > 0
 * @param baselineMeters distance of the eyes; > 0. Default 0.063, as in the released data
 * @param calibration how the raw eyes look at the rectified frame; identity for a perfect rig
 * @param cameraMotion how the camera is carried
 * @param noiseSigma standard deviation of the sensor noise in units of full scale; >= 0. Default
 *     0.005, somewhat more than one step of 8 bits
 * @param exposureChange amplitude of the gain's slow wave about 1; in [0, 1)
 * @param shutterSeconds exposure time, which blurs what moves; 0 for sharp pictures
 * @param eyes which eye's picture stands where
 * @param frozen whether every frame is the first one, noise included
 */
public record SceneOptions(
    long seed,
    int frameCount,
    double framesPerSecond,
    double baselineMeters,
    Vr180Calibration calibration,
    CameraMotion cameraMotion,
    double noiseSigma,
    double exposureChange,
    double shutterSeconds,
    EyeLayout eyes,
    boolean frozen) {
  /** 60 frames at 30 Hz from a tripod with a perfect rig, little noise, sharp. */
  public static final SceneOptions DEFAULTS =
      new SceneOptions(
          1,
          60,
          30,
          StereoRig.VR180_BASELINE_METERS,
          Vr180Calibration.IDENTITY,
          CameraMotion.TRIPOD,
          0.005,
          0,
          0,
          EyeLayout.LEFT_RIGHT,
          false);

  /** Checks the ranges. */
  public SceneOptions {
    Check.that(frameCount > 0, "frameCount must be > 0, was %s", frameCount);
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
    Check.that(
        baselineMeters > 0 && Double.isFinite(baselineMeters),
        "baselineMeters must be > 0 and finite, was %s",
        baselineMeters);
    Check.that(
        noiseSigma >= 0 && Double.isFinite(noiseSigma),
        "noiseSigma must be >= 0 and finite, was %s",
        noiseSigma);
    Check.that(
        exposureChange >= 0 && exposureChange < 1,
        "exposureChange must be in [0, 1), was %s",
        exposureChange);
    Check.that(
        shutterSeconds >= 0 && Double.isFinite(shutterSeconds),
        "shutterSeconds must be >= 0 and finite, was %s",
        shutterSeconds);
  }

  /** These options with another seed. */
  public SceneOptions withSeed(long seed) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with another number of frames. */
  public SceneOptions withFrameCount(int frameCount) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options at another frame rate, Hz. */
  public SceneOptions withFramesPerSecond(double framesPerSecond) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with another distance of the eyes. */
  public SceneOptions withBaselineMeters(double baselineMeters) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with another rig. */
  public SceneOptions withCalibration(Vr180Calibration calibration) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /**
   * These options with each eye turned by yaw, pitch and roll drawn evenly from {@code
   * [-maxDegrees, maxDegrees]}.
   */
  public SceneOptions withRigErrorDegrees(double maxDegrees) {
    Check.that(
        maxDegrees >= 0 && Double.isFinite(maxDegrees),
        "maxDegrees must be >= 0 and finite, was %s",
        maxDegrees);
    SplittableRandom random = new SplittableRandom(seed);
    Rotation3[] eye = new Rotation3[2];
    for (int i = 0; i < 2; i++) {
      eye[i] =
          Rotation3.ofYawPitchRollDegrees(
              maxDegrees * (2 * random.nextDouble() - 1),
              maxDegrees * (2 * random.nextDouble() - 1),
              maxDegrees * (2 * random.nextDouble() - 1));
    }
    return withCalibration(new Vr180Calibration(calibration.bounds(), eye[0], eye[1]));
  }

  /** These options with the camera carried another way. */
  public SceneOptions withCameraMotion(CameraMotion cameraMotion) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with other sensor noise. */
  public SceneOptions withNoiseSigma(double noiseSigma) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with another wave of the gain. */
  public SceneOptions withExposureChange(double exposureChange) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with another exposure time. */
  public SceneOptions withShutterSeconds(double shutterSeconds) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with the eyes arranged another way. */
  public SceneOptions withEyes(EyeLayout eyes) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }

  /** These options with time stopped, or running. */
  public SceneOptions withFrozen(boolean frozen) {
    return new SceneOptions(
        seed,
        frameCount,
        framesPerSecond,
        baselineMeters,
        calibration,
        cameraMotion,
        noiseSigma,
        exposureChange,
        shutterSeconds,
        eyes,
        frozen);
  }
}
