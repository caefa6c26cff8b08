package org.stereo4d.optim.rig;

import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;

/**
 * How the right eye is turned against the left.
 *
 * @param leftFromRight rotation of a bearing
 * @param baseline unit direction from the left to the right eye, in the left eye
 */
public record RigRotation(Rotation3 leftFromRight, Vec3 baseline) {
  /** A perfect rig. */
  public static final RigRotation IDENTITY = new RigRotation(Rotation3.IDENTITY, new Vec3(1, 0, 0));

  /** Normalises the baseline. */
  public RigRotation {
    baseline = baseline.normalized();
  }

  /** Angle, in radians, by which two bearings miss one epipolar plane; signed. */
  public double residualRadians(Vec3 left, Vec3 right) {
    Vec3 turned = leftFromRight.apply(right);
    Vec3 normal = baseline.cross(left);
    Vec3 other = baseline.cross(turned);
    double size = Math.sqrt((normal.dot(normal) + other.dot(other)) / 2);
    return size < 1e-9 ? 0 : normal.dot(turned) / size;
  }

  /**
   * The calibration that makes rows correspond: x along the baseline, z as near as possible to the
   * mean of both optical axes.
   */
  public Vr180Calibration calibration(FovBounds bounds) {
    Vec3 forward = new Vec3(0, 0, 1).plus(leftFromRight.apply(new Vec3(0, 0, 1)));
    Vec3 x = baseline;
    Vec3 y = forward.cross(x).normalized();
    Vec3 z = x.cross(y);
    Rotation3 leftFromRectified =
        Rotation3.ofMatrix(
            new double[] {x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z()});
    Rotation3 rightFromRectified = leftFromRight.inverse().compose(leftFromRectified);
    return new Vr180Calibration(bounds, leftFromRectified, rightFromRectified);
  }
}
