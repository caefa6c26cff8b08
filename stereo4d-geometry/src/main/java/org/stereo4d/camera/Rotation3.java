package org.stereo4d.camera;

import org.stereo4d.run.Check;

/**
 * A rotation {@code targetFromSource} as a unit quaternion; the constructor normalises.
 *
 * @param w scalar part
 * @param x first vector component
 * @param y second vector component
 * @param z third vector component
 */
public record Rotation3(double w, double x, double y, double z) {
  /** No rotation. */
  public static final Rotation3 IDENTITY = new Rotation3(1, 0, 0, 0);

  /** Largest deviation of a matrix from orthonormality that {@link #ofMatrix} accepts. */
  public static final double ORTHONORMAL_TOLERANCE = 1e-3;

  /** Normalises; the norm must be finite and not vanish. */
  public Rotation3 {
    double norm = Math.sqrt(w * w + x * x + y * y + z * z);
    Check.that(
        norm > 1e-12 && Double.isFinite(norm),
        "quaternion must be finite and not zero, was (%s, %s, %s, %s)",
        w,
        x,
        y,
        z);
    w /= norm;
    x /= norm;
    y /= norm;
    z /= norm;
  }

  /**
   * The rotation nearest to a row-major 3x3 matrix.
   *
   * @param m nine numbers, orthonormal within {@link #ORTHONORMAL_TOLERANCE}, determinant +1
   */
  public static Rotation3 ofMatrix(double[] m) {
    Check.that(m.length == 9, "a rotation matrix has 9 numbers, had %s", m.length);
    double deviation = deviationFromRotation(m);
    Check.that(
        deviation <= ORTHONORMAL_TOLERANCE,
        "rotation matrix must be orthonormal with determinant +1 within %s, deviated by %s",
        ORTHONORMAL_TOLERANCE,
        deviation);
    double trace = m[0] + m[4] + m[8];
    if (trace > 0) {
      double s = 2 * Math.sqrt(1 + trace);
      return new Rotation3(s / 4, (m[7] - m[5]) / s, (m[2] - m[6]) / s, (m[3] - m[1]) / s);
    }
    if (m[0] >= m[4] && m[0] >= m[8]) {
      double s = 2 * Math.sqrt(1 + m[0] - m[4] - m[8]);
      return new Rotation3((m[7] - m[5]) / s, s / 4, (m[1] + m[3]) / s, (m[2] + m[6]) / s);
    }
    if (m[4] >= m[8]) {
      double s = 2 * Math.sqrt(1 + m[4] - m[0] - m[8]);
      return new Rotation3((m[2] - m[6]) / s, (m[1] + m[3]) / s, s / 4, (m[5] + m[7]) / s);
    }
    double s = 2 * Math.sqrt(1 + m[8] - m[0] - m[4]);
    return new Rotation3((m[3] - m[1]) / s, (m[2] + m[6]) / s, (m[5] + m[7]) / s, s / 4);
  }

  /** Largest entry of {@code |M M^T - I|} and {@code |det M - 1|}; NaN for NaN input. */
  public static double deviationFromRotation(double[] m) {
    double worst = 0;
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        double dot =
            m[3 * r] * m[3 * c] + m[3 * r + 1] * m[3 * c + 1] + m[3 * r + 2] * m[3 * c + 2];
        worst = Math.max(worst, Math.abs(dot - (r == c ? 1 : 0)));
      }
    }
    double det =
        m[0] * (m[4] * m[8] - m[5] * m[7])
            - m[1] * (m[3] * m[8] - m[5] * m[6])
            + m[2] * (m[3] * m[7] - m[4] * m[6]);
    return Math.max(worst, Math.abs(det - 1));
  }

  /** Rotation by {@code |axisAngle|} radians about the direction of {@code axisAngle}. */
  public static Rotation3 ofAxisAngleRadians(Vec3 axisAngle) {
    double angle = axisAngle.norm();
    // sin(a/2)/a by its series near 0, where the quotient loses all digits
    double k = angle < 1e-8 ? 0.5 - angle * angle / 48 : Math.sin(angle / 2) / angle;
    return new Rotation3(
        Math.cos(angle / 2), k * axisAngle.x(), k * axisAngle.y(), k * axisAngle.z());
  }

  /** {@code Ry(yaw) Rx(pitch) Rz(roll)}: the view rotation of spec B.4. */
  public static Rotation3 ofYawPitchRollDegrees(double yaw, double pitch, double roll) {
    Rotation3 ry = ofAxisAngleRadians(new Vec3(0, Math.toRadians(yaw), 0));
    Rotation3 rx = ofAxisAngleRadians(new Vec3(Math.toRadians(pitch), 0, 0));
    Rotation3 rz = ofAxisAngleRadians(new Vec3(0, 0, Math.toRadians(roll)));
    return ry.compose(rx).compose(rz);
  }

  /** Row-major 3x3 matrix. */
  public double[] toMatrix() {
    return new double[] {
      1 - 2 * (y * y + z * z),
      2 * (x * y - w * z),
      2 * (x * z + w * y),
      2 * (x * y + w * z),
      1 - 2 * (x * x + z * z),
      2 * (y * z - w * x),
      2 * (x * z - w * y),
      2 * (y * z + w * x),
      1 - 2 * (x * x + y * y)
    };
  }

  /** Rotation vector: direction is the axis, length the angle in [0, pi] radians. */
  public Vec3 toAxisAngleRadians() {
    double sign = w < 0 ? -1 : 1;
    double sine = Math.sqrt(x * x + y * y + z * z);
    double angle = 2 * Math.atan2(sine, sign * w);
    double k = sign * (sine < 1e-9 ? 2 : angle / sine);
    return new Vec3(k * x, k * y, k * z);
  }

  /** Angle in [0, pi] radians. */
  public double angleRadians() {
    return 2 * Math.atan2(Math.sqrt(x * x + y * y + z * z), Math.abs(w));
  }

  /** Rotates a vector from source to target. */
  public Vec3 apply(Vec3 v) {
    // v + 2 w (q x v) + 2 q x (q x v)
    double tx = 2 * (y * v.z() - z * v.y());
    double ty = 2 * (z * v.x() - x * v.z());
    double tz = 2 * (x * v.y() - y * v.x());
    return new Vec3(
        v.x() + w * tx + y * tz - z * ty,
        v.y() + w * ty + z * tx - x * tz,
        v.z() + w * tz + x * ty - y * tx);
  }

  /** This rotation after another: {@code aFromB.compose(bFromC)} is {@code aFromC}. */
  public Rotation3 compose(Rotation3 o) {
    return new Rotation3(
        w * o.w - x * o.x - y * o.y - z * o.z,
        w * o.x + x * o.w + y * o.z - z * o.y,
        w * o.y - x * o.z + y * o.w + z * o.x,
        w * o.z + x * o.y - y * o.x + z * o.w);
  }

  /** {@code sourceFromTarget}. */
  public Rotation3 inverse() {
    return new Rotation3(w, -x, -y, -z);
  }
}
