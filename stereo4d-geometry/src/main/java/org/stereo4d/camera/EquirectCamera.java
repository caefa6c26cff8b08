package org.stereo4d.camera;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * An equirectangular image of any part of the sphere.
 *
 * @param size both sides >= 2
 * @param bounds angles covered
 * @param anchor what the bounds refer to; the reference, and the default of {@link #of}, is {@link
 *     Anchor#PIXEL_CENTERS}
 */
public record EquirectCamera(ImageSize size, FovBounds bounds, Anchor anchor) implements Camera {
  /** Where on the first and last pixel the bounds lie. */
  public enum Anchor {
    /** On the centres: {@code u = (lon - lon0) / (lon1 - lon0) (w - 1)}. */
    PIXEL_CENTERS,
    /** On the outer edges: {@code u = (lon - lon0) / (lon1 - lon0) w - 0.5}. */
    PIXEL_EDGES
  }

  /** Checks that there is an angle between two pixels. */
  public EquirectCamera {
    Check.that(
        size.width() >= 2 && size.height() >= 2,
        "an equirectangular image needs at least 2x2 pixels, was %s",
        size);
  }

  /** Bounds on the pixel centres. */
  public static EquirectCamera of(ImageSize size, FovBounds bounds) {
    return new EquirectCamera(size, bounds, Anchor.PIXEL_CENTERS);
  }

  /** Radians of longitude per pixel. */
  public double yawStepRadians() {
    double span = Math.toRadians(bounds.endYawDegrees() - bounds.startYawDegrees());
    return span / (anchor == Anchor.PIXEL_CENTERS ? size.width() - 1 : size.width());
  }

  /** Radians of latitude per pixel. */
  public double tiltStepRadians() {
    double span = Math.toRadians(bounds.endTiltDegrees() - bounds.startTiltDegrees());
    return span / (anchor == Anchor.PIXEL_CENTERS ? size.height() - 1 : size.height());
  }

  private double originPx() {
    return anchor == Anchor.PIXEL_CENTERS ? 0.5 : 0;
  }

  /** Longitude of a raster column. */
  public double yawRadians(double xPx) {
    double steps = anchor == Anchor.PIXEL_CENTERS ? size.width() - 1 : size.width();
    double span = bounds.endYawDegrees() - bounds.startYawDegrees();
    return Math.toRadians(bounds.startYawDegrees() + (xPx - originPx()) / steps * span);
  }

  /** Latitude of a raster row, never beyond a pole by rounding: there the longitude would flip. */
  public double tiltRadians(double yPx) {
    double steps = anchor == Anchor.PIXEL_CENTERS ? size.height() - 1 : size.height();
    double span = bounds.endTiltDegrees() - bounds.startTiltDegrees();
    double degrees = bounds.startTiltDegrees() + (yPx - originPx()) / steps * span;
    return Math.toRadians(Math.max(-90, Math.min(90, degrees)));
  }

  @Override
  public Vec3 ray(double xPx, double yPx) {
    double lon = yawRadians(xPx);
    double lat = tiltRadians(yPx);
    double c = Math.cos(lat);
    return new Vec3(c * Math.sin(lon), Math.sin(lat), c * Math.cos(lon));
  }

  @Override
  public void project(double x, double y, double z, double[] xyPx) {
    double norm = Math.sqrt(x * x + y * y + z * z);
    double lat = Math.asin(Math.max(-1, Math.min(1, y / norm)));
    double start = Math.toRadians(bounds.startYawDegrees());
    double middle = (start + Math.toRadians(bounds.endYawDegrees())) / 2;
    double lon = middle + Math.IEEEremainder(Math.atan2(x, z) - middle, 2 * Math.PI);
    xyPx[0] = (lon - start) / yawStepRadians() + originPx();
    xyPx[1] = (lat - Math.toRadians(bounds.startTiltDegrees())) / tiltStepRadians() + originPx();
  }
}
