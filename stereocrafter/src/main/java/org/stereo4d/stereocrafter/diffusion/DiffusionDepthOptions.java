package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.depth.LatentWindows;

/**
 * How a video diffusion network estimates depth.
 *
 * @param windows frames per run, and how many of them successive runs share
 * @param maxSidePx longest side of the network's pictures, px, {@code >= 64}
 * @param sampling steps, guidance, noise and seed; the motion number is 127 in the reference
 */
public record DiffusionDepthOptions(
    LatentWindows windows, int maxSidePx, SamplingOptions sampling) {
  private static final double NOISE = 0.02;
  private static final int MAX_SIDE_PX = 1024;

  /** As StereoCrafter calls DepthCrafter: 8 steps, guidance 1.2, windows of 70 frames. */
  public static final DiffusionDepthOptions DEFAULTS =
      new DiffusionDepthOptions(
          LatentWindows.STEREO,
          MAX_SIDE_PX,
          SamplingOptions.DEFAULTS.withGuidance(1.2, 1.2).withNoise(NOISE));

  /** DepthCrafter 1.0.1: 5 steps without guidance, windows of 110 frames. */
  public static final DiffusionDepthOptions DEPTHCRAFTER_V101 =
      new DiffusionDepthOptions(
          LatentWindows.DEPTH,
          MAX_SIDE_PX,
          SamplingOptions.DEFAULTS.withSteps(5).withGuidance(1, 1).withNoise(NOISE));

  /** The first release of DepthCrafter: 25 steps, guidance 1.2, windows of 110 frames. */
  public static final DiffusionDepthOptions DEPTHCRAFTER_V1 =
      new DiffusionDepthOptions(
          LatentWindows.DEPTH,
          MAX_SIDE_PX,
          SamplingOptions.DEFAULTS.withSteps(25).withGuidance(1.2, 1.2).withNoise(NOISE));

  /** Checks the side. */
  public DiffusionDepthOptions {
    Check.that(maxSidePx >= 64, "maxSidePx must be >= 64, was %s", maxSidePx);
  }

  /** These options with other windows. */
  public DiffusionDepthOptions withWindows(LatentWindows windows) {
    return new DiffusionDepthOptions(windows, maxSidePx, sampling);
  }

  /** These options with another longest side, px. */
  public DiffusionDepthOptions withMaxSidePx(int maxSidePx) {
    return new DiffusionDepthOptions(windows, maxSidePx, sampling);
  }

  /** These options with another sampling. */
  public DiffusionDepthOptions withSampling(SamplingOptions sampling) {
    return new DiffusionDepthOptions(windows, maxSidePx, sampling);
  }
}
