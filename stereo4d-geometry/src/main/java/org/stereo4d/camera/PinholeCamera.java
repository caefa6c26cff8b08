package org.stereo4d.camera;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * A perspective camera without distortion: {@code x = fx X / Z + cx}.
 *
 * @param size image size
 * @param focalXPx fx; > 0
 * @param focalYPx fy; > 0
 * @param centerXPx cx, raster
 * @param centerYPx cy, raster
 */
public record PinholeCamera(
    ImageSize size, double focalXPx, double focalYPx, double centerXPx, double centerYPx)
    implements Camera {
  /** Projections from nearer points do not count. */
  private static final double NEAREST_METERS = 0.01;

  /** Checks that focal lengths are positive and all numbers finite. */
  public PinholeCamera {
    Check.that(
        focalXPx > 0 && focalYPx > 0 && Double.isFinite(focalXPx) && Double.isFinite(focalYPx),
        "focal lengths must be > 0 and finite, were %s and %s",
        focalXPx,
        focalYPx);
    Check.that(
        Double.isFinite(centerXPx) && Double.isFinite(centerYPx),
        "principal point must be finite, was (%s, %s)",
        centerXPx,
        centerYPx);
  }

  /**
   * Square pixels, principal point in the middle: {@code f = w / (2 tan(fov / 2))}.
   *
   * @param degrees horizontal field of view, in (0, 180)
   */
  public static PinholeCamera ofHorizontalFovDegrees(ImageSize size, double degrees) {
    Check.that(
        degrees > 0 && degrees < 180, "field of view must be in (0, 180) degrees, was %s", degrees);
    double focalPx = 0.5 * size.width() / Math.tan(Math.toRadians(degrees) / 2);
    return new PinholeCamera(size, focalPx, focalPx, size.width() / 2.0, size.height() / 2.0);
  }

  /** From intrinsics divided by width (x) and height (y): fx, fy, cx, cy. */
  public static PinholeCamera ofNormalized(ImageSize size, double[] intrinsics) {
    Check.that(intrinsics.length == 4, "expected fx, fy, cx, cy, had %s", intrinsics.length);
    int w = size.width();
    int h = size.height();
    return new PinholeCamera(
        size, intrinsics[0] * w, intrinsics[1] * h, intrinsics[2] * w, intrinsics[3] * h);
  }

  /** fx, fy, cx, cy divided by width (x) and height (y). */
  public double[] normalized() {
    int w = size.width();
    int h = size.height();
    return new double[] {focalXPx / w, focalYPx / h, centerXPx / w, centerYPx / h};
  }

  /** Whether a raster point lies in the image: {@code 0 <= x < w, 0 <= y < h}. */
  public boolean contains(double xPx, double yPx) {
    return xPx >= 0 && xPx < size.width() && yPx >= 0 && yPx < size.height();
  }

  /**
   * Whether a projection counts (spec F.1): {@code 0.5 <= x < w - 0.5}, {@code 0.5 <= y < h - 0.5}
   * and depth above 0.01 m.
   */
  public boolean seesProjection(double xPx, double yPx, double depthMeters) {
    return xPx >= 0.5
        && xPx < size.width() - 0.5
        && yPx >= 0.5
        && yPx < size.height() - 0.5
        && depthMeters > NEAREST_METERS;
  }

  /** Horizontal field of view in degrees, of a centred principal point. */
  public double horizontalFovDegrees() {
    return Math.toDegrees(2 * Math.atan(size.width() / (2 * focalXPx)));
  }

  /** The same view on an image of another size, each axis scaled by the ratio of sides. */
  public PinholeCamera scaledTo(ImageSize other) {
    return ofNormalized(other, normalized());
  }

  /** Row-major 3x3 matrix K. */
  public double[] toMatrix() {
    return new double[] {focalXPx, 0, centerXPx, 0, focalYPx, centerYPx, 0, 0, 1};
  }

  @Override
  public Vec3 ray(double xPx, double yPx) {
    return new Vec3((xPx - centerXPx) / focalXPx, (yPx - centerYPx) / focalYPx, 1).normalized();
  }

  /** The point at a depth along z. */
  public Vec3 unproject(double xPx, double yPx, double depthMeters) {
    return new Vec3(
        depthMeters * (xPx - centerXPx) / focalXPx,
        depthMeters * (yPx - centerYPx) / focalYPx,
        depthMeters);
  }

  @Override
  public void project(double x, double y, double z, double[] xyPx) {
    if (z > 0) {
      xyPx[0] = focalXPx * x / z + centerXPx;
      xyPx[1] = focalYPx * y / z + centerYPx;
    } else {
      xyPx[0] = Double.NaN;
      xyPx[1] = Double.NaN;
    }
  }
}
