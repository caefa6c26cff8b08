package org.stereo4d.optim.track;

import org.stereo4d.run.Check;

/**
 * When damped Gauss-Newton stops.
 *
 * @param maxIterations > 0
 * @param relativeDecrease a track is done when an accepted step lowers its energy by less than this
 *     share; > 0
 */
public record GaussNewtonOptions(int maxIterations, double relativeDecrease) {
  /** At most 60 iterations, until the energy falls by less than 1e-9 of itself. */
  public static final GaussNewtonOptions DEFAULTS = new GaussNewtonOptions(60, 1e-9);

  /** At most 12 iterations, until the energy falls by less than 1e-4 of itself. */
  public static final GaussNewtonOptions FAST = new GaussNewtonOptions(12, 1e-4);

  /** Checks the ranges. */
  public GaussNewtonOptions {
    Check.that(maxIterations > 0, "maxIterations must be > 0, was %s", maxIterations);
    Check.that(relativeDecrease > 0, "relativeDecrease must be > 0, was %s", relativeDecrease);
  }
}
