package org.stereo4d.optim.rig;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;

/**
 * Poses of the left view from corners followed through both rectified views; see the package. The
 * first camera is the world. Deterministic by seed, one thread.
 */
public final class StereoOdometry {
  private static final int SAMPLE = 3;
  private static final int SAMPLE_ITERATIONS = 4;
  private static final int REFINE_ITERATIONS = 15;
  private static final int CELLS = 8;

  private final StereoRig rig;
  private final OdometryOptions options;

  /** An odometry for views of one rig. */
  public StereoOdometry(StereoRig rig, OdometryOptions options) {
    this.rig = rig;
    this.options = options;
  }

  /**
   * What was found.
   *
   * @param worldFromCameras one pose per frame; an unsolved frame keeps the motion before it
   * @param solved whether a frame had enough support
   * @param world points, NaN where never triangulated
   * @param keyFrames indices, rising, the first is 0
   * @param inlierShare mean share of supporting points over solved frames
   */
  public record Result(
      List<Rigid3> worldFromCameras,
      boolean[] solved,
      Vec3[] world,
      int[] keyFrames,
      double inlierShare) {}

  /** Follows the camera through all frames. */
  public Result solve(StereoTracks tracks) {
    return new Run(tracks).solve();
  }

  /** State of one call. */
  private final class Run {
    private final StereoTracks tracks;
    private final PoseRefiner refiner = new PoseRefiner(rig);
    private final StereoProjection projection = new StereoProjection(rig);
    private final SplittableRandom random = new SplittableRandom(options.seed());
    private final Vec3[] world;
    private final int[] misses;
    private final Rigid3[] cameraFromWorld;
    private final boolean[] solved;
    private final List<Integer> keyFrames = new ArrayList<>(List.of(0));
    private final int[] candidates;
    private double shares;

    Run(StereoTracks tracks) {
      this.tracks = tracks;
      this.world = new Vec3[tracks.count()];
      Arrays.fill(world, new Vec3(Double.NaN, Double.NaN, Double.NaN));
      this.misses = new int[tracks.count()];
      this.cameraFromWorld = new Rigid3[tracks.frames()];
      this.solved = new boolean[tracks.frames()];
      this.candidates = new int[tracks.count()];
    }

    Result solve() {
      cameraFromWorld[0] = Rigid3.IDENTITY;
      solved[0] = triangulate(0) >= options.minMatches();
      Rigid3 motion = Rigid3.IDENTITY;
      int count = solved[0] ? 1 : 0;
      for (int t = 1; t < tracks.frames(); t++) {
        Rigid3 predicted = motion.compose(cameraFromWorld[t - 1]);
        solved[t] = locate(t, predicted, cameraFromWorld[t - 1]);
        if (solved[t]) {
          motion = cameraFromWorld[t].compose(cameraFromWorld[t - 1].inverse());
          triangulate(t);
          count++;
        } else {
          cameraFromWorld[t] = predicted;
          triangulate(t);
        }
        if (isKeyFrame(t)) {
          keyFrames.add(t);
        }
      }
      List<Rigid3> poses = new ArrayList<>();
      for (Rigid3 pose : cameraFromWorld) {
        poses.add(pose.inverse());
      }
      int[] keys = keyFrames.stream().mapToInt(Integer::intValue).toArray();
      return new Result(poses, solved, world, keys, count > 1 ? shares / (count - 1) : Double.NaN);
    }

    /** Gives points to tracks seen in both views that have none; returns how many have one. */
    private int triangulate(int t) {
      Rigid3 worldFromCamera = cameraFromWorld[t].inverse();
      int known = 0;
      for (int i = 0; i < tracks.count(); i++) {
        if (!tracks.seesBoth(i, t)) {
          continue;
        }
        int k = tracks.index(i, t);
        if (Double.isNaN(world[i].z()) || misses[i] > 2) {
          Vec3 p = projection.triangulate(tracks.px()[k], tracks.px()[k + 1], tracks.px()[k + 2]);
          if (p.z() >= options.minDepthMeters() && p.z() <= options.maxDepthMeters()) {
            world[i] = worldFromCamera.apply(p);
            misses[i] = 0;
          }
        }
        known += Double.isNaN(world[i].z()) ? 0 : 1;
      }
      return known;
    }

    private boolean locate(int t, Rigid3 predicted, Rigid3 previous) {
      int n = 0;
      for (int i = 0; i < tracks.count(); i++) {
        if (tracks.sees(i, t) && !Double.isNaN(world[i].z()) && misses[i] <= 2) {
          candidates[n++] = i;
        }
      }
      if (n < options.minMatches()) {
        return false;
      }
      Rigid3 best = predicted;
      double bestScore = score(predicted, t, n);
      double still = score(previous, t, n);
      if (still > bestScore) {
        best = previous;
        bestScore = still;
      }
      int[] sample = new int[SAMPLE];
      for (int s = 0; s < options.samples(); s++) {
        for (int i = 0; i < SAMPLE; i++) {
          sample[i] = candidates[random.nextInt(n)];
        }
        Rigid3 start = s % 2 == 0 ? predicted : previous;
        Rigid3 pose =
            refiner.refine(
                start, tracks, world, t, sample, SAMPLE, options.huberPx() * 10, SAMPLE_ITERATIONS);
        double score = score(pose, t, n);
        if (score > bestScore) {
          best = pose;
          bestScore = score;
        }
      }
      return finish(t, best, n);
    }

    /** Truncated quadratic support, weighed by how many parts of the picture give it. */
    private double score(Rigid3 pose, int t, int n) {
      double sum = 0;
      boolean[] cells = new boolean[CELLS * CELLS];
      for (int j = 0; j < n; j++) {
        int k = tracks.index(candidates[j], t);
        double e = refiner.error(pose, tracks, world[candidates[j]], k) / options.inlierPx();
        if (e < 1) {
          sum += 1 - e * e;
          cells[cell(k)] = true;
        }
      }
      int covered = 0;
      for (boolean cell : cells) {
        covered += cell ? 1 : 0;
      }
      return sum * (0.5 + covered / (double) cells.length);
    }

    private int cell(int k) {
      int x = (int) (tracks.px()[k] * CELLS / rig.view().size().width());
      int y = (int) (tracks.px()[k + 1] * CELLS / rig.view().size().height());
      return Math.max(0, Math.min(CELLS - 1, y)) * CELLS + Math.max(0, Math.min(CELLS - 1, x));
    }

    private boolean finish(int t, Rigid3 start, int n) {
      Rigid3 pose = start;
      int inliers = 0;
      int[] use = new int[n];
      for (int round = 0; round < 3; round++) {
        inliers = 0;
        double limit = options.inlierPx() * (round == 0 ? 2 : 1);
        for (int j = 0; j < n; j++) {
          int k = tracks.index(candidates[j], t);
          if (refiner.error(pose, tracks, world[candidates[j]], k) < limit) {
            use[inliers++] = candidates[j];
          }
        }
        if (inliers < options.minMatches()) {
          return false;
        }
        pose =
            refiner.refine(
                pose, tracks, world, t, use, inliers, options.huberPx(), REFINE_ITERATIONS);
      }
      cameraFromWorld[t] = pose;
      shares += inliers / (double) n;
      for (int j = 0; j < n; j++) {
        int k = tracks.index(candidates[j], t);
        double error = refiner.error(pose, tracks, world[candidates[j]], k);
        misses[candidates[j]] = error < 2 * options.inlierPx() ? 0 : misses[candidates[j]] + 1;
      }
      return true;
    }

    private boolean isKeyFrame(int t) {
      if (t == tracks.frames() - 1) {
        return true;
      }
      int key = keyFrames.get(keyFrames.size() - 1);
      double[] moved = new double[tracks.count()];
      int seen = 0;
      int survived = 0;
      for (int i = 0; i < tracks.count(); i++) {
        if (tracks.sees(i, key)) {
          seen++;
          if (tracks.sees(i, t)) {
            int a = tracks.index(i, key);
            int b = tracks.index(i, t);
            moved[survived++] =
                Math.hypot(
                    tracks.px()[a] - tracks.px()[b], tracks.px()[a + 1] - tracks.px()[b + 1]);
          }
        }
      }
      if (survived < options.keyFrameSurvivors() * seen) {
        return true;
      }
      Arrays.sort(moved, 0, survived);
      return survived > 0 && moved[survived / 2] >= options.keyFrameParallaxPx();
    }
  }
}
