package org.stereo4d.optim.rig;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;

/**
 * A point in both views and its derivatives.
 *
 * <pre>
 * u = fx X / Z + cx,  v = fy Y / Z + cy,  u' = fx (X - B) / Z + cx
 * X(w, t) = exp(w) X + t:   dX = t + w x X
 * </pre>
 */
final class StereoProjection {
  static final int POSE = 6;
  private static final double MIN_DEPTH_METERS = 0.05;

  private final double fx;
  private final double fy;
  private final double cx;
  private final double cy;
  private final double baseline;

  /** u, v and u' of the last projection. */
  final double[] pixel = new double[3];

  /** Derivatives of u, v and u' by the point in the camera frame, row-major. */
  final double[] byPoint = new double[9];

  StereoProjection(StereoRig rig) {
    PinholeCamera view = rig.view();
    fx = view.focalXPx();
    fy = view.focalYPx();
    cx = view.centerXPx();
    cy = view.centerYPx();
    baseline = rig.baselineMeters();
  }

  /** Projects; false when the point is not in front of the camera. */
  boolean project(double x, double y, double z) {
    if (!(z > MIN_DEPTH_METERS)) {
      return false;
    }
    pixel[0] = fx * x / z + cx;
    pixel[1] = fy * y / z + cy;
    pixel[2] = fx * (x - baseline) / z + cx;
    return true;
  }

  /** Projects with derivatives. */
  boolean linearize(double x, double y, double z) {
    if (!project(x, y, z)) {
      return false;
    }
    byPoint[0] = fx / z;
    byPoint[1] = 0;
    byPoint[2] = -fx * x / (z * z);
    byPoint[3] = 0;
    byPoint[4] = fy / z;
    byPoint[5] = -fy * y / (z * z);
    byPoint[6] = fx / z;
    byPoint[7] = 0;
    byPoint[8] = -fx * (x - baseline) / (z * z);
    return true;
  }

  /** Derivative of one row by translation (3) and rotation (3) of the camera frame. */
  void byPose(int row, double x, double y, double z, double[] out) {
    double a = byPoint[3 * row];
    double b = byPoint[3 * row + 1];
    double c = byPoint[3 * row + 2];
    out[0] = a;
    out[1] = b;
    out[2] = c;
    out[3] = c * y - b * z;
    out[4] = a * z - c * x;
    out[5] = b * x - a * y;
  }

  /** The point of a stereo match in the camera frame; NaN when it lies at infinity or beyond. */
  Vec3 triangulate(double u, double v, double uRight) {
    double disparity = u - uRight;
    double z = disparity > 0 ? fx * baseline / disparity : Double.NaN;
    return new Vec3((u - cx) / fx * z, (v - cy) / fy * z, z);
  }

  /** The pose moved by a step of translation and rotation in the camera frame. */
  static Rigid3 moved(Rigid3 cameraFromWorld, double[] step, int at) {
    Rotation3 turn =
        Rotation3.ofAxisAngleRadians(new Vec3(step[at + 3], step[at + 4], step[at + 5]));
    return new Rigid3(turn, new Vec3(step[at], step[at + 1], step[at + 2]))
        .compose(cameraFromWorld);
  }
}
