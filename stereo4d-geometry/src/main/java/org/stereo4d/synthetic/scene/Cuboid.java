package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * A box about the origin. Faces: 0 at -x, 1 at +x, 2 at -y (top), 3 at +y, 4 at -z, 5 at +z.
 *
 * @param halfMeters half side lengths; each > 0 and finite
 */
public record Cuboid(Vec3 halfMeters) implements Shape {
  /** Checks the side lengths. */
  public Cuboid {
    Check.that(
        halfMeters.x() > 0 && halfMeters.y() > 0 && halfMeters.z() > 0 && halfMeters.isFinite(),
        "halfMeters must be > 0 and finite, were %s",
        halfMeters);
  }

  /** A box by half side lengths in metres. */
  public static Cuboid ofHalfSides(double x, double y, double z) {
    return new Cuboid(new Vec3(x, y, z));
  }

  @Override
  public double distance(double[] ray) {
    double enter = Double.NEGATIVE_INFINITY;
    double leave = Double.POSITIVE_INFINITY;
    for (int axis = 0; axis < 3; axis++) {
      double half = axis == 0 ? halfMeters.x() : axis == 1 ? halfMeters.y() : halfMeters.z();
      double o = ray[axis];
      double d = ray[axis + 3];
      if (d == 0) {
        if (Math.abs(o) > half) {
          return Double.POSITIVE_INFINITY;
        }
        continue;
      }
      double middle = -o / d;
      double reach = half / Math.abs(d);
      enter = Math.max(enter, middle - reach);
      leave = Math.min(leave, middle + reach);
    }
    if (!(enter <= leave)) {
      return Double.POSITIVE_INFINITY;
    }
    if (enter >= NEAREST_METERS) {
      return enter;
    }
    return leave >= NEAREST_METERS ? leave : Double.POSITIVE_INFINITY;
  }

  @Override
  public int face(double x, double y, double z) {
    double overX = Math.abs(x) - halfMeters.x();
    double overY = Math.abs(y) - halfMeters.y();
    double overZ = Math.abs(z) - halfMeters.z();
    if (overX >= overY && overX >= overZ) {
      return x < 0 ? 0 : 1;
    }
    if (overY >= overZ) {
      return y < 0 ? 2 : 3;
    }
    return z < 0 ? 4 : 5;
  }

  @Override
  public int faceCount() {
    return 6;
  }

  @Override
  public void normal(double x, double y, double z, double[] xyz) {
    faceNormal(face(x, y, z), xyz);
  }

  static void faceNormal(int face, double[] xyz) {
    xyz[0] = 0;
    xyz[1] = 0;
    xyz[2] = 0;
    xyz[face >> 1] = (face & 1) == 0 ? -1 : 1;
  }

  @Override
  public double boundingRadiusMeters() {
    return halfMeters.norm();
  }
}
