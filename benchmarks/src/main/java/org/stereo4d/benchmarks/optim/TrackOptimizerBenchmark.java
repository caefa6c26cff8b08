package org.stereo4d.benchmarks.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ImageSize;
import org.stereo4d.optim.track.TrackOptimizer;
import org.stereo4d.optim.track.TrackOptimizerOptions;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.run.Progress;
import org.stereo4d.track.Tracks3d;

/**
 * Half static, half moving tracks over 177 frames with a quarter pixel of disparity noise. The
 * modes are each other's rivals: the reference's schedule of 100 Adam steps against Gauss-Newton.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(3)
public class TrackOptimizerBenchmark {
  /** "full" is 25 073 tracks. */
  @Param({"full", "small"})
  public String load = "small";

  /** Worker threads. */
  @Param({"1", "2"})
  public int threads = 1;

  private static final int FRAMES = 177;

  private TrackProblem problem;
  private ForkJoinPool pool;

  /** Makes the tracks. */
  @Setup
  public void prepare() {
    int n = load.equals("full") ? 25_073 : 50;
    pool = new ForkJoinPool(threads);
    StereoRig rig =
        new StereoRig(PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60), 0.063);
    List<Rigid3> poses = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      Vec3 center = new Vec3(0.3 * Math.sin(0.05 * t), 0.1 * Math.cos(0.03 * t), 0.002 * t);
      poses.add(new Rigid3(Rotation3.IDENTITY, center));
    }
    SplittableRandom random = new SplittableRandom(1);
    float[] xyz = new float[3 * n * FRAMES];
    boolean[] visible = new boolean[n * FRAMES];
    double[] share = new double[n];
    for (int i = 0; i < n; i++) {
      share[i] = i % 2 == 0 ? 1e-6 : 0.9;
      track(i, share[i], poses, rig, random, xyz);
    }
    Arrays.fill(visible, true);
    Tracks3d raw = Tracks3d.wrap(FRAMES, xyz, visible.clone(), new byte[3 * n]);
    problem = new TrackProblem(raw, visible, share, poses, rig);
    if (spread(calibrated()) > 0.5 * spread(problem.raw())) {
      throw new IllegalStateException("static tracks did not settle");
    }
  }

  private static void track(
      int i,
      double share,
      List<Rigid3> poses,
      StereoRig rig,
      SplittableRandom random,
      float[] xyz) {
    Vec3 start =
        new Vec3(random.nextDouble(-2, 2), random.nextDouble(-2, 2), random.nextDouble(2, 8));
    Vec3 speed =
        share < 0.5
            ? Vec3.ZERO
            : new Vec3(random.nextDouble(-0.02, 0.02), 0, random.nextDouble(-0.02, 0.02));
    double scale = rig.view().focalXPx() * rig.baselineMeters();
    for (int t = 0; t < FRAMES; t++) {
      Vec3 center = poses.get(t).translation();
      Vec3 ray = start.plus(speed.times(t)).minus(center);
      double noise =
          0.433 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
      double stretch = scale / Math.max(0.5, scale / ray.z() + noise) / ray.z();
      Vec3 point = center.plus(ray.times(stretch));
      int k = 3 * (i * FRAMES + t);
      xyz[k] = (float) point.x();
      xyz[k + 1] = (float) point.y();
      xyz[k + 2] = (float) point.z();
    }
  }

  private static double spread(TrackSolution solution) {
    return spread(solution.tracks());
  }

  /** Mean distance of static points from the first frame's. */
  private static double spread(Tracks3d tracks) {
    double sum = 0;
    for (int i = 0; i < tracks.count(); i += 2) {
      for (int t = 1; t < FRAMES; t++) {
        sum += tracks.point(i, t).distanceTo(tracks.point(i, 0));
      }
    }
    return sum;
  }

  /** Adam, 100 steps. */
  @Benchmark
  public TrackSolution reference() {
    return run(TrackOptimizerOptions.REFERENCE);
  }

  /** The same energy, minimised. */
  @Benchmark
  public TrackSolution converged() {
    return run(TrackOptimizerOptions.REFERENCE_CONVERGED);
  }

  /** The default. */
  @Benchmark
  public TrackSolution calibrated() {
    return run(TrackOptimizerOptions.DEFAULTS);
  }

  private TrackSolution run(TrackOptimizerOptions options) {
    TrackOptimizer optimizer = new TrackOptimizer(options);
    return pool.submit(() -> optimizer.optimize(problem, Progress.NONE)).join();
  }

  /** Stops the pool. */
  @TearDown
  public void close() {
    pool.shutdown();
  }
}
