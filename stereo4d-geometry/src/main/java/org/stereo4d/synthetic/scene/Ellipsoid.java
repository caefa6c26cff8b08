package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * An ellipsoid about the origin, seen from outside or inside.
 *
 * @param radiiMeters half axes; each > 0 and finite
 */
public record Ellipsoid(Vec3 radiiMeters) implements Shape {
  /** Checks the half axes. */
  public Ellipsoid {
    Check.that(
        radiiMeters.x() > 0 && radiiMeters.y() > 0 && radiiMeters.z() > 0 && radiiMeters.isFinite(),
        "radiiMeters must be > 0 and finite, were %s",
        radiiMeters);
  }

  /** A sphere. */
  public static Ellipsoid sphere(double radiusMeters) {
    return new Ellipsoid(new Vec3(radiusMeters, radiusMeters, radiusMeters));
  }

  @Override
  public double distance(double[] ray) {
    // in coordinates where the surface is the unit sphere: |o + t d|^2 = 1
    double scaleX = 1 / radiiMeters.x();
    double scaleY = 1 / radiiMeters.y();
    double scaleZ = 1 / radiiMeters.z();
    double ox = ray[0] * scaleX;
    double oy = ray[1] * scaleY;
    double oz = ray[2] * scaleZ;
    double dx = ray[3] * scaleX;
    double dy = ray[4] * scaleY;
    double dz = ray[5] * scaleZ;
    double a = dx * dx + dy * dy + dz * dz;
    double b = ox * dx + oy * dy + oz * dz;
    // 1 - |closest point|^2 rather than b^2 - a c, which cancels for small far spheres
    double k = b / a;
    double px = ox - k * dx;
    double py = oy - k * dy;
    double pz = oz - k * dz;
    double inside = 1 - (px * px + py * py + pz * pz);
    if (!(inside >= 0)) {
      return Double.POSITIVE_INFINITY;
    }
    double half = Math.sqrt(inside / a);
    double near = -k - half;
    if (near >= NEAREST_METERS) {
      return near;
    }
    double far = -k + half;
    return far >= NEAREST_METERS ? far : Double.POSITIVE_INFINITY;
  }

  @Override
  public int face(double x, double y, double z) {
    return 0;
  }

  @Override
  public int faceCount() {
    return 1;
  }

  @Override
  public void normal(double x, double y, double z, double[] xyz) {
    double nx = x / (radiiMeters.x() * radiiMeters.x());
    double ny = y / (radiiMeters.y() * radiiMeters.y());
    double nz = z / (radiiMeters.z() * radiiMeters.z());
    double k = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
    xyz[0] = k * nx;
    xyz[1] = k * ny;
    xyz[2] = k * nz;
  }

  @Override
  public double boundingRadiusMeters() {
    return Math.max(radiiMeters.x(), Math.max(radiiMeters.y(), radiiMeters.z()));
  }
}
