package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.run.Check;

/**
 * Euler steps of a diffusion network that predicts v (Karras et al. 2022, noise levels of Stable
 * Video Diffusion):
 *
 * <pre>
 * s_i = (700^(1/7) + i / (n - 1) (0.002^(1/7) - 700^(1/7)))^7,   s_n = 0,   t_i = ln(s_i) / 4
 * input = x / sqrt(s^2 + 1)
 * x0 = -s / sqrt(s^2 + 1) v + x / (s^2 + 1),   x += (x - x0) / s_i (s_{i+1} - s_i)
 * </pre>
 */
public final class EulerSampler {
  private static final double LARGEST = 700;
  private static final double SMALLEST = 0.002;
  private static final double RHO = 7;

  private final double[] sigmas;

  /**
   * A sampler of some steps.
   *
   * @param steps 1 to 1000
   */
  public EulerSampler(int steps) {
    Check.that(steps >= 1 && steps <= 1000, "steps must be in 1..1000, was %s", steps);
    sigmas = new double[steps + 1];
    double high = Math.pow(LARGEST, 1 / RHO);
    double low = Math.pow(SMALLEST, 1 / RHO);
    for (int i = 0; i < steps; i++) {
      double share = steps == 1 ? 0 : i / (double) (steps - 1);
      sigmas[i] = (float) Math.pow(high + share * (low - high), RHO);
    }
  }

  /** Number of steps. */
  public int steps() {
    return sigmas.length - 1;
  }

  /** Noise level before a step; 0 after the last. */
  public double sigma(int step) {
    return sigmas[step];
  }

  /** What the network is told of the noise level. */
  public double timestep(int step) {
    return 0.25 * Math.log(sigmas[step]);
  }

  /** Scale of the noise that sampling starts from. */
  public double initialSigma() {
    return Math.sqrt(sigmas[0] * sigmas[0] + 1);
  }

  /** What the network sees of the latents before a step. */
  public double[] networkInput(double[] latents, int step) {
    double scale = 1 / Math.sqrt(sigmas[step] * sigmas[step] + 1);
    double[] out = new double[latents.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = latents[i] * scale;
    }
    return out;
  }

  /** The latents after a step with the network's prediction. */
  public double[] step(double[] latents, double[] v, int step) {
    Check.that(
        latents.length == v.length, "lengths must agree, were %s and %s", latents.length, v.length);
    double s = sigmas[step];
    double square = s * s + 1;
    double move = (sigmas[step + 1] - s) / s;
    double[] out = new double[latents.length];
    for (int i = 0; i < out.length; i++) {
      double clean = latents[i] / square - s / Math.sqrt(square) * v[i];
      out[i] = latents[i] + (latents[i] - clean) * move;
    }
    return out;
  }

  /**
   * Prediction away from the one without conditions: {@code v0 + g (v1 - v0)}.
   *
   * @param guidance g for each frame
   */
  public static double[] guided(double[] without, double[] with, double[] guidance) {
    Check.that(
        without.length == with.length && with.length % guidance.length == 0,
        "%s and %s values must be whole frames of %s",
        without.length,
        with.length,
        guidance.length);
    int frame = with.length / guidance.length;
    double[] out = new double[with.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = without[i] + guidance[i / frame] * (with[i] - without[i]);
    }
    return out;
  }

  /** Guidance that rises evenly over the frames of a chunk. */
  public static double[] guidance(double first, double last, int frames) {
    double[] out = new double[frames];
    for (int t = 0; t < frames; t++) {
      out[t] = frames == 1 ? first : first + (last - first) * t / (frames - 1);
    }
    return out;
  }

  /** Whether both predictions are needed at all: one decision for conditioning and loop. */
  public static boolean isGuided(double[] guidance) {
    for (double g : guidance) {
      if (g > 1) {
        return true;
      }
    }
    return false;
  }
}
