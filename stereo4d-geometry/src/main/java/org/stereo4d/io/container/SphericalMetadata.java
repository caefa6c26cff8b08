package org.stereo4d.io.container;

import java.util.Optional;
import org.stereo4d.run.Check;

/**
 * What a container says about the geometry of its first video track.
 *
 * @param layout where the eyes are; empty when the file does not say
 * @param projection how pixels map to directions; empty when the file does not say
 * @param yawDegrees turn of the whole scene to the left
 * @param pitchDegrees turn of the whole scene upward
 * @param rollDegrees turn of the whole scene clockwise
 * @param tool name of the program that wrote it; MP4 only
 */
public record SphericalMetadata(
    Optional<StereoLayout> layout,
    Optional<Projection> projection,
    double yawDegrees,
    double pitchDegrees,
    double rollDegrees,
    String tool) {
  /** Nothing is said. */
  public static final SphericalMetadata NONE =
      new SphericalMetadata(Optional.empty(), Optional.empty(), 0, 0, 0, "");

  private static final String OUR_NAME = "stereo4d-java";

  /** Checks that the angles are those of a 16.16 number. */
  public SphericalMetadata {
    Check.that(
        isAngle(yawDegrees) && isAngle(pitchDegrees) && isAngle(rollDegrees),
        "yaw, pitch and roll must be in [-360, 360] degrees, were %s, %s and %s",
        yawDegrees,
        pitchDegrees,
        rollDegrees);
    Check.that(tool.indexOf('\0') < 0, "tool must not contain a zero character, was '%s'", tool);
  }

  private static boolean isAngle(double degrees) {
    return degrees >= -360 && degrees <= 360;
  }

  /** A flat stereo video. */
  public static SphericalMetadata flat(StereoLayout layout) {
    return new SphericalMetadata(Optional.of(layout), Optional.empty(), 0, 0, 0, OUR_NAME);
  }

  /** A video of half a sphere per eye. */
  public static SphericalMetadata vr180(StereoLayout layout) {
    return spherical(layout, Projection.Equirectangular.VR180);
  }

  /** A video of a projection. */
  public static SphericalMetadata spherical(StereoLayout layout, Projection projection) {
    return new SphericalMetadata(Optional.of(layout), Optional.of(projection), 0, 0, 0, OUR_NAME);
  }
}
