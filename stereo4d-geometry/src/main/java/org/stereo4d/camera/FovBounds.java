package org.stereo4d.camera;

import org.stereo4d.run.Check;

/**
 * Angles covered by one equirectangular eye image, in degrees; tilt grows downward.
 *
 * @param startYawDegrees longitude of the first column
 * @param endYawDegrees longitude of the last column; greater than the start by at most 360
 * @param startTiltDegrees latitude of the first row; at least -90
 * @param endTiltDegrees latitude of the last row; greater than the start, at most 90
 */
public record FovBounds(
    double startYawDegrees, double endYawDegrees, double startTiltDegrees, double endTiltDegrees) {
  /** Half a sphere: -90 to 90 both ways. */
  public static final FovBounds VR180 = new FovBounds(-90, 90, -90, 90);

  /** The whole sphere. */
  public static final FovBounds FULL_SPHERE = new FovBounds(-180, 180, -90, 90);

  private static final double ROUNDING_DEGREES = 1e-6;

  /** Checks order and span. */
  public FovBounds {
    double yawSpan = endYawDegrees - startYawDegrees;
    double tiltSpan = endTiltDegrees - startTiltDegrees;
    Check.that(
        yawSpan > 0 && yawSpan <= 360 + ROUNDING_DEGREES,
        "yaw bounds must span (0, 360] degrees, were %s to %s",
        startYawDegrees,
        endYawDegrees);
    Check.that(
        tiltSpan > 0
            && startTiltDegrees >= -90 - ROUNDING_DEGREES
            && endTiltDegrees <= 90 + ROUNDING_DEGREES,
        "tilt bounds must rise within [-90, 90] degrees, were %s to %s",
        startTiltDegrees,
        endTiltDegrees);
  }

  /** From start yaw, end yaw, start tilt, end tilt. */
  public static FovBounds of(double[] degrees) {
    Check.that(degrees.length == 4, "fov bounds have 4 numbers, had %s", degrees.length);
    return new FovBounds(degrees[0], degrees[1], degrees[2], degrees[3]);
  }

  /** Start yaw, end yaw, start tilt, end tilt. */
  public double[] toArray() {
    return new double[] {startYawDegrees, endYawDegrees, startTiltDegrees, endTiltDegrees};
  }
}
