package org.stereo4d.synthetic.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stereo4d.camera.Camera;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FisheyeCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;

class PixelRaysTest {
  /** A few roundings of unit vectors. */
  private static final double ROUNDING = 1e-14;

  /** Roundings of a projection at a few hundred pixels. */
  private static final double ROUNDING_PX = 1e-9;

  /** Neighbouring rays differ by the stated angle at the first order only. */
  private static final double ANGLE_SHARE = 0.05;

  private static final Rigid3 POSE =
      new Rigid3(Rotation3.ofYawPitchRollDegrees(20, -10, 5), new Vec3(1, 2, 3));

  static Stream<Camera> cameras() {
    return Stream.of(
        PinholeCamera.ofHorizontalFovDegrees(new ImageSize(70, 50), 75),
        new PinholeCamera(new ImageSize(64, 48), 60, 80, 30, 20),
        EquirectCamera.of(new ImageSize(90, 80), new FovBounds(-80, 85, -90, 60)),
        new EquirectCamera(
            new ImageSize(64, 64), FovBounds.VR180, EquirectCamera.Anchor.PIXEL_EDGES),
        FisheyeCamera.ofFovDegrees(new ImageSize(60, 60), 200));
  }

  @ParameterizedTest
  @MethodSource("cameras")
  void fill_anyCamera_agreesWithItsRayAndProject(Camera camera) {
    PixelRays rays = new PixelRays(new View(camera, POSE, 0));
    int w = 21;
    int h = 17;
    double[] direction = new double[3 * w * h];
    double[] pixelRadians = new double[w * h];
    rays.fill(13, 11, w, h, direction, pixelRadians);
    double[] xyPx = new double[2];
    for (int y = 0, i = 0; y < h; y++) {
      for (int x = 0; x < w; x++, i++) {
        Vec3 expected = POSE.rotation().apply(camera.ray(13 + x + 0.5, 11 + y + 0.5));
        Vec3 d = new Vec3(direction[3 * i], direction[3 * i + 1], direction[3 * i + 2]);
        assertThat(d.distanceTo(expected)).isLessThan(ROUNDING);
        rays.project(POSE.translation().plus(d.times(2.5)), xyPx);
        assertThat(xyPx[0]).isEqualTo(13 + x + 0.5, within(ROUNDING_PX));
        assertThat(xyPx[1]).isEqualTo(11 + y + 0.5, within(ROUNDING_PX));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cameras")
  void fill_anyCamera_statesTheLargerAngleBetweenNeighbours(Camera camera) {
    PixelRays rays = new PixelRays(new View(camera, POSE, 0));
    double[] d = new double[27];
    double[] pixelRadians = new double[9];
    for (int at : List.of(10, 25, 40)) {
      rays.fill(at, at, 3, 3, d, pixelRadians);
      double acrossX = angle(d, 3, 5) / 2;
      double acrossY = angle(d, 1, 7) / 2;
      assertThat(pixelRadians[4])
          .isGreaterThan(Math.max(acrossX, acrossY) * (1 - ANGLE_SHARE))
          .isEqualTo(rays.ray(at + 1.5, at + 1.5, new double[6]), within(1e-15));
    }
  }

  private static double angle(double[] d, int i, int j) {
    double dot = d[3 * i] * d[3 * j] + d[3 * i + 1] * d[3 * j + 1] + d[3 * i + 2] * d[3 * j + 2];
    return Math.acos(Math.min(1, dot));
  }
}
