package org.stereo4d.camera;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * An equidistant fisheye: radius = focal x angle from the axis.
 *
 * @param size image size
 * @param focalPx pixels per radian; > 0
 * @param centerXPx raster x of the axis
 * @param centerYPx raster y of the axis
 */
public record FisheyeCamera(ImageSize size, double focalPx, double centerXPx, double centerYPx)
    implements Camera {
  /** Checks that the focal length is positive and all numbers finite. */
  public FisheyeCamera {
    Check.that(
        focalPx > 0 && Double.isFinite(focalPx), "focalPx must be > 0 and finite, was %s", focalPx);
    Check.that(
        Double.isFinite(centerXPx) && Double.isFinite(centerYPx),
        "image centre must be finite, was (%s, %s)",
        centerXPx,
        centerYPx);
  }

  /**
   * A square image whose width spans the field of view: {@code f = w / fov}.
   *
   * @param degrees in (0, 360]
   */
  public static FisheyeCamera ofFovDegrees(ImageSize size, double degrees) {
    Check.that(
        size.width() == size.height(), "a fisheye by field of view must be square, was %s", size);
    Check.that(
        degrees > 0 && degrees <= 360,
        "field of view must be in (0, 360] degrees, was %s",
        degrees);
    return new FisheyeCamera(
        size, size.width() / Math.toRadians(degrees), size.width() / 2.0, size.height() / 2.0);
  }

  /** {@inheritDoc} Points farther than pi from the axis see nothing. */
  @Override
  public Vec3 ray(double xPx, double yPx) {
    double x = (xPx - centerXPx) / focalPx;
    double y = (yPx - centerYPx) / focalPx;
    double theta = Math.hypot(x, y);
    if (theta > Math.PI) {
      return new Vec3(Double.NaN, Double.NaN, Double.NaN);
    }
    double k = theta < 1e-9 ? 1 : Math.sin(theta) / theta;
    return new Vec3(k * x, k * y, Math.cos(theta));
  }

  @Override
  public void project(double x, double y, double z, double[] xyPx) {
    double side = Math.hypot(x, y);
    double theta = Math.atan2(side, z);
    double k = side > 0 ? focalPx * theta / side : 0;
    xyPx[0] = side > 0 || z > 0 ? k * x + centerXPx : Double.NaN;
    xyPx[1] = side > 0 || z > 0 ? k * y + centerYPx : Double.NaN;
  }
}
