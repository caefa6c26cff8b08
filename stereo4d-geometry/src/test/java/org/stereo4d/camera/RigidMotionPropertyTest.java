package org.stereo4d.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Group laws of rotations and rigid motions, and that their representations agree. */
class RigidMotionPropertyTest {
  /** A few roundings of numbers of size 1, on coordinates up to 10. */
  private static final double TOLERANCE = 1e-13;

  private static final double SCALE = 10;

  @Provide
  Arbitrary<Vec3> vectors() {
    Arbitrary<Double> coordinate = Arbitraries.doubles().between(-SCALE, SCALE);
    return Combinators.combine(coordinate, coordinate, coordinate).as(Vec3::new);
  }

  @Provide
  Arbitrary<Rotation3> rotations() {
    Arbitrary<Double> part = Arbitraries.doubles().between(-1, 1);
    return Combinators.combine(part, part, part, part)
        .filter((w, x, y, z) -> w * w + x * x + y * y + z * z > 1e-2)
        .as(Rotation3::new);
  }

  @Provide
  Arbitrary<Rigid3> motions() {
    return Combinators.combine(rotations(), vectors()).as(Rigid3::new);
  }

  private static void assertNear(Vec3 actual, Vec3 expected) {
    assertThat(actual.distanceTo(expected)).isLessThan(TOLERANCE * 20 * SCALE);
  }

  private static <T> void checkGroup(
      T a,
      T b,
      T c,
      T identity,
      BinaryOperator<T> compose,
      UnaryOperator<T> inverse,
      Act<T> act,
      Vec3 v) {
    Vec3 ab = act.apply(compose.apply(a, b), v);
    assertNear(ab, act.apply(a, act.apply(b, v)));
    T left = compose.apply(compose.apply(a, b), c);
    T right = compose.apply(a, compose.apply(b, c));
    assertNear(act.apply(left, v), act.apply(right, v));
    assertNear(act.apply(compose.apply(a, inverse.apply(a)), v), v);
    assertNear(act.apply(inverse.apply(a), act.apply(a, v)), v);
    assertNear(act.apply(compose.apply(a, identity), v), act.apply(a, v));
    assertNear(act.apply(identity, v), v);
  }

  private interface Act<T> {
    Vec3 apply(T element, Vec3 v);
  }

  @Property(tries = 1000)
  void rotations_areAGroup(
      @ForAll("rotations") Rotation3 a,
      @ForAll("rotations") Rotation3 b,
      @ForAll("rotations") Rotation3 c,
      @ForAll("vectors") Vec3 v) {
    checkGroup(
        a, b, c, Rotation3.IDENTITY, Rotation3::compose, Rotation3::inverse, Rotation3::apply, v);
  }

  @Property(tries = 1000)
  void rigidMotions_areAGroup(
      @ForAll("motions") Rigid3 a,
      @ForAll("motions") Rigid3 b,
      @ForAll("motions") Rigid3 c,
      @ForAll("vectors") Vec3 v) {
    checkGroup(a, b, c, Rigid3.IDENTITY, Rigid3::compose, Rigid3::inverse, Rigid3::apply, v);
  }

  @Property(tries = 1000)
  void rotation_keepsLengthsAnglesAndHandedness(
      @ForAll("rotations") Rotation3 r, @ForAll("vectors") Vec3 v, @ForAll("vectors") Vec3 w) {
    assertThat(r.apply(v).norm()).isCloseTo(v.norm(), within(TOLERANCE * SCALE));
    assertThat(r.apply(v).dot(r.apply(w)))
        .isCloseTo(v.dot(w), within(TOLERANCE * SCALE * SCALE * 3));
    Vec3 turned = r.apply(v.cross(w));
    assertThat(turned.distanceTo(r.apply(v).cross(r.apply(w))))
        .isLessThan(TOLERANCE * SCALE * SCALE * 10);
  }

  @Property(tries = 1000)
  void rotation_throughMatrixAndAxisAngle_isSame(
      @ForAll("rotations") Rotation3 r, @ForAll("vectors") Vec3 v) {
    assertNear(Rotation3.ofMatrix(r.toMatrix()).apply(v), r.apply(v));
    assertNear(Rotation3.ofAxisAngleRadians(r.toAxisAngleRadians()).apply(v), r.apply(v));
    assertThat(Rotation3.deviationFromRotation(r.toMatrix())).isLessThan(TOLERANCE);
    assertThat(r.angleRadians()).isBetween(0.0, Math.PI);
    assertThat(r.angleRadians()).isCloseTo(r.toAxisAngleRadians().norm(), within(1e-12));
  }

  @Property(tries = 1000)
  void rigidMotion_throughMatrix_isSame(@ForAll("motions") Rigid3 m, @ForAll("vectors") Vec3 v) {
    assertNear(Rigid3.ofMatrix34(m.toMatrix34()).apply(v), m.apply(v));
    double[] a = m.toMatrix34();
    Vec3 byMatrix =
        new Vec3(
            a[0] * v.x() + a[1] * v.y() + a[2] * v.z() + a[3],
            a[4] * v.x() + a[5] * v.y() + a[6] * v.z() + a[7],
            a[8] * v.x() + a[9] * v.y() + a[10] * v.z() + a[11]);
    assertNear(byMatrix, m.apply(v));
  }

  @Property(tries = 1000)
  void smallRotations_areLinear(@ForAll("vectors") Vec3 axis, @ForAll("vectors") Vec3 v) {
    double epsilon = 1e-7;
    Vec3 moved = Rotation3.ofAxisAngleRadians(axis.times(epsilon)).apply(v);
    Vec3 linear = v.plus(axis.cross(v).times(epsilon));
    double secondOrder = epsilon * epsilon * SCALE * SCALE * SCALE * 10;
    assertThat(moved.distanceTo(linear)).isLessThan(secondOrder + TOLERANCE * SCALE);
  }

  @Property(tries = 1000)
  void yawPitchRoll_isTheProductOfItsParts(
      @ForAll("vectors") Vec3 degreesOverTen, @ForAll("vectors") Vec3 v) {
    double yaw = 18 * degreesOverTen.x();
    double pitch = 18 * degreesOverTen.y();
    double roll = 18 * degreesOverTen.z();
    Vec3 step = Rotation3.ofYawPitchRollDegrees(0, 0, roll).apply(v);
    step = Rotation3.ofYawPitchRollDegrees(0, pitch, 0).apply(step);
    step = Rotation3.ofYawPitchRollDegrees(yaw, 0, 0).apply(step);
    assertNear(Rotation3.ofYawPitchRollDegrees(yaw, pitch, roll).apply(v), step);
  }
}
