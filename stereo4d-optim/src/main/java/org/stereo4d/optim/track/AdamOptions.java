package org.stereo4d.optim.track;

import org.stereo4d.run.Check;

/**
 * The schedule of the reference: plain Adam from d = 0, no decay, no stopping rule.
 *
 * @param steps > 0; reference 100
 * @param rate metres per step at most; > 0; reference 0.05
 * @param beta1 decay of the mean; [0, 1); reference 0.9
 * @param beta2 decay of the variance; [0, 1); reference 0.999
 * @param epsilon added outside the root; > 0; reference 1e-8
 */
public record AdamOptions(int steps, double rate, double beta1, double beta2, double epsilon) {
  /** The reference's values. */
  public static final AdamOptions DEFAULTS = new AdamOptions(100, 0.05, 0.9, 0.999, 1e-8);

  /** Checks the ranges. */
  public AdamOptions {
    Check.that(steps > 0, "steps must be > 0, was %s", steps);
    Check.that(rate > 0 && Double.isFinite(rate), "rate must be > 0 and finite, was %s", rate);
    Check.that(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1), was %s", beta1);
    Check.that(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1), was %s", beta2);
    Check.that(epsilon > 0, "epsilon must be > 0, was %s", epsilon);
  }

  /** These options with another number of steps. */
  public AdamOptions withSteps(int steps) {
    return new AdamOptions(steps, rate, beta1, beta2, epsilon);
  }
}
