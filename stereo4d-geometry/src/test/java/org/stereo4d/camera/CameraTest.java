package org.stereo4d.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.image.ImageSize;

class CameraTest {
  private static final ImageSize VIEW = new ImageSize(512, 512);

  @Test
  void pinhole_60degreesOf512_hasTheFocalLengthOfTheData() {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(VIEW, 60);
    assertThat(camera.focalXPx()).isCloseTo(443.405006737633, within(1e-11));
    assertThat(camera.centerXPx()).isEqualTo(256);
  }

  @Test
  void pinhole_notSquare_keepsSquarePixels() {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(640, 360), 60);
    double[] n = camera.normalized();
    assertThat(n[1]).isCloseTo(n[0] * 640 / 360, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 180, 200, Double.NaN, Double.POSITIVE_INFINITY})
  void pinhole_impossibleFieldOfView_isRefused(double degrees) {
    assertThatThrownBy(() -> PinholeCamera.ofHorizontalFovDegrees(VIEW, degrees))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(degrees));
  }

  @Test
  void pinhole_pointBehind_projectsNowhere() {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(VIEW, 60);
    assertThat(camera.project(new Vec3(0, 0, -1))).containsOnly(Double.NaN);
    assertThat(camera.project(new Vec3(0, 0, 0))).containsOnly(Double.NaN);
  }

  @Test
  void pinhole_seesProjection_hasABorderOfHalfAPixel() {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(VIEW, 60);
    assertThat(camera.seesProjection(0.5, 0.5, 1)).isTrue();
    assertThat(camera.seesProjection(0.49, 0.5, 1)).isFalse();
    assertThat(camera.seesProjection(511.5, 100, 1)).isFalse();
    assertThat(camera.seesProjection(100, 511.49, 1)).isTrue();
    assertThat(camera.seesProjection(100, 100, 0.01)).isFalse();
    assertThat(camera.seesProjection(Double.NaN, 100, 1)).isFalse();
  }

  @Test
  void equirect_checkValuesOfTheSpecification() {
    // spec B.4: view pixel (row, col) to eye image index (u, v); raster is index + 0.5
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(VIEW, 60);
    EquirectCamera eye = EquirectCamera.of(new ImageSize(3840, 3840), FovBounds.VR180);
    double[][] expected = {
      {0, 0, 1280.700644, 1353.643237},
      {255, 255, 1918.122037, 1918.122038},
      {100, 400, 2304.469039, 1526.210594}
    };
    for (double[] e : expected) {
      double[] xy = eye.project(view.ray(e[1] + 0.5, e[0] + 0.5));
      assertThat(xy[0] - 0.5).isCloseTo(e[2], within(1e-6));
      assertThat(xy[1] - 0.5).isCloseTo(e[3], within(1e-6));
    }
  }

  @Test
  void equirect_poles_areNotNaN() {
    EquirectCamera eye = EquirectCamera.of(VIEW, FovBounds.VR180);
    // a unit vector whose y rounds above 1
    double[] xy = eye.project(new Vec3(0, Math.nextUp(1.0), 0));
    assertThat(xy[0]).isEqualTo(256);
    assertThat(xy[1]).isCloseTo(511.5, within(1e-6));
  }

  @Test
  void equirect_bounds_areOnTheCentresOfTheFirstAndLastPixel() {
    EquirectCamera eye = EquirectCamera.of(VIEW, new FovBounds(-80, 70, -60, 50));
    assertThat(Math.toDegrees(eye.yawRadians(0.5))).isCloseTo(-80, within(1e-12));
    assertThat(Math.toDegrees(eye.yawRadians(511.5))).isCloseTo(70, within(1e-12));
    assertThat(Math.toDegrees(eye.tiltRadians(511.5))).isCloseTo(50, within(1e-12));
    EquirectCamera edges =
        new EquirectCamera(
            VIEW, new FovBounds(-80, 70, -60, 50), EquirectCamera.Anchor.PIXEL_EDGES);
    assertThat(Math.toDegrees(edges.yawRadians(0))).isCloseTo(-80, within(1e-12));
    assertThat(Math.toDegrees(edges.yawRadians(512))).isCloseTo(70, within(1e-12));
  }

  @Test
  void fovBounds_impossible_areRefused() {
    double[][] bad = {
      {90, -90, -90, 90},
      {-90, 90, 90, -90},
      {10, 10, -90, 90},
      {-200, 200, -90, 90},
      {-90, 90, -100, 90},
      {Double.NaN, 90, -90, 90},
      {-90, Double.NaN, -90, 90},
      {-90, 90, Double.NaN, 90},
      {-90, 90, -90, Double.NaN}
    };
    for (double[] bounds : bad) {
      assertThatThrownBy(() -> FovBounds.of(bounds)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> FovBounds.of(new double[3])).hasMessageContaining("3");
  }

  @Test
  void fisheye_beyondHalfATurn_seesNothing() {
    FisheyeCamera camera = FisheyeCamera.ofFovDegrees(VIEW, 360);
    assertThat(camera.ray(0, 0).isFinite()).isFalse();
    assertThat(camera.ray(256, 256)).isEqualTo(new Vec3(0, 0, 1));
    assertThat(camera.project(new Vec3(0, 0, -1))).containsOnly(Double.NaN);
    assertThatThrownBy(() -> FisheyeCamera.ofFovDegrees(new ImageSize(2, 3), 90))
        .hasMessageContaining("square");
  }

  @Test
  void rotation_matrixThatIsNone_isRefusedWithItsDeviation() {
    double[] mirror = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
    assertThatThrownBy(() -> Rotation3.ofMatrix(mirror)).hasMessageContaining("2.0");
    double[] nan = {1, 0, 0, 0, Double.NaN, 0, 0, 0, 1};
    assertThatThrownBy(() -> Rotation3.ofMatrix(nan)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Rotation3(0, 0, 0, 0)).hasMessageContaining("not zero");
    assertThatThrownBy(() -> new Rigid3(Rotation3.IDENTITY, new Vec3(0, Double.NaN, 0)))
        .hasMessageContaining("finite");
  }

  @Test
  void poseSource_identity_standsStill() throws Exception {
    assertThat(PoseSource.IDENTITY.worldFromCameras("any", new double[3]))
        .containsExactly(Rigid3.IDENTITY, Rigid3.IDENTITY, Rigid3.IDENTITY);
  }
}
