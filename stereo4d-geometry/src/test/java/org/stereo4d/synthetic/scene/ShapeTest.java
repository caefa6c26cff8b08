package org.stereo4d.synthetic.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.camera.Vec3;

class ShapeTest {
  /** A few roundings of double arithmetic on numbers near 1. */
  private static final double ROUNDING = 1e-14;

  private static double[] ray(double ox, double oy, double oz, double dx, double dy, double dz) {
    return new double[] {ox, oy, oz, dx, dy, dz};
  }

  @Test
  void distance_sphereAhead_isFrontPoint() {
    assertThat(Ellipsoid.sphere(1).distance(ray(0, 0, -3, 0, 0, 1))).isEqualTo(2, within(ROUNDING));
  }

  @Test
  void distance_fromInsideSphere_isBackPoint() {
    assertThat(Ellipsoid.sphere(1).distance(ray(0, 0, 0.5, 0, 0, 1)))
        .isEqualTo(0.5, within(ROUNDING));
  }

  @Test
  void distance_sphereBehindOrBeside_isInfinite() {
    assertThat(Ellipsoid.sphere(1).distance(ray(0, 0, 3, 0, 0, 1))).isInfinite();
    assertThat(Ellipsoid.sphere(1).distance(ray(1.01, 0, -3, 0, 0, 1))).isInfinite();
  }

  @Test
  void distance_ellipsoid_usesEachHalfAxis() {
    Ellipsoid shape = new Ellipsoid(new Vec3(1, 2, 3));
    assertThat(shape.distance(ray(-5, 0, 0, 1, 0, 0))).isEqualTo(4, within(ROUNDING));
    assertThat(shape.distance(ray(0, -5, 0, 0, 1, 0))).isEqualTo(3, within(ROUNDING));
    assertThat(shape.distance(ray(0, 0, -5, 0, 0, 1))).isEqualTo(2, within(ROUNDING));
  }

  @Test
  void distance_farSmallSphere_keepsItsDigits() {
    double gap = Ellipsoid.sphere(1e-3).distance(ray(0, 0, -1000, 0, 0, 1));
    assertThat(gap).isEqualTo(1000 - 1e-3, within(1e-12));
  }

  @Test
  void distance_boxAlongAxis_hitsTheFace() {
    Cuboid box = Cuboid.ofHalfSides(1, 2, 3);
    assertThat(box.distance(ray(0, 0, -5, 0, 0, 1))).isEqualTo(2, within(ROUNDING));
    assertThat(box.distance(ray(0.5, 1.9, 0, 1, 0, 0))).isEqualTo(0.5, within(ROUNDING));
    assertThat(box.distance(ray(1.5, 0, -5, 0, 0, 1))).isInfinite();
    assertThat(box.distance(ray(0, 0, 5, 0, 0, 1))).isInfinite();
  }

  @Test
  void face_boxPoints_areNumberedByAxisAndSide() {
    Cuboid box = Cuboid.ofHalfSides(1, 2, 3);
    assertThat(box.face(-1, 0.5, 0.5)).isEqualTo(0);
    assertThat(box.face(1, 0.5, 0.5)).isEqualTo(1);
    assertThat(box.face(0.5, -2, 0.5)).isEqualTo(2);
    assertThat(box.face(0.5, 2, 0.5)).isEqualTo(3);
    assertThat(box.face(0.5, 0.5, -3)).isEqualTo(4);
    assertThat(box.face(0.5, 0.5, 3)).isEqualTo(5);
  }

  @Test
  void distance_room_isWhereTheRayLeaves() {
    Room room = Room.closed(new Vec3(-1, -2, -3), new Vec3(4, 5, 6));
    assertThat(room.distance(ray(0, 0, 0, 0, 0, 1))).isEqualTo(6);
    assertThat(room.distance(ray(0, 0, 0, -1, 0, 0))).isEqualTo(1);
    assertThat(room.face(-1, 0, 0)).isEqualTo(0);
    assertThat(room.face(0, 5, 1)).isEqualTo(3);
    assertThat(room.face(1, 1, 6)).isEqualTo(5);
  }

  @Test
  void distance_throughTheOpening_isInfinite() {
    Room room =
        new Room(new Vec3(-1, -1, -1), new Vec3(1, 1, 1), new Vec3(0, 0, 0), new Vec3(0.5, 0.5, 0));
    assertThat(room.distance(ray(0.25, 0.25, 0, 0, 0, 1))).isInfinite();
    assertThat(room.distance(ray(-0.25, 0.25, 0, 0, 0, 1))).isEqualTo(1);
    assertThat(room.distance(ray(0.25, 0.25, 0, 0, 0, -1))).isEqualTo(1);
  }

  @Test
  void constructors_withoutVolume_refuseNamingTheValue() {
    assertThatThrownBy(() -> Ellipsoid.sphere(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radiiMeters");
    assertThatThrownBy(() -> Cuboid.ofHalfSides(1, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Room.closed(Vec3.ZERO, Vec3.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("volume");
  }
}
