package org.stereo4d.camera;

import org.stereo4d.run.Check;

/**
 * A rigid motion {@code targetFromSource}: {@code p_target = R p_source + t}.
 *
 * @param rotation R
 * @param translation t in the target frame, metres; finite
 */
public record Rigid3(Rotation3 rotation, Vec3 translation) {
  /** No motion. */
  public static final Rigid3 IDENTITY = new Rigid3(Rotation3.IDENTITY, Vec3.ZERO);

  /** Checks that the translation is finite. */
  public Rigid3 {
    Check.that(translation.isFinite(), "translation must be finite, was %s", translation);
  }

  /** From a row-major 3x4 matrix {@code [R | t]}. */
  public static Rigid3 ofMatrix34(double[] m) {
    Check.that(m.length == 12, "a 3x4 matrix has 12 numbers, had %s", m.length);
    double[] r = {m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]};
    return new Rigid3(Rotation3.ofMatrix(r), new Vec3(m[3], m[7], m[11]));
  }

  /** Row-major 3x4 matrix {@code [R | t]}. */
  public double[] toMatrix34() {
    double[] r = rotation.toMatrix();
    return new double[] {
      r[0], r[1], r[2], translation.x(),
      r[3], r[4], r[5], translation.y(),
      r[6], r[7], r[8], translation.z()
    };
  }

  /** Moves a point from source to target. */
  public Vec3 apply(Vec3 pointSource) {
    return rotation.apply(pointSource).plus(translation);
  }

  /** {@code aFromB.compose(bFromC)} is {@code aFromC}. */
  public Rigid3 compose(Rigid3 bFromC) {
    return new Rigid3(rotation.compose(bFromC.rotation), apply(bFromC.translation));
  }

  /** {@code sourceFromTarget}. */
  public Rigid3 inverse() {
    Rotation3 inverse = rotation.inverse();
    return new Rigid3(inverse, inverse.apply(translation).times(-1));
  }
}
