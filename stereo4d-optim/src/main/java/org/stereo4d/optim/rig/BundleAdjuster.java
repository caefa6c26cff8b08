package org.stereo4d.optim.rig;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;

/**
 * Refines the poses of key frames (the first is fixed) and the points they see, by
 * Levenberg-Marquardt on Cauchy losses of the errors in both views. Points are eliminated: {@code S
 * = U - sum W V^-1 W^T} is dense in six unknowns per key frame and solved by Cholesky. The poses of
 * the other frames follow by refinement against the points. One thread; the same bits every time.
 *
 * <p>Points are plain coordinates, not inverse depths: the baseline bounds their depth from the
 * first view on.
 */
public final class BundleAdjuster {
  private static final int POSE = StereoProjection.POSE;
  private static final int POSE_ITERATIONS = 10;

  private final StereoRig rig;
  private final BundleOptions options;

  /** An adjuster for views of one rig. */
  public BundleAdjuster(StereoRig rig, BundleOptions options) {
    this.rig = rig;
    this.options = options;
  }

  /**
   * What was found.
   *
   * @param worldFromCameras one pose per frame
   * @param world points; NaN for those not adjusted
   * @param medianErrorPx median reprojection error of the observations kept
   * @param iterations of both rounds
   */
  public record Result(
      List<Rigid3> worldFromCameras, Vec3[] world, double medianErrorPx, int iterations) {}

  /** Adjusts what an odometry found. */
  public Result adjust(StereoTracks tracks, StereoOdometry.Result start) {
    if (start.keyFrames().length < 2) {
      return new Result(start.worldFromCameras(), start.world(), Double.NaN, 0);
    }
    Problem problem = new Problem(tracks, start);
    int iterations = problem.run();
    problem.dropOutliers();
    iterations += problem.run();
    return problem.result(start, iterations);
  }

  /** State of one call. */
  private final class Problem {
    private final StereoTracks tracks;
    private final StereoProjection projection = new StereoProjection(rig);
    private final PoseRefiner refiner = new PoseRefiner(rig);
    private final int[] keyFrames;
    private Rigid3[] poses;
    private Vec3[] points;
    private final boolean[] used;

    /** For each used point the key frames that see it. */
    private final int[][] seenBy;

    private final DMatrixRMaj reduced;
    private final DMatrixRMaj reducedRight;
    private final DMatrixRMaj poseStep;
    private final LinearSolverDense<DMatrixRMaj> solver;
    private final double[] row = new double[POSE];

    Problem(StereoTracks tracks, StereoOdometry.Result start) {
      this.tracks = tracks;
      this.keyFrames = start.keyFrames();
      this.poses = new Rigid3[keyFrames.length];
      for (int k = 0; k < keyFrames.length; k++) {
        poses[k] = start.worldFromCameras().get(keyFrames[k]).inverse();
      }
      this.points = start.world().clone();
      this.used = new boolean[points.length];
      this.seenBy = new int[points.length][];
      int needed = Math.min(options.minKeyFrames(), keyFrames.length);
      for (int i = 0; i < points.length; i++) {
        seenBy[i] = observers(i);
        used[i] = !Double.isNaN(points[i].z()) && seenBy[i].length >= needed;
      }
      int unknowns = POSE * (keyFrames.length - 1);
      reduced = new DMatrixRMaj(unknowns, unknowns);
      reducedRight = new DMatrixRMaj(unknowns, 1);
      poseStep = new DMatrixRMaj(unknowns, 1);
      solver = LinearSolverFactory_DDRM.symmPosDef(unknowns);
    }

    private int[] observers(int point) {
      int[] out = new int[keyFrames.length];
      int n = 0;
      for (int k = 0; k < keyFrames.length; k++) {
        if (tracks.sees(point, keyFrames[k])) {
          out[n++] = k;
        }
      }
      return Arrays.copyOf(out, n);
    }

    int run() {
      double cost = cost(poses, points);
      double damping = 1e-4;
      int iterations = 0;
      while (iterations < options.iterations() && damping < 1e8) {
        iterations++;
        Vec3[] nextPoints = new Vec3[points.length];
        Rigid3[] nextPoses = new Rigid3[poses.length];
        if (!solve(damping, nextPoses, nextPoints)) {
          damping *= 10;
          continue;
        }
        double nextCost = cost(nextPoses, nextPoints);
        if (nextCost <= cost) {
          boolean done = cost - nextCost <= options.relativeDecrease() * cost;
          poses = nextPoses;
          points = nextPoints;
          cost = nextCost;
          damping = Math.max(1e-9, damping / 10);
          if (done) {
            break;
          }
        } else {
          damping *= 10;
        }
      }
      return iterations;
    }

    private double cost(Rigid3[] at, Vec3[] where) {
      double sum = 0;
      double scale = options.lossPx();
      for (int i = 0; i < where.length; i++) {
        if (!used[i]) {
          continue;
        }
        for (int k : seenBy[i]) {
          Vec3 p = at[k].apply(where[i]);
          int index = tracks.index(i, keyFrames[k]);
          if (!projection.project(p.x(), p.y(), p.z())) {
            sum += 100;
            continue;
          }
          for (int r = 0; r < 3; r++) {
            double e = (tracks.px()[index + r] - projection.pixel[r]) / scale;
            sum += Double.isNaN(e) ? 0 : Math.log1p(e * e);
          }
        }
      }
      return sum;
    }

    private boolean solve(double damping, Rigid3[] nextPoses, Vec3[] nextPoints) {
      Arrays.fill(reduced.data, 0);
      Arrays.fill(reducedRight.data, 0);
      List<PointBlock> blocks = new ArrayList<>();
      double[][] poseDiagonal = new double[poses.length][POSE];
      for (int i = 0; i < points.length; i++) {
        if (used[i]) {
          PointBlock block = new PointBlock(i, seenBy[i].length);
          linearize(block, poseDiagonal);
          block.eliminate(damping);
          addSchur(block);
          blocks.add(block);
        }
      }
      for (int k = 1; k < poses.length; k++) {
        for (int a = 0; a < POSE; a++) {
          int index = POSE * (k - 1) + a;
          reduced.add(index, index, damping * poseDiagonal[k][a] + 1e-9);
        }
      }
      if (!solver.setA(reduced.copy())) {
        return false;
      }
      solver.solve(reducedRight, poseStep);
      nextPoses[0] = poses[0];
      for (int k = 1; k < poses.length; k++) {
        nextPoses[k] = StereoProjection.moved(poses[k], poseStep.data, POSE * (k - 1));
      }
      System.arraycopy(points, 0, nextPoints, 0, points.length);
      for (PointBlock block : blocks) {
        nextPoints[block.point] = block.moved(points[block.point], poseStep.data, seenBy);
      }
      return true;
    }

    private void linearize(PointBlock block, double[][] poseDiagonal) {
      int[] observers = seenBy[block.point];
      double scale = options.lossPx();
      for (int o = 0; o < observers.length; o++) {
        int k = observers[o];
        double[] rotation = poses[k].rotation().toMatrix();
        Vec3 p = poses[k].apply(points[block.point]);
        if (!projection.linearize(p.x(), p.y(), p.z())) {
          continue;
        }
        int index = tracks.index(block.point, keyFrames[k]);
        for (int r = 0; r < 3; r++) {
          double error = tracks.px()[index + r] - projection.pixel[r];
          if (Double.isNaN(error)) {
            continue;
          }
          double weight = 1 / (scale * scale + error * error);
          projection.byPose(r, p.x(), p.y(), p.z(), row);
          block.add(o, row, byWorld(rotation, r), error, weight);
          if (k > 0) {
            addPose(k, error, weight, poseDiagonal[k]);
          }
        }
      }
    }

    private double[] byWorld(double[] rotation, int r) {
      double[] out = new double[3];
      for (int c = 0; c < 3; c++) {
        out[c] =
            projection.byPoint[3 * r] * rotation[c]
                + projection.byPoint[3 * r + 1] * rotation[3 + c]
                + projection.byPoint[3 * r + 2] * rotation[6 + c];
      }
      return out;
    }

    private void addPose(int k, double error, double weight, double[] diagonal) {
      int base = POSE * (k - 1);
      for (int a = 0; a < POSE; a++) {
        reducedRight.add(base + a, 0, weight * row[a] * error);
        diagonal[a] += weight * row[a] * row[a];
        for (int b = 0; b < POSE; b++) {
          reduced.add(base + a, base + b, weight * row[a] * row[b]);
        }
      }
    }

    /** S -= W V^-1 W^T, s -= W V^-1 b. */
    private void addSchur(PointBlock block) {
      int[] observers = seenBy[block.point];
      for (int o = 0; o < observers.length; o++) {
        if (observers[o] == 0) {
          continue;
        }
        int base = POSE * (observers[o] - 1);
        for (int a = 0; a < POSE; a++) {
          double[] wv = block.timesInverse(o, a);
          reducedRight.add(
              base + a,
              0,
              -(wv[0] * block.right[0] + wv[1] * block.right[1] + wv[2] * block.right[2]));
          for (int q = 0; q < observers.length; q++) {
            if (observers[q] == 0) {
              continue;
            }
            int other = POSE * (observers[q] - 1);
            for (int b = 0; b < POSE; b++) {
              int w = q * POSE * 3 + 3 * b;
              reduced.add(
                  base + a,
                  other + b,
                  -(wv[0] * block.cross[w]
                      + wv[1] * block.cross[w + 1]
                      + wv[2] * block.cross[w + 2]));
            }
          }
        }
      }
    }

    void dropOutliers() {
      for (int i = 0; i < points.length; i++) {
        if (used[i]) {
          int point = i;
          seenBy[i] =
              Arrays.stream(seenBy[i])
                  .filter(
                      k ->
                          refiner.error(
                                  poses[k],
                                  tracks,
                                  points[point],
                                  tracks.index(point, keyFrames[k]))
                              <= options.outlierPx())
                  .toArray();
          used[i] = seenBy[i].length >= Math.min(options.minKeyFrames(), keyFrames.length);
        }
      }
    }

    Result result(StereoOdometry.Result start, int iterations) {
      Vec3 unknown = new Vec3(Double.NaN, Double.NaN, Double.NaN);
      for (int i = 0; i < points.length; i++) {
        points[i] = used[i] ? points[i] : unknown;
      }
      Rigid3[] all = new Rigid3[tracks.frames()];
      for (int t = 0; t < all.length; t++) {
        int key = Arrays.binarySearch(keyFrames, t);
        all[t] =
            key >= 0 ? poses[key] : refineBetween(start.worldFromCameras().get(t).inverse(), t);
      }
      List<Rigid3> worldFromCameras = new ArrayList<>();
      for (Rigid3 pose : all) {
        worldFromCameras.add(pose.inverse());
      }
      return new Result(worldFromCameras, points, medianError(), iterations);
    }

    private Rigid3 refineBetween(Rigid3 start, int t) {
      Rigid3 pose = start;
      int[] use = new int[points.length];
      for (double limit : new double[] {4 * options.outlierPx(), options.outlierPx()}) {
        int n = 0;
        for (int i = 0; i < points.length; i++) {
          if (used[i]
              && tracks.sees(i, t)
              && refiner.error(pose, tracks, points[i], tracks.index(i, t)) <= limit) {
            use[n++] = i;
          }
        }
        if (n < 6) {
          return pose;
        }
        pose = refiner.refine(pose, tracks, points, t, use, n, options.lossPx(), POSE_ITERATIONS);
      }
      return pose;
    }

    private double medianError() {
      double[] errors = new double[points.length * keyFrames.length];
      int n = 0;
      for (int i = 0; i < points.length; i++) {
        if (used[i]) {
          for (int k : seenBy[i]) {
            errors[n++] = refiner.error(poses[k], tracks, points[i], tracks.index(i, keyFrames[k]));
          }
        }
      }
      Arrays.sort(errors, 0, n);
      return n == 0 ? Double.NaN : errors[n / 2];
    }
  }
}
