package org.stereo4d.optim.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.Tracks3d;

/** Accuracy against the true points of the golden tracks, of any folder of the same structure. */
class TrackOptimizerParityTest {
  /** The README's bar for the reference's result. */
  private static final double SUM = 1e-12; // sums of doubles in another order

  private static final double REFERENCE_RMSE = 1.02;

  private static final double STATIC_SHARE_OF_REFERENCE = 0.25;
  private static final double MOVING_SHARE_OF_REFERENCE = 0.62;

  private static TrackProblem problem(GoldenTracks golden) throws IOException {
    float[] xyz = new float[golden.points.length];
    for (int k = 0; k < xyz.length; k++) {
      xyz[k] = (float) golden.points[k];
    }
    Tracks3d raw =
        Tracks3d.wrap(golden.frames, xyz, golden.visible.clone(), new byte[3 * golden.count]);
    List<Rigid3> poses = new ArrayList<>();
    double[] extrinsics = golden.terms.doubles("extr");
    for (int t = 0; t < golden.frames; t++) {
      poses.add(Rigid3.ofMatrix34(Arrays.copyOfRange(extrinsics, 12 * t, 12 * t + 12)).inverse());
    }
    int side = (int) golden.terms.integer("im_size");
    PinholeCamera view =
        PinholeCamera.ofHorizontalFovDegrees(
            new ImageSize(side, side), golden.terms.number("hfov"));
    return new TrackProblem(
        raw,
        golden.mask,
        golden.dynamicShare,
        poses,
        new StereoRig(view, StereoRig.VR180_BASELINE_METERS));
  }

  /** Root mean square error of static and of moving tracks over optimised frames. */
  private static double[] rmse(GoldenTracks golden, TrackSolution solution) throws IOException {
    NpzFile truth = NpzFile.open(Golden.file("stereo4d/optimised_tracks.npz"));
    double[] gt = truth.doubles("gt");
    boolean[] moving = truth.booleans("is_moving");
    double[] sum = new double[2];
    int[] n = new int[2];
    for (int i = 0; i < golden.count; i++) {
      for (int t = 0; t < golden.frames; t++) {
        int k = i * golden.frames + t;
        if (golden.mask[k]) {
          int kind = moving[i] ? 1 : 0;
          n[kind]++;
          for (int c = 0; c < 3; c++) {
            double e = solution.tracks().xyz()[3 * k + c] - gt[3 * k + c];
            sum[kind] += e * e;
          }
        }
      }
    }
    return new double[] {Math.sqrt(sum[0] / n[0]), Math.sqrt(sum[1] / n[1])};
  }

  @Test
  void reference_reachesTheStoredAccuracy() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    double[] stored = NpzFile.open(Golden.file("stereo4d/optimised_tracks.npz")).doubles("rmse");
    TrackSolution solution =
        new TrackOptimizer(TrackOptimizerOptions.REFERENCE)
            .optimize(problem(golden), Progress.NONE);
    double[] rmse = rmse(golden, solution);
    assertThat(rmse[0]).isLessThanOrEqualTo(stored[1] * REFERENCE_RMSE);
    assertThat(rmse[1]).isLessThanOrEqualTo(stored[3] * REFERENCE_RMSE);
  }

  @Test
  void calibrated_oneSetting_isFarBetterOnStaticAndMovingTracks() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    double[] stored = NpzFile.open(Golden.file("stereo4d/optimised_tracks.npz")).doubles("rmse");
    TrackSolution solution =
        new TrackOptimizer(TrackOptimizerOptions.DEFAULTS).optimize(problem(golden), Progress.NONE);
    double[] rmse = rmse(golden, solution);
    assertThat(rmse[0]).isLessThanOrEqualTo(stored[1] * STATIC_SHARE_OF_REFERENCE);
    assertThat(rmse[1]).isLessThanOrEqualTo(stored[3] * MOVING_SHARE_OF_REFERENCE);
  }

  @Test
  void calibrated_sigma_coversTwoThirdsOfTheErrorsOfMovingTracks() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    NpzFile truth = NpzFile.open(Golden.file("stereo4d/optimised_tracks.npz"));
    double[] gt = truth.doubles("gt");
    boolean[] moving = truth.booleans("is_moving");
    TrackSolution solution =
        new TrackOptimizer(TrackOptimizerOptions.DEFAULTS).optimize(problem(golden), Progress.NONE);
    int inside = 0;
    int all = 0;
    for (int i = 0; i < golden.count; i++) {
      for (int t = 0; t < golden.frames; t++) {
        int k = i * golden.frames + t;
        if (golden.mask[k] && moving[i]) {
          double along = 0;
          double length = 0;
          for (int c = 0; c < 3; c++) {
            double ray = golden.points[3 * k + c] - golden.centers[3 * t + c];
            along += (solution.tracks().xyz()[3 * k + c] - gt[3 * k + c]) * ray;
            length += ray * ray;
          }
          inside += Math.abs(along / Math.sqrt(length)) <= solution.sigmaMeters()[k] ? 1 : 0;
          all++;
        }
      }
    }
    assertThat(inside / (double) all).isBetween(0.60, 0.76);
  }

  /** The same tracks lifted from poses that are wrong by 0.05 degrees and 5 mm in every frame. */
  private static TrackProblem perturbed(TrackProblem exact, long seed) {
    Random random = new Random(seed);
    int frames = exact.raw().frameCount();
    List<Rigid3> poses = new ArrayList<>();
    float[] xyz = exact.raw().xyz().clone();
    for (int t = 0; t < frames; t++) {
      Rigid3 noise =
          new Rigid3(
              Rotation3.ofAxisAngleRadians(gaussian(random, Math.toRadians(0.05 / Math.sqrt(3)))),
              gaussian(random, 0.005 / Math.sqrt(3)));
      Rigid3 pose = exact.worldFromCameras().get(t).compose(noise);
      Rigid3 wrongFromExact = pose.compose(exact.worldFromCameras().get(t).inverse());
      poses.add(pose);
      for (int i = 0; i < exact.raw().count(); i++) {
        if (exact.raw().isVisible(i, t)) {
          Vec3 p = wrongFromExact.apply(exact.raw().point(i, t));
          int k = 3 * (i * frames + t);
          xyz[k] = (float) p.x();
          xyz[k + 1] = (float) p.y();
          xyz[k + 2] = (float) p.z();
        }
      }
    }
    Tracks3d raw =
        Tracks3d.wrap(frames, xyz, exact.raw().visible().clone(), exact.raw().rgb().clone());
    return new TrackProblem(raw, exact.mask(), exact.dynamicShare(), poses, exact.rig());
  }

  private static Vec3 gaussian(Random random, double sigma) {
    return new Vec3(
        sigma * random.nextGaussian(),
        sigma * random.nextGaussian(),
        sigma * random.nextGaussian());
  }

  @Test
  void calibrated_imperfectPoses_staysAheadOfTheReference() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    TrackProblem problem = perturbed(problem(golden), 5);
    double[] reference =
        rmse(
            golden,
            new TrackOptimizer(TrackOptimizerOptions.REFERENCE).optimize(problem, Progress.NONE));
    double[] calibrated =
        rmse(
            golden,
            new TrackOptimizer(TrackOptimizerOptions.DEFAULTS).optimize(problem, Progress.NONE));
    assertThat(calibrated[0]).isLessThanOrEqualTo(reference[0] * 0.5);
    assertThat(calibrated[1]).isLessThanOrEqualTo(reference[1] * 0.8);
  }

  @Test
  void everyMode_anyThreads_sameBitsAndNoNaN() throws Exception {
    GoldenTracks golden = new GoldenTracks();
    TrackProblem problem = problem(golden);
    for (SolverMode mode : SolverMode.values()) {
      TrackOptimizer optimizer = new TrackOptimizer(TrackOptimizerOptions.DEFAULTS.withMode(mode));
      TrackSolution one =
          new ForkJoinPool(1).submit(() -> optimizer.optimize(problem, Progress.NONE)).get();
      TrackSolution three =
          new ForkJoinPool(3).submit(() -> optimizer.optimize(problem, Progress.NONE)).get();
      assertThat(one.tracks().xyz()).containsExactly(three.tracks().xyz());
      assertThat(one.sigmaMeters()).containsExactly(three.sigmaMeters());
      assertThat(one.energyCurve().energies()).containsExactly(three.energyCurve().energies());
      for (float value : one.tracks().xyz()) {
        assertThat(Float.isFinite(value)).isTrue();
      }
    }
  }

  @Test
  void energyCurve_everyMode_leadsFromTheLiftedToTheOptimisedTracks() throws IOException {
    TrackProblem problem = problem(new GoldenTracks());
    for (SolverMode mode : SolverMode.values()) {
      TrackSolution solution =
          new TrackOptimizer(TrackOptimizerOptions.DEFAULTS.withMode(mode))
              .optimize(problem, Progress.NONE);
      double before = 0;
      double after = 0;
      for (TrackSolution.Summary summary : solution.summaries()) {
        if (summary.termination() != TrackSolution.Termination.SKIPPED) {
          before += summary.energyBefore();
          after += summary.energyAfter();
        }
      }
      TrackSolution.EnergyCurve curve = solution.energyCurve();
      int last = curve.energies().length - 1;
      assertThat(curve.iterations()[0]).isZero();
      assertThat(curve.iterations()).isSorted().hasSize(last + 1);
      assertThat(curve.energies()[0]).isCloseTo(before, within(SUM * before));
      assertThat(curve.energies()[last]).isCloseTo(after, within(SUM * before));
      assertThat(last).isGreaterThan(2);
      if (mode == SolverMode.REFERENCE_CONVERGED) {
        for (int i = 1; i <= last; i++) {
          assertThat(curve.energies()[i]).isLessThanOrEqualTo(curve.energies()[i - 1]);
        }
      }
    }
  }
}
