package org.stereo4d.optim.track;

import org.stereo4d.track.Tracks3d;

/**
 * Optimised tracks.
 *
 * @param tracks points, visible exactly in the frames that were optimised
 * @param sigmaMeters n x T standard deviation along the ray; NaN where hidden, and everywhere
 *     unless the mode is calibrated
 * @param summaries one per track
 * @param noisePx image noise that the tracks show; NaN unless the mode is calibrated
 * @param energyCurve how the energy of all tracks fell
 */
public record TrackSolution(
    Tracks3d tracks,
    float[] sigmaMeters,
    Summary[] summaries,
    double noisePx,
    EnergyCurve energyCurve) {
  /** How a track ended. */
  public enum Termination {
    /** The tolerance was met. */
    CONVERGED,
    /** All steps of the schedule were done. */
    STEPS_DONE,
    /** The iterations ran out. */
    ITERATIONS,
    /** Fewer than two valid frames: nothing moves. */
    SKIPPED,
    /** The listener ended the work before. */
    NOT_REACHED
  }

  /**
   * What happened to one track.
   *
   * @param termination how it ended
   * @param iterations steps taken
   * @param energyBefore at d = 0; NaN when skipped
   * @param energyAfter at the result; NaN when skipped
   * @param staticProbability of the test; NaN unless the mode is calibrated
   */
  public record Summary(
      Termination termination,
      int iterations,
      double energyBefore,
      double energyAfter,
      double staticProbability) {}

  /**
   * Sum of the energies of all tracks that are optimised; a track that has ended keeps its energy.
   *
   * <p>The calibrated mode renews the trust in each frame between iterations, and every value is
   * the energy with the trust of its iteration, so a value may lie above the one before it. Of
   * {@link SolverMode#REFERENCE}, about every tenth of the schedule is kept.
   *
   * @param iterations number of iterations done, rising from 0
   * @param energies the sum after as many
   */
  @SuppressWarnings("ArrayRecordComponent") // for plots, never compared
  public record EnergyCurve(int[] iterations, double[] energies) {}
}
