package org.stereo4d.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DepthLookup;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

/** Pinhole camera and rigid motion against the reference's camera class. */
class CameraModelParityTest {
  private static final String FILE = "stereo4d/camera_model.npz";

  /** Both sides compute in double; the matrix passes through a quaternion here. */
  private static final double MATRIX_TOLERANCE = 1e-12;

  private static final double FOV_TOLERANCE_DEGREES = 1e-10;

  /** The depth map is float32. */
  private static final double WORLD_TOLERANCE_METERS = 1e-6;

  private static final double PROJECTION_TOLERANCE_PX = 1e-9;
  private static final double DEPTH_TOLERANCE_METERS = 1e-12;

  private static PinholeCamera camera(NpzFile npz) throws IOException {
    int[] heightWidth = npz.ints("im_hw");
    ImageSize size = new ImageSize(heightWidth[1], heightWidth[0]);
    return PinholeCamera.ofNormalized(size, npz.doubles("intr_normalized"));
  }

  private static Rigid3 cameraFromWorld(NpzFile npz) throws IOException {
    return Rigid3.ofMatrix34(npz.doubles("extr"));
  }

  @Test
  void inverse_ofExtrinsics_isCameraToWorld() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      double[] expected = npz.doubles("c2w");
      double[] actual = cameraFromWorld(npz).inverse().toMatrix34();
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(MATRIX_TOLERANCE));
      }
    }
  }

  @Test
  void intrinsics_fromNormalized_giveMatrixAndFieldOfView() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      PinholeCamera camera = camera(npz);
      double[] k = npz.doubles("K");
      for (int i = 0; i < 9; i++) {
        assertThat(camera.toMatrix()[i]).isCloseTo(k[i], within(MATRIX_TOLERANCE));
      }
      assertThat(camera.horizontalFovDegrees())
          .isCloseTo(npz.number("hfov_deg"), within(FOV_TOLERANCE_DEGREES));
    }
  }

  @Test
  void unproject_withRoundedLookup_isTheReferencesWorldPoint() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      PinholeCamera camera = camera(npz);
      Rigid3 worldFromCamera = cameraFromWorld(npz).inverse();
      DepthMap depth = new DepthMap(FloatImage.wrap(npz.floats("depth"), camera.size(), 1));
      double[] xy = npz.doubles("xy");
      double[] range = npz.doubles("valid_depth_range");
      double[] world = npz.doubles("world");
      boolean[] valid = npz.booleans("valid");
      assertThat(valid).contains(true).contains(false);
      for (int i = 0; i < valid.length; i++) {
        double x = xy[2 * i];
        double y = xy[2 * i + 1];
        double d = depth.at(x, y, DepthLookup.ROUND);
        Vec3 expected = new Vec3(world[3 * i], world[3 * i + 1], world[3 * i + 2]);
        Vec3 actual = worldFromCamera.apply(camera.unproject(x, y, d));
        assertThat(actual.distanceTo(expected))
            .as("point %s", i)
            .isLessThan(WORLD_TOLERANCE_METERS);
        assertThat(camera.contains(x, y) && d > range[0] && d < range[1])
            .as("point %s", i)
            .isEqualTo(valid[i]);
      }
    }
  }

  @Test
  void project_isTheReferencesPixelDepthAndFlag() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      PinholeCamera camera = camera(npz);
      Rigid3 cameraFromWorld = cameraFromWorld(npz);
      double[] points = npz.doubles("points_world");
      double[] xy = npz.doubles("proj_xy");
      double[] z = npz.doubles("proj_depth");
      boolean[] valid = npz.booleans("proj_valid");
      int behind = 0;
      for (int i = 0; i < valid.length; i++) {
        Vec3 world = new Vec3(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
        Vec3 point = cameraFromWorld.apply(world);
        double[] projected = camera.project(point);
        assertThat(point.z()).isCloseTo(z[i], within(DEPTH_TOLERANCE_METERS));
        assertThat(camera.seesProjection(projected[0], projected[1], point.z()))
            .as("point %s", i)
            .isEqualTo(valid[i]);
        if (z[i] > 0) {
          assertThat(projected[0]).isCloseTo(xy[2 * i], within(PROJECTION_TOLERANCE_PX));
          assertThat(projected[1]).isCloseTo(xy[2 * i + 1], within(PROJECTION_TOLERANCE_PX));
        } else {
          behind++; // the reference mirrors points behind the camera into the image, we give NaN
          assertThat(projected).containsOnly(Double.NaN);
        }
      }
      assertThat(behind).isLessThan(valid.length / 2);
    }
  }
}
