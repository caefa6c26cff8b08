package org.stereo4d.optim.track;

import java.util.Arrays;

/** Solves one block in the mode of the options; scratch of one thread. */
final class BlockSolver {
  private static final int LANES = TrackBlock.LANES;

  private final TrackOptimizerOptions options;
  private final double sigmaPerMeter;
  private final AdamSchedule adam;
  private final GaussNewton newton;
  private final double[] d;
  private final double[] variance;
  private final double[] before = new double[LANES];
  private final double[] after = new double[LANES];
  private final double[] watched = new double[LANES];
  private final double[] regularizer = new double[LANES];

  BlockSolver(TrackOptimizerOptions options, int frames, double sigmaPerMeter) {
    this.options = options;
    this.sigmaPerMeter = sigmaPerMeter;
    this.adam = new AdamSchedule(options.adam(), frames);
    this.newton = new GaussNewton(options.gaussNewton(), frames);
    this.d = new double[frames * LANES];
    this.variance = new double[frames * LANES];
  }

  /** Solves a block and notes how its energy fell. */
  void solve(TrackBlock block, EnergyRecord record, int blockIndex) {
    Arrays.fill(d, 0);
    System.arraycopy(block.regularizer, 0, regularizer, 0, LANES);
    block.energy(d, before);
    GaussNewton.Watch watch = (step, energies) -> record.note(blockIndex, step, block, energies);
    switch (options.mode()) {
      case REFERENCE -> adam.run(block, d, (step, at) -> sample(block, record, blockIndex, step));
      case REFERENCE_CONVERGED -> newton.run(block, d, (b, at) -> false, watch);
      case CALIBRATED -> {
        newton.run(block, d, this::reweight, watch);
        newton.inverseDiagonal(block, d, variance);
      }
    }
    block.energy(d, after);
  }

  /** Adam takes its steps without the energy, so it is computed for a few of them. */
  private void sample(TrackBlock block, EnergyRecord record, int blockIndex, int step) {
    if (record.keeps(step)) {
      block.energy(d, watched);
      record.note(blockIndex, step, block, watched);
    }
  }

  /** Huber weights of the disparity residuals in units of sigma_u. */
  private boolean reweight(TrackBlock block, double[] at) {
    double limit = options.calibration().robustSigmas() * sigmaPerMeter;
    boolean changed = false;
    for (int k = 0; k < at.length; k++) {
      double residual = Math.abs(1 / (at[k] + block.rho[k]) - 1 / block.rho[k]);
      double trust = residual > limit ? limit / residual : 1;
      changed |= trust != block.trust[k];
      block.trust[k] = trust;
    }
    return changed;
  }

  double displacement(int at) {
    return d[at];
  }

  /**
   * Standard deviation along the ray. The energy is a log-likelihood in units of {@code 2 sigma_u^2
   * k_r}, so that many times the inverse Hessian is the covariance.
   */
  double sigmaMeters(int at) {
    return options.mode() == SolverMode.CALIBRATED
        ? Math.sqrt(
            Math.max(0, variance[at] * 2 * sigmaPerMeter * sigmaPerMeter * regularizer[at % LANES]))
        : Double.NaN;
  }

  TrackSolution.Summary summary(TrackBlock block, int lane, double staticProbability) {
    if (block.count[lane] < 2) {
      return new TrackSolution.Summary(
          TrackSolution.Termination.SKIPPED, 0, Double.NaN, Double.NaN, staticProbability);
    }
    if (options.mode() == SolverMode.REFERENCE) {
      return new TrackSolution.Summary(
          TrackSolution.Termination.STEPS_DONE,
          options.adam().steps(),
          before[lane],
          after[lane],
          staticProbability);
    }
    return new TrackSolution.Summary(
        newton.converged[lane]
            ? TrackSolution.Termination.CONVERGED
            : TrackSolution.Termination.ITERATIONS,
        newton.iterations[lane],
        before[lane],
        after[lane],
        staticProbability);
  }
}
