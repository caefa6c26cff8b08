package org.stereo4d.optim.rig;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;

/** Pose of one frame from known points, by Gauss-Newton with Huber loss. Not thread-safe. */
final class PoseRefiner {
  private static final int POSE = StereoProjection.POSE;

  private final StereoProjection projection;
  private final double[] row = new double[POSE];
  private final DMatrixRMaj normal = new DMatrixRMaj(POSE, POSE);
  private final DMatrixRMaj right = new DMatrixRMaj(POSE, 1);
  private final DMatrixRMaj step = new DMatrixRMaj(POSE, 1);

  PoseRefiner(StereoRig rig) {
    projection = new StereoProjection(rig);
  }

  /**
   * Refines from a start.
   *
   * @param world points, NaN for unknown ones
   * @param use indices of the points that count, the first {@code count} of them
   */
  Rigid3 refine(
      Rigid3 start,
      StereoTracks tracks,
      Vec3[] world,
      int frame,
      int[] use,
      int count,
      double huberPx,
      int iterations) {
    Rigid3 pose = start;
    for (int i = 0; i < iterations; i++) {
      Arrays.fill(normal.data, 0);
      Arrays.fill(right.data, 0);
      for (int j = 0; j < count; j++) {
        add(pose, tracks, world[use[j]], tracks.index(use[j], frame), huberPx);
      }
      for (int k = 0; k < POSE; k++) {
        normal.add(k, k, 1e-9 * (1 + normal.get(k, k)));
      }
      if (!CommonOps_DDRM.solve(normal, right, step) || !isFinite(step.data)) {
        return pose;
      }
      pose = StereoProjection.moved(pose, step.data, 0);
      if (Math.abs(CommonOps_DDRM.elementMaxAbs(step)) < 1e-9) {
        break;
      }
    }
    return pose;
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!(Math.abs(value) < 1e3)) {
        return false;
      }
    }
    return true;
  }

  private void add(Rigid3 cameraFromWorld, StereoTracks tracks, Vec3 point, int k, double huberPx) {
    Vec3 p = cameraFromWorld.apply(point);
    if (!projection.linearize(p.x(), p.y(), p.z())) {
      return;
    }
    for (int r = 0; r < 3; r++) {
      double error = tracks.px()[k + r] - projection.pixel[r];
      if (Double.isNaN(error)) {
        continue;
      }
      double weight = Math.abs(error) > huberPx ? huberPx / Math.abs(error) : 1;
      projection.byPose(r, p.x(), p.y(), p.z(), row);
      for (int i = 0; i < POSE; i++) {
        right.add(i, 0, weight * row[i] * error);
        for (int j = 0; j < POSE; j++) {
          normal.add(i, j, weight * row[i] * row[j]);
        }
      }
    }
  }

  /** Largest error of a point over both views, pixels; infinite behind the camera. */
  double error(Rigid3 cameraFromWorld, StereoTracks tracks, Vec3 point, int k) {
    Vec3 p = cameraFromWorld.apply(point);
    if (!projection.project(p.x(), p.y(), p.z())) {
      return Double.POSITIVE_INFINITY;
    }
    double left =
        Math.hypot(tracks.px()[k] - projection.pixel[0], tracks.px()[k + 1] - projection.pixel[1]);
    double rightError = Math.abs(tracks.px()[k + 2] - projection.pixel[2]);
    return Double.isNaN(rightError) ? left : Math.max(left, rightError);
  }
}
