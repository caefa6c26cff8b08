package org.stereo4d.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.stereo4d.image.ImageSize;

/** Projection undoes rays and rays undo projection, for every camera. */
class CameraPropertyTest {
  /** Trigonometry of double precision times pictures of a thousand pixels. */
  private static final double TOLERANCE_PX = 1e-9;

  @Provide
  Arbitrary<Camera> cameras() {
    ImageSize wide = new ImageSize(640, 480);
    ImageSize square = new ImageSize(512, 512);
    return Arbitraries.of(
        PinholeCamera.ofHorizontalFovDegrees(wide, 60),
        PinholeCamera.ofHorizontalFovDegrees(square, 120),
        new PinholeCamera(wide, 500, 450, 100.25, 300.75),
        EquirectCamera.of(square, FovBounds.VR180),
        EquirectCamera.of(wide, new FovBounds(-87.5, 91, -84, 88)),
        new EquirectCamera(wide, FovBounds.FULL_SPHERE, EquirectCamera.Anchor.PIXEL_EDGES),
        EquirectCamera.of(wide, new FovBounds(120, 300, -30, 60)),
        FisheyeCamera.ofFovDegrees(square, 180),
        FisheyeCamera.ofFovDegrees(square, 220),
        new FisheyeCamera(wide, 150, 310, 250));
  }

  @Property(tries = 500)
  void project_ofRay_isThePixel(
      @ForAll("cameras") Camera camera,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double u,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double v,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double range) {
    double x = u * camera.size().width();
    double y = v * camera.size().height();
    Vec3 ray = camera.ray(x, y);
    assertThat(ray.norm()).isCloseTo(1, within(1e-14));
    double[] back = camera.project(ray.times(range));
    assertThat(back[0]).isCloseTo(x, within(TOLERANCE_PX));
    assertThat(back[1]).isCloseTo(y, within(TOLERANCE_PX));
  }

  @Property(tries = 500)
  void ray_ofProjection_isTheDirection(
      @ForAll("cameras") Camera camera,
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double x,
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double y) {
    Vec3 direction = new Vec3(x, y, 1).normalized();
    if (camera instanceof EquirectCamera equirect && equirect.bounds().startYawDegrees() > 90) {
      direction = new Vec3(-x, y, -1).normalized();
    }
    double[] pixel = camera.project(direction);
    assertThat(camera.ray(pixel[0], pixel[1]).distanceTo(direction)).isLessThan(1e-12);
  }

  @Property(tries = 300)
  void pinhole_unproject_liesOnTheRayAtItsDepth(
      @ForAll @DoubleRange(min = 0, max = 640) double x,
      @ForAll @DoubleRange(min = 0, max = 480) double y,
      @ForAll @DoubleRange(min = 0.01, max = 100) double depth) {
    PinholeCamera camera = new PinholeCamera(new ImageSize(640, 480), 500, 450, 100.25, 300.75);
    Vec3 point = camera.unproject(x, y, depth);
    assertThat(point.z()).isEqualTo(depth);
    assertThat(point.normalized().distanceTo(camera.ray(x, y))).isLessThan(1e-14);
  }

  @Property(tries = 300)
  void pinhole_scaled_seesTheSame(
      @ForAll @DoubleRange(min = -2, max = 2) double x,
      @ForAll @DoubleRange(min = -2, max = 2) double y) {
    PinholeCamera camera = new PinholeCamera(new ImageSize(640, 480), 500, 450, 100.25, 300.75);
    PinholeCamera half = camera.scaledTo(new ImageSize(320, 120));
    double[] full = camera.project(new Vec3(x, y, 1));
    double[] small = half.project(new Vec3(x, y, 1));
    assertThat(small[0]).isCloseTo(full[0] / 2, within(1e-10));
    assertThat(small[1]).isCloseTo(full[1] / 4, within(1e-10));
  }

  @Property(tries = 200)
  void pinhole_fieldOfView_isThatAskedFor(@ForAll @DoubleRange(min = 1, max = 179) double degrees) {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 300), degrees);
    assertThat(camera.horizontalFovDegrees()).isCloseTo(degrees, within(1e-11));
    Vec3 left = camera.ray(0, 150);
    Vec3 right = camera.ray(512, 150);
    assertThat(Math.toDegrees(Math.acos(left.dot(right)))).isCloseTo(degrees, within(1e-5));
  }
}
