package org.stereo4d.optim.track;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.Tracks3d;

/**
 * Makes lifted tracks consistent over time. Tracks are independent; eight at a time share the
 * loops, blocks of eight run in parallel, memory beside input and output is O(T) per thread. The
 * same bits on any number of threads.
 */
public final class TrackOptimizer {
  private static final int LANES = TrackBlock.LANES;
  private static final int BLOCKS_PER_STEP = 256;
  private static final int BLOCKS_PER_TASK = 4;

  private final TrackOptimizerOptions options;

  /** An optimiser with the given options. */
  public TrackOptimizer(TrackOptimizerOptions options) {
    this.options = options;
  }

  /**
   * Optimises all tracks. When the listener finishes early, the tracks not reached keep their
   * lifted points.
   */
  public TrackSolution optimize(TrackProblem problem, Progress progress) {
    Run run = new Run(problem);
    int blocks = (problem.raw().count() + LANES - 1) / LANES;
    boolean finished = false;
    for (int start = 0; start < blocks && !finished; start += BLOCKS_PER_STEP) {
      int first = start;
      int count = Math.min(BLOCKS_PER_STEP, blocks - start);
      Parallel.blocks(count, BLOCKS_PER_TASK, (a, b) -> run.solve(first + a, first + b));
      int done = Math.min(problem.raw().count(), (start + count) * LANES);
      finished = progress.finishAfter(Step.of("optimise tracks", done, problem.raw().count()));
    }
    return run.solution();
  }

  /** Shared inputs and outputs of one call. */
  private final class Run {
    private final TrackProblem problem;
    private final int frames;
    private final int count;
    private final double[] centers;
    private final double[] origin = new double[3];
    private final float[] xyz;
    private final float[] sigma;
    private final TrackSolution.Summary[] summaries;
    private final double[] staticProbability;
    private final double noisePx;
    private final EnergyRecord energies;

    Run(TrackProblem problem) {
      this.problem = problem;
      this.frames = problem.raw().frameCount();
      this.count = problem.raw().count();
      this.centers = centers(problem.worldFromCameras());
      if (options.energy().scaleOrigin() == ScaleOrigin.MEAN_CAMERA) {
        for (int k = 0; k < centers.length; k++) {
          origin[k % 3] += centers[k] / frames;
        }
      }
      this.xyz = problem.raw().xyz().clone();
      this.sigma = new float[count * frames];
      Arrays.fill(sigma, Float.NaN);
      this.summaries = new TrackSolution.Summary[count];
      Arrays.fill(
          summaries,
          new TrackSolution.Summary(
              TrackSolution.Termination.NOT_REACHED, 0, Double.NaN, Double.NaN, Double.NaN));
      this.staticProbability = new double[count];
      Arrays.fill(staticProbability, Double.NaN);
      this.energies = new EnergyRecord(options, (count + LANES - 1) / LANES);
      this.noisePx = options.mode() == SolverMode.CALIBRATED ? testForStatic() : Double.NaN;
    }

    private double[] centers(List<Rigid3> worldFromCameras) {
      double[] out = new double[3 * frames];
      for (int t = 0; t < frames; t++) {
        Vec3 center = worldFromCameras.get(t).translation();
        out[3 * t] = center.x();
        out[3 * t + 1] = center.y();
        out[3 * t + 2] = center.z();
      }
      return out;
    }

    private double testForStatic() {
      CalibrationOptions calibration = options.calibration();
      double[] residuals = new StaticTest(problem, calibration.disparitySigmaPx()).residualsPx();
      double noise = StaticTest.noisePx(residuals);
      for (int i = 0; i < count; i++) {
        staticProbability[i] = calibration.staticProbability(residuals[i] / noise);
      }
      return noise;
    }

    void solve(int startBlock, int endBlock) {
      TrackBlock block = new TrackBlock(frames);
      BlockSolver solver = new BlockSolver(options, frames, sigmaPerMeter());
      for (int b = startBlock; b < endBlock; b++) {
        int first = b * LANES;
        load(block, first);
        solver.solve(block, energies, b);
        store(block, solver, first);
      }
    }

    /** sigma_u in 1/m. */
    private double sigmaPerMeter() {
      return options.calibration().disparitySigmaPx()
          / (problem.rig().view().focalXPx() * problem.rig().baselineMeters());
    }

    private void load(TrackBlock block, int first) {
      block.clear();
      double[] point = new double[3];
      double[] center = new double[3];
      for (int l = 0; l < LANES && first + l < count; l++) {
        int track = first + l;
        double share = problem.dynamicShare()[track];
        if (Double.isNaN(share)) {
          continue;
        }
        weigh(block, l, share, staticProbability[track]);
        for (int t = 0; t < frames; t++) {
          int k = track * frames + t;
          if (problem.mask()[k]) {
            for (int i = 0; i < 3; i++) {
              point[i] = problem.raw().xyz()[3 * k + i] - origin[i];
              center[i] = centers[3 * t + i] - origin[i];
            }
            block.set(l, t, point, center);
          }
        }
      }
      block.prepare(
          options.mode() == SolverMode.CALIBRATED
              ? options.energy().withBoundary(Boundary.INTERIOR)
              : options.energy());
    }

    private void weigh(TrackBlock block, int lane, double share, double isStatic) {
      block.staticWeight[lane] = options.energy().staticWeight();
      if (options.mode() != SolverMode.CALIBRATED || Double.isNaN(isStatic)) {
        block.dynamicShare[lane] = share;
        block.regularizer[lane] = options.energy().regularizerWeight();
        return;
      }
      CalibrationOptions calibration = options.calibration();
      double ratio = calibration.accelerationMeters() / sigmaPerMeter();
      double full = options.energy().dynamicWeight() * ratio * ratio;
      double moving = share + (1 - share) * calibration.slowRegularizerShare();
      block.dynamicShare[lane] = (1 - isStatic) * share;
      block.regularizer[lane] =
          full * (isStatic * calibration.staticRegularizerShare() + (1 - isStatic) * moving);
    }

    private void store(TrackBlock block, BlockSolver solver, int first) {
      for (int l = 0; l < LANES && first + l < count; l++) {
        int track = first + l;
        for (int t = 0; t < frames; t++) {
          int k = track * frames + t;
          int at = t * LANES + l;
          if (block.mask[at] == 1) {
            double d = solver.displacement(at);
            xyz[3 * k] = (float) (block.baseX[at] + d * block.rayX[at] + origin[0]);
            xyz[3 * k + 1] = (float) (block.baseY[at] + d * block.rayY[at] + origin[1]);
            xyz[3 * k + 2] = (float) (block.baseZ[at] + d * block.rayZ[at] + origin[2]);
            sigma[k] = (float) solver.sigmaMeters(at);
          }
        }
        summaries[track] = solver.summary(block, l, staticProbability[track]);
      }
    }

    TrackSolution solution() {
      Tracks3d tracks =
          Tracks3d.wrap(frames, xyz, problem.mask().clone(), problem.raw().rgb().clone());
      return new TrackSolution(tracks, sigma, summaries, noisePx, energies.curve());
    }
  }
}
