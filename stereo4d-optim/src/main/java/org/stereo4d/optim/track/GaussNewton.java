package org.stereo4d.optim.track;

import java.util.Arrays;
import org.stereo4d.optim.solver.BandedLdl;
import org.stereo4d.optim.solver.LaneMath;

/**
 * Damped Gauss-Newton on a block: band factor, Woodbury correction of rank five, and per lane an
 * own damping, acceptance and end.
 */
final class GaussNewton {
  private static final int LANES = TrackBlock.LANES;
  private static final int RANK = TrackBlock.RANK;
  private static final LaneMath LANE_MATH = BandedLdl.laneMath();
  private static final double FIRST_DAMPING = 1e-6;
  private static final double MIN_DAMPING = 1e-12;
  private static final double MAX_DAMPING = 1e8;
  private static final double CAMERA_GUARD_METERS = 0.01;

  private final GaussNewtonOptions options;
  private final BandedLdl ldl;
  private final double[][] bands;
  private final double[] diagonal;
  private final double[][] columns;
  private final double[][] solved;
  private final double[][] core = new double[LANES][RANK * RANK];
  private final double[][] correction = new double[LANES][RANK * RANK];
  private final double[][] products = new double[RANK * RANK][LANES];
  private final double[] gradient;
  private final double[] step;
  private final double[] trial;
  private final double[] energy = new double[LANES];
  private final double[] trialEnergy = new double[LANES];
  private final double[] damping = new double[LANES];
  private final boolean[] done = new boolean[LANES];

  /** Iterations each lane took. */
  final int[] iterations = new int[LANES];

  /** Whether each lane met the tolerance. */
  final boolean[] converged = new boolean[LANES];

  GaussNewton(GaussNewtonOptions options, int frames) {
    this.options = options;
    int n = frames * LANES;
    ldl = new BandedLdl(frames, Math.min(TrackBlock.HALF_WIDTH, frames - 1));
    bands = new double[TrackBlock.HALF_WIDTH + 1][n];
    diagonal = new double[n];
    columns = new double[RANK][n];
    solved = new double[RANK][n];
    gradient = new double[n];
    step = new double[n];
    trial = new double[n];
  }

  /** Makes trust of each frame anew between iterations; returns whether energies changed. */
  @FunctionalInterface
  interface Reweight {
    /** Updates the block's trust at displacements d. */
    boolean apply(TrackBlock block, double[] d);
  }

  /** Learns the energies of the lanes between iterations. */
  @FunctionalInterface
  interface Watch {
    /** Called with the number of iterations done. */
    void at(int iteration, double[] energyOfLane);
  }

  /** Minimises from the given displacements, in place. */
  void run(TrackBlock block, double[] d, Reweight reweight, Watch watch) {
    Arrays.fill(damping, FIRST_DAMPING);
    Arrays.fill(iterations, 0);
    for (int l = 0; l < LANES; l++) {
      done[l] = block.count[l] < 2;
      converged[l] = done[l];
    }
    block.energy(d, energy);
    watch.at(0, energy);
    for (int i = 0; i < options.maxIterations() && !allDone(); i++) {
      if (reweight.apply(block, d)) {
        block.energy(d, energy);
      }
      block.gradient(d, gradient);
      solveStep(block, d);
      guard(block, d);
      block.energy(trial, trialEnergy);
      accept(d);
      watch.at(i + 1, energy);
    }
  }

  private boolean allDone() {
    boolean all = true;
    for (boolean lane : done) {
      all &= lane;
    }
    return all;
  }

  private void solveStep(TrackBlock block, double[] d) {
    block.hessian(d, bands, columns, core);
    System.arraycopy(bands[0], 0, diagonal, 0, diagonal.length);
    for (int k = 0; k < diagonal.length; k++) {
      bands[0][k] *= 1 + damping[k % LANES];
    }
    ldl.factor(bands);
    System.arraycopy(gradient, 0, step, 0, step.length);
    ldl.solve(step);
    solveColumns();
    correct();
  }

  private void solveColumns() {
    for (int i = 0; i < RANK; i++) {
      System.arraycopy(columns[i], 0, solved[i], 0, solved[i].length);
      ldl.solve(solved[i]);
    }
    // U^T H^-1 U is symmetric
    for (int i = 0; i < RANK; i++) {
      for (int j = i; j < RANK; j++) {
        LANE_MATH.dot(columns[i], solved[j], products[i * RANK + j]);
        System.arraycopy(products[i * RANK + j], 0, products[j * RANK + i], 0, LANES);
      }
    }
    double[] uy = new double[RANK * RANK];
    for (int l = 0; l < LANES; l++) {
      for (int i = 0; i < RANK * RANK; i++) {
        uy[i] = products[i][l];
      }
      SmallMatrix.woodbury(core[l], uy, correction[l], RANK);
    }
  }

  /** x = y - Y (I + K U^T Y)^-1 K U^T y. */
  private void correct() {
    for (int i = 0; i < RANK; i++) {
      LANE_MATH.dot(columns[i], step, products[i]);
    }
    double[] uy = new double[RANK];
    for (int l = 0; l < LANES; l++) {
      for (int i = 0; i < RANK; i++) {
        uy[i] = products[i][l];
      }
      double[] z = SmallMatrix.multiply(correction[l], uy, RANK);
      for (int i = 0; i < RANK; i++) {
        products[RANK + i][l] = z[i];
      }
    }
    for (int i = 0; i < RANK; i++) {
      double[] share = products[RANK + i];
      double[] column = solved[i];
      for (int k = 0; k < step.length; k++) {
        step[k] -= share[k % LANES] * column[k];
      }
    }
  }

  /** The trial point, kept in front of the camera. */
  private void guard(TrackBlock block, double[] d) {
    for (int k = 0; k < d.length; k++) {
      double least = CAMERA_GUARD_METERS - block.rho[k];
      double value = block.mask[k] * (d[k] - step[k]);
      trial[k] = Math.max(value, block.mask[k] * least);
    }
  }

  private void accept(double[] d) {
    for (int l = 0; l < LANES; l++) {
      if (done[l]) {
        continue;
      }
      iterations[l]++;
      double decrease = energy[l] - trialEnergy[l];
      if (decrease >= 0) {
        for (int k = l; k < d.length; k += LANES) {
          d[k] = trial[k];
        }
        converged[l] = decrease <= options.relativeDecrease() * energy[l];
        done[l] = converged[l];
        energy[l] = trialEnergy[l];
        damping[l] = Math.max(MIN_DAMPING, damping[l] / 10);
      } else if (-decrease <= options.relativeDecrease() * energy[l]) {
        converged[l] = true; // the rest is rounding
        done[l] = true;
      } else {
        damping[l] = Math.max(damping[l], 1e-9) * 8;
        done[l] = !(damping[l] < MAX_DAMPING);
        converged[l] = false;
      }
    }
  }

  /** Diagonal of the inverse of the Gauss-Newton matrix at d, without damping. */
  void inverseDiagonal(TrackBlock block, double[] d, double[] out) {
    block.gradient(d, gradient);
    block.hessian(d, bands, columns, core);
    ldl.factor(bands);
    ldl.inverseDiagonal(out);
    solveColumns();
    for (int i = 0; i < RANK; i++) {
      for (int j = 0; j < RANK; j++) {
        for (int l = 0; l < LANES; l++) {
          products[0][l] = correction[l][i * RANK + j];
        }
        subtract(products[0], solved[i], solved[j], out);
      }
    }
  }

  /** {@code out -= share a b}, with a share per lane. */
  private static void subtract(double[] share, double[] a, double[] b, double[] out) {
    for (int k = 0; k < out.length; k++) {
      out[k] -= share[k % LANES] * a[k] * b[k];
    }
  }

  double energy(int lane) {
    return energy[lane];
  }
}
