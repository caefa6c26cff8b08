package org.stereo4d.synthetic;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * How the water garden is filmed by several still cameras without a common clock.
 *
 * @param seed draws the world, the cameras, their start times and the noise
 * @param cameraCount number of cameras; >= 1
 * @param size of each video
 * @param periodFrames T, after which the water repeats exactly; >= 2
 * @param clipFrames frames of each video; > 0
 * @param framesPerSecond Hz; > 0. Default 25, the rate of the published scenes
 * @param spreadMeters radius of the circle the cameras stand on; >= 0
 * @param noiseSigma standard deviation of the sensor noise in units of full scale; >= 0
 */
public record SyntheticLoopOptions(
    long seed,
    int cameraCount,
    ImageSize size,
    int periodFrames,
    int clipFrames,
    double framesPerSecond,
    double spreadMeters,
    double noiseSigma) {
  /** 5 cameras, 160x90, 24 frames per period, 72 frames per video. */
  public static final SyntheticLoopOptions DEFAULTS =
      new SyntheticLoopOptions(1, 5, new ImageSize(160, 90), 24, 72, 25, 0.15, 0.005);

  /** 3 cameras, 96x54, 16 frames per period, 48 frames per video. */
  public static final SyntheticLoopOptions DEMO =
      new SyntheticLoopOptions(1, 3, new ImageSize(96, 54), 16, 48, 25, 0.15, 0.005);

  /** Checks the ranges. */
  public SyntheticLoopOptions {
    Check.that(cameraCount >= 1, "cameraCount must be >= 1, was %s", cameraCount);
    Check.that(periodFrames >= 2, "periodFrames must be >= 2, was %s", periodFrames);
    Check.that(clipFrames > 0, "clipFrames must be > 0, was %s", clipFrames);
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
    Check.that(
        spreadMeters >= 0 && spreadMeters <= 1,
        "spreadMeters must be in [0, 1] to stay before the rocks, was %s",
        spreadMeters);
    Check.that(
        noiseSigma >= 0 && Double.isFinite(noiseSigma),
        "noiseSigma must be >= 0 and finite, was %s",
        noiseSigma);
  }

  /** These options with another seed. */
  public SyntheticLoopOptions withSeed(long seed) {
    return new SyntheticLoopOptions(
        seed,
        cameraCount,
        size,
        periodFrames,
        clipFrames,
        framesPerSecond,
        spreadMeters,
        noiseSigma);
  }

  /** These options with another number of cameras. */
  public SyntheticLoopOptions withCameraCount(int cameraCount) {
    return new SyntheticLoopOptions(
        seed,
        cameraCount,
        size,
        periodFrames,
        clipFrames,
        framesPerSecond,
        spreadMeters,
        noiseSigma);
  }

  /** These options with another picture size. */
  public SyntheticLoopOptions withSize(ImageSize size) {
    return new SyntheticLoopOptions(
        seed,
        cameraCount,
        size,
        periodFrames,
        clipFrames,
        framesPerSecond,
        spreadMeters,
        noiseSigma);
  }

  /** These options with another period. */
  public SyntheticLoopOptions withPeriodFrames(int periodFrames) {
    return new SyntheticLoopOptions(
        seed,
        cameraCount,
        size,
        periodFrames,
        clipFrames,
        framesPerSecond,
        spreadMeters,
        noiseSigma);
  }

  /** These options with longer or shorter videos. */
  public SyntheticLoopOptions withClipFrames(int clipFrames) {
    return new SyntheticLoopOptions(
        seed,
        cameraCount,
        size,
        periodFrames,
        clipFrames,
        framesPerSecond,
        spreadMeters,
        noiseSigma);
  }

  /** These options with other sensor noise. */
  public SyntheticLoopOptions withNoiseSigma(double noiseSigma) {
    return new SyntheticLoopOptions(
        seed,
        cameraCount,
        size,
        periodFrames,
        clipFrames,
        framesPerSecond,
        spreadMeters,
        noiseSigma);
  }
}
