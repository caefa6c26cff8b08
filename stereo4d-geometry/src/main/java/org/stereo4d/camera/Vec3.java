package org.stereo4d.camera;

/** A point or direction in three dimensions; the name of the variable carries frame and unit. */
public record Vec3(double x, double y, double z) {
  /** The origin. */
  public static final Vec3 ZERO = new Vec3(0, 0, 0);

  /** Sum. */
  public Vec3 plus(Vec3 other) {
    return new Vec3(x + other.x, y + other.y, z + other.z);
  }

  /** Difference. */
  public Vec3 minus(Vec3 other) {
    return new Vec3(x - other.x, y - other.y, z - other.z);
  }

  /** Product with a number. */
  public Vec3 times(double factor) {
    return new Vec3(factor * x, factor * y, factor * z);
  }

  /** Scalar product. */
  public double dot(Vec3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  /** Vector product. */
  public Vec3 cross(Vec3 other) {
    return new Vec3(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  /** Euclidean length. */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /** The unit vector of this direction; NaN for the zero vector. */
  public Vec3 normalized() {
    return times(1 / norm());
  }

  /** Euclidean distance. */
  public double distanceTo(Vec3 other) {
    return minus(other).norm();
  }

  /** Whether all components are finite. */
  public boolean isFinite() {
    return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
  }
}
