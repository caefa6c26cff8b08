package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.run.Check;

/**
 * How a clip is sampled from noise.
 *
 * @param steps of the sampler, 1 to 1000
 * @param firstGuidance how far the first frame of a run goes beyond the conditioned prediction,
 *     {@code >= 0}; up to 1 halves the cost
 * @param lastGuidance the same at the last frame; between them it changes evenly
 * @param motion how much motion the network is told of; 127 in the reference
 * @param noise standard deviation of the noise added to the conditions, {@code >= 0}
 * @param seed of all noise
 */
public record SamplingOptions(
    int steps, double firstGuidance, double lastGuidance, double motion, double noise, long seed) {
  /** Of StereoCrafter's inpainting: 8 steps, guidance 1.01, no noise. */
  public static final SamplingOptions DEFAULTS = new SamplingOptions(8, 1.01, 1.01, 127, 0, 42);

  /** Checks the ranges. */
  public SamplingOptions {
    Check.that(steps >= 1 && steps <= 1000, "steps must be in 1..1000, was %s", steps);
    Check.that(
        firstGuidance >= 0 && lastGuidance >= 0 && firstGuidance + lastGuidance < 1e6,
        "guidance must be >= 0 and finite, was %s to %s",
        firstGuidance,
        lastGuidance);
    Check.that(Double.isFinite(motion), "motion must be finite, was %s", motion);
    Check.that(noise >= 0 && noise < 100, "noise must be in [0, 100), was %s", noise);
  }

  /** These options with another number of steps. */
  public SamplingOptions withSteps(int steps) {
    return new SamplingOptions(steps, firstGuidance, lastGuidance, motion, noise, seed);
  }

  /** These options with another guidance. */
  public SamplingOptions withGuidance(double first, double last) {
    return new SamplingOptions(steps, first, last, motion, noise, seed);
  }

  /** These options with other noise on the conditions. */
  public SamplingOptions withNoise(double noise) {
    return new SamplingOptions(steps, firstGuidance, lastGuidance, motion, noise, seed);
  }

  /** These options with another seed. */
  public SamplingOptions withSeed(long seed) {
    return new SamplingOptions(steps, firstGuidance, lastGuidance, motion, noise, seed);
  }
}
