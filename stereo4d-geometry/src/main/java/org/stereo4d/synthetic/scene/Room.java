package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * The inside of a box that holds every camera, with one rectangular opening in its far wall (+z)
 * through which the sky shows. Faces are numbered as in {@link Cuboid}: 2 is the ceiling (-y), 3
 * the floor.
 *
 * @param minMeters corner with the smallest coordinates
 * @param maxMeters corner with the largest coordinates
 * @param openingMinMeters corner of the opening in the +z wall; z is not used
 * @param openingMaxMeters opposite corner; equal to the first for no opening
 */
public record Room(Vec3 minMeters, Vec3 maxMeters, Vec3 openingMinMeters, Vec3 openingMaxMeters)
    implements Shape {
  /** Checks that the room has a volume. */
  public Room {
    Vec3 size = maxMeters.minus(minMeters);
    Check.that(
        size.x() > 0 && size.y() > 0 && size.z() > 0 && size.isFinite(),
        "room must have a volume, was %s to %s",
        minMeters,
        maxMeters);
  }

  /** A closed room. */
  public static Room closed(Vec3 minMeters, Vec3 maxMeters) {
    return new Room(minMeters, maxMeters, Vec3.ZERO, Vec3.ZERO);
  }

  @Override
  public double distance(double[] ray) {
    double x = leave(ray[0], ray[3], minMeters.x(), maxMeters.x());
    double y = leave(ray[1], ray[4], minMeters.y(), maxMeters.y());
    double z = leave(ray[2], ray[5], minMeters.z(), maxMeters.z());
    double t = Math.min(x, Math.min(y, z));
    if (!(t >= NEAREST_METERS)) {
      return Double.POSITIVE_INFINITY;
    }
    if (t == z && ray[5] > 0) {
      double atX = ray[0] + t * ray[3];
      double atY = ray[1] + t * ray[4];
      boolean open =
          atX > openingMinMeters.x()
              && atX < openingMaxMeters.x()
              && atY > openingMinMeters.y()
              && atY < openingMaxMeters.y();
      return open ? Double.POSITIVE_INFINITY : t;
    }
    return t;
  }

  private static double leave(double o, double d, double min, double max) {
    return d > 0 ? (max - o) / d : d < 0 ? (min - o) / d : Double.POSITIVE_INFINITY;
  }

  @Override
  public int face(double x, double y, double z) {
    double overX = Math.max(minMeters.x() - x, x - maxMeters.x());
    double overY = Math.max(minMeters.y() - y, y - maxMeters.y());
    double overZ = Math.max(minMeters.z() - z, z - maxMeters.z());
    if (overX >= overY && overX >= overZ) {
      return 2 * x < minMeters.x() + maxMeters.x() ? 0 : 1;
    }
    if (overY >= overZ) {
      return 2 * y < minMeters.y() + maxMeters.y() ? 2 : 3;
    }
    return 2 * z < minMeters.z() + maxMeters.z() ? 4 : 5;
  }

  @Override
  public int faceCount() {
    return 6;
  }

  @Override
  public void normal(double x, double y, double z, double[] xyz) {
    Cuboid.faceNormal(face(x, y, z), xyz);
  }

  @Override
  public double boundingRadiusMeters() {
    return Double.POSITIVE_INFINITY;
  }
}
