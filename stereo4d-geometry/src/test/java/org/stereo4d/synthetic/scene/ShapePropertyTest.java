package org.stereo4d.synthetic.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.stereo4d.camera.Vec3;

class ShapePropertyTest {
  /** Roundings of a point ten half axes away. */
  private static final double ON_SURFACE = 1e-11;

  @Property
  void distance_ellipsoid_endsOnTheSurface(
      @ForAll @DoubleRange(min = 0.1, max = 3) double a,
      @ForAll @DoubleRange(min = 0.1, max = 3) double b,
      @ForAll @DoubleRange(min = -1, max = 1) double x,
      @ForAll @DoubleRange(min = -1, max = 1) double y) {
    Ellipsoid shape = new Ellipsoid(new Vec3(a, b, 1));
    double[] ray = {x, y, -5, 0.1 * y, 0.1 * x, 1};
    double t = shape.distance(ray);
    if (Double.isFinite(t)) {
      Vec3 p = new Vec3(x + t * ray[3], y + t * ray[4], -5 + t);
      assertThat(p.x() * p.x() / (a * a) + p.y() * p.y() / (b * b) + p.z() * p.z())
          .isEqualTo(1, within(ON_SURFACE / Math.min(a, b)));
    }
  }

  @Property
  void distance_box_endsOnTheFaceItNames(
      @ForAll @DoubleRange(min = 0.1, max = 3) double a,
      @ForAll @DoubleRange(min = 0.1, max = 3) double b,
      @ForAll @DoubleRange(min = -2, max = 2) double x,
      @ForAll @DoubleRange(min = -2, max = 2) double y) {
    Cuboid shape = Cuboid.ofHalfSides(a, b, 1);
    double[] ray = {x, y, -5, -0.3 * x, -0.2 * y, 1};
    double t = shape.distance(ray);
    if (Double.isFinite(t)) {
      double[] p = {x + t * ray[3], y + t * ray[4], -5 + t};
      double[] half = {a, b, 1};
      int face = shape.face(p[0], p[1], p[2]);
      int axis = face / 2;
      assertThat(p[axis]).isEqualTo((face & 1) == 0 ? -half[axis] : half[axis], within(ON_SURFACE));
      for (int k = 0; k < 3; k++) {
        assertThat(Math.abs(p[k])).isLessThanOrEqualTo(half[k] + ON_SURFACE);
      }
    }
  }
}
