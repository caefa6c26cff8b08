package org.stereo4d.optim.track;

/**
 * How tracks are optimised.
 *
 * @param mode which energy, how far
 * @param energy weights of the reference's energy; the calibrated mode uses its static and dynamic
 *     weights and its scale
 * @param adam schedule of {@link SolverMode#REFERENCE}
 * @param gaussNewton end of the other modes
 * @param calibration what {@link SolverMode#CALIBRATED} assumes
 */
public record TrackOptimizerOptions(
    SolverMode mode,
    TrackEnergyOptions energy,
    AdamOptions adam,
    GaussNewtonOptions gaussNewton,
    CalibrationOptions calibration) {
  /** Calibrated. */
  public static final TrackOptimizerOptions DEFAULTS =
      new TrackOptimizerOptions(
          SolverMode.CALIBRATED,
          TrackEnergyOptions.DEFAULTS,
          AdamOptions.DEFAULTS,
          GaussNewtonOptions.FAST,
          CalibrationOptions.DEFAULTS);

  /** The reference's result. */
  public static final TrackOptimizerOptions REFERENCE = DEFAULTS.withMode(SolverMode.REFERENCE);

  /** The reference's energy, minimised to nine digits. */
  public static final TrackOptimizerOptions REFERENCE_CONVERGED =
      DEFAULTS
          .withMode(SolverMode.REFERENCE_CONVERGED)
          .withGaussNewton(GaussNewtonOptions.DEFAULTS);

  /** These options in another mode. */
  public TrackOptimizerOptions withMode(SolverMode mode) {
    return new TrackOptimizerOptions(mode, energy, adam, gaussNewton, calibration);
  }

  /** These options with other weights. */
  public TrackOptimizerOptions withEnergy(TrackEnergyOptions energy) {
    return new TrackOptimizerOptions(mode, energy, adam, gaussNewton, calibration);
  }

  /** These options with another schedule. */
  public TrackOptimizerOptions withAdam(AdamOptions adam) {
    return new TrackOptimizerOptions(mode, energy, adam, gaussNewton, calibration);
  }

  /** These options with another end. */
  public TrackOptimizerOptions withGaussNewton(GaussNewtonOptions gaussNewton) {
    return new TrackOptimizerOptions(mode, energy, adam, gaussNewton, calibration);
  }

  /** These options with other assumptions. */
  public TrackOptimizerOptions withCalibration(CalibrationOptions calibration) {
    return new TrackOptimizerOptions(mode, energy, adam, gaussNewton, calibration);
  }
}
