package org.stereo4d.warp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class RemapParityTest {
  /** Both sides compute in double; the figure is the README's. */
  private static final double DOUBLE_MAP_PX = 1e-6;

  /** Near a pole atan2 of two vanishing numbers loses digits. */
  private static final double POLE_MAP_PX = 1e-4;

  private static final double POLE_DEGREES = 0.01;

  /** The reference evaluates this map in single precision. */
  private static final double FLOAT_MAP_PX = 1e-3;

  private static Rotation3 rotation(double[] matrices, int index) {
    return Rotation3.ofMatrix(java.util.Arrays.copyOfRange(matrices, 9 * index, 9 * index + 9));
  }

  @Test
  void rectification_maps_match() throws IOException {
    NpzFile golden = NpzFile.open(Golden.file("stereo4d/rectification_maps.npz"));
    long[] hw = golden.longs("eye_hw");
    ImageSize eye = new ImageSize((int) hw[1], (int) hw[0]);
    double[] rotations = golden.doubles("rotations");
    for (String fov : new String[] {"A", "B"}) {
      EquirectCamera camera = EquirectCamera.of(eye, FovBounds.of(golden.doubles("fov_" + fov)));
      for (int k = 0; golden.has("map64_x_" + fov + "_" + k); k++) {
        CameraWarp warp = new CameraWarp(camera, camera, rotation(rotations, k));
        String suffix = fov + "_" + k;
        compare(
            warp,
            golden.doubles("map64_x_" + suffix),
            golden.doubles("map64_y_" + suffix),
            DOUBLE_MAP_PX);
        compare(
            warp,
            golden.doubles("map_x_" + suffix),
            golden.doubles("map_y_" + suffix),
            FLOAT_MAP_PX);
      }
    }
  }

  private static void compare(CameraWarp warp, double[] us, double[] vs, double tolerancePx) {
    ImageSize source = warp.source().size();
    ImageSize target = warp.target().size();
    double[] x = new double[target.width()];
    double[] y = new double[target.width()];
    int compared = 0;
    for (int row = 0; row < target.height(); row++) {
      warp.row(row, x, y);
      for (int column = 0; column < target.width(); column++) {
        double u = us[row * target.width() + column];
        double v = vs[row * target.width() + column];
        boolean inside = u >= 0 && v >= 0 && u <= source.width() - 1 && v <= source.height() - 1;
        if (inside) {
          Vec3 ray = warp.source().ray(u + 0.5, v + 0.5);
          boolean pole = Math.abs(ray.y()) > Math.cos(Math.toRadians(POLE_DEGREES));
          double tolerance = pole ? Math.max(POLE_MAP_PX, tolerancePx) : tolerancePx;
          assertThat(x[column]).isCloseTo(u, within(tolerance));
          assertThat(y[column]).isCloseTo(v, within(tolerance));
          compared++;
        } else {
          boolean ours =
              x[column] >= tolerancePx
                  && y[column] >= tolerancePx
                  && x[column] <= source.width() - 1 - tolerancePx
                  && y[column] <= source.height() - 1 - tolerancePx;
          assertThat(ours).as("outside at row %s column %s", row, column).isFalse();
        }
      }
    }
    assertThat(compared).isGreaterThan(target.area() / 4);
  }

  @Test
  void production_maps_match() throws IOException {
    NpzFile golden = NpzFile.open(Golden.file("stereo4d/production_size_maps.npz"));
    int out = (int) golden.longs("out_size")[0];
    int size = (int) golden.longs("equirect_size")[0];
    EquirectCamera eye =
        EquirectCamera.of(new ImageSize(size, size), FovBounds.of(golden.doubles("fov")));
    PinholeCamera view =
        PinholeCamera.ofHorizontalFovDegrees(new ImageSize(out, out), golden.doubles("hfov")[0]);
    assertThat(view.focalXPx()).isCloseTo(golden.doubles("focal")[0], within(1e-9));
    Rotation3 rig = Rotation3.ofMatrix(golden.doubles("R"));
    compareSamples(golden, new CameraWarp(eye, eye, rig), "rect_idx", "rect_map");
    compareSamples(golden, new CameraWarp(view, eye, Rotation3.IDENTITY), "pers_idx", "pers_map");
    compareSamples(golden, new CameraWarp(view, eye, rig), "pers_idx", "composed_map");
  }

  private static void compareSamples(NpzFile golden, CameraWarp warp, String index, String map)
      throws IOException {
    long[] samples = golden.longs(index);
    double[] us = golden.doubles(map + "_x");
    double[] vs = golden.doubles(map + "_y");
    ImageSize source = warp.source().size();
    double[] x = new double[warp.target().size().width()];
    double[] y = new double[warp.target().size().width()];
    for (int i = 0; i < samples.length; i++) {
      warp.row((int) samples[i], x, y);
      for (int j = 0; j < samples.length; j++) {
        double u = us[i * samples.length + j];
        double v = vs[i * samples.length + j];
        if (u >= 0 && v >= 0 && u <= source.width() - 1 && v <= source.height() - 1) {
          assertThat(x[(int) samples[j]]).isCloseTo(u, within(DOUBLE_MAP_PX));
          assertThat(y[(int) samples[j]]).isCloseTo(v, within(DOUBLE_MAP_PX));
        }
      }
    }
  }

  @Test
  void perspective_raysRotationsAndMaps_match() throws IOException {
    NpzFile golden = NpzFile.open(Golden.file("stereo4d/perspective_maps.npz"));
    for (int k = 0; golden.has("params_" + k); k++) {
      double[] p = golden.doubles("params_" + k);
      FovBounds bounds = FovBounds.of(golden.doubles(p[8] == 0 ? "fov_A" : "fov_B"));
      PinholeCamera view =
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize((int) p[1], (int) p[0]), p[2]);
      EquirectCamera eye = EquirectCamera.of(new ImageSize((int) p[7], (int) p[6]), bounds);
      Rotation3 rotation = Rotation3.ofYawPitchRollDegrees(p[5], p[4], p[3]);
      assertThat(rotation.toMatrix())
          .containsExactly(golden.doubles("rotation_c2w_" + k), within(1e-12));
      assertThat(view.focalXPx()).isCloseTo(golden.doubles("focal_" + k)[0], within(1e-9));
      checkRays(view, rotation, golden.doubles("rays_" + k));
      checkMap(golden, new CameraWarp(view, eye, rotation), k);
    }
  }

  private static void checkRays(PinholeCamera view, Rotation3 rotation, double[] rays) {
    for (int i = 0; i < view.size().area(); i++) {
      Vec3 ray =
          rotation.apply(view.ray(i % view.size().width() + 0.5, i / view.size().width() + 0.5));
      assertThat(new double[] {ray.x(), ray.y(), ray.z()})
          .containsExactly(
              new double[] {rays[3 * i], rays[3 * i + 1], rays[3 * i + 2]}, within(1e-12));
    }
  }

  private static void checkMap(NpzFile golden, CameraWarp warp, int k) throws IOException {
    double[] us = golden.doubles("map_x_" + k);
    double[] vs = golden.doubles("map_y_" + k);
    double[] us32 = golden.doubles("map32_x_" + k);
    double[] vs32 = golden.doubles("map32_y_" + k);
    int width = warp.target().size().width();
    double[] x = new double[width];
    double[] y = new double[width];
    for (int i = 0; i < us.length; i++) {
      if (i % width == 0) {
        warp.row(i / width, x, y);
      }
      assertThat(x[i % width]).isCloseTo(us[i], within(1e-8));
      assertThat(y[i % width]).isCloseTo(vs[i], within(1e-8));
      assertThat(x[i % width]).isCloseTo(us32[i], within(FLOAT_MAP_PX));
      assertThat(y[i % width]).isCloseTo(vs32[i], within(FLOAT_MAP_PX));
    }
  }

  @Test
  void images_twoPassAreBitEqualAndComposedIsExact() throws IOException {
    NpzFile golden = NpzFile.open(Golden.file("stereo4d/remap_images.npz"));
    int[] shape = golden.shape("sbs");
    ByteImage frame = ByteImage.wrap(golden.bytes("sbs"), new ImageSize(shape[1], shape[0]), 3);
    int out = (int) golden.longs("out_size")[0];
    PinholeCamera view =
        PinholeCamera.ofHorizontalFovDegrees(new ImageSize(out, out), golden.doubles("hfov")[0]);
    for (String rig : new String[] {"identity", "rig"}) {
      double[] rotations = golden.doubles("rotations_" + rig);
      Vr180Calibration calibration =
          new Vr180Calibration(
              FovBounds.of(golden.doubles("fov")), rotation(rotations, 0), rotation(rotations, 1));
      Rectifier twoPass =
          new Rectifier(
              calibration, RectifierOptions.DEFAULTS.withView(view).withMode(RemapMode.TWO_PASS));
      StereoPair equirect = twoPass.rectifyEquirect(frame);
      byte[] expected = golden.bytes("rectified_sbs_" + rig);
      assertThat(differing(equirect.joinSideBySide().contiguous(), expected, 0)).isZero();
      StereoPair views = twoPass.rectify(frame);
      checkView(views.left(), golden.bytes("left_" + rig));
      checkView(views.right(), golden.bytes("right_" + rig));
      checkComposed(golden, calibration, frame, view, rig);
    }
  }

  /** One level may differ on a few pixels, where a float32 map differs in its last bit. */
  private static void checkView(ByteImage view, byte[] expected) {
    assertThat(differing(view.contiguous(), expected, 1)).isZero();
    assertThat(differing(view.contiguous(), expected, 0))
        .isLessThanOrEqualTo(expected.length / 500);
  }

  private static int differing(byte[] actual, byte[] expected, int tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    int n = 0;
    for (int i = 0; i < actual.length; i++) {
      n += Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)) > tolerance ? 1 : 0;
    }
    return n;
  }

  private static void checkComposed(
      NpzFile golden, Vr180Calibration calibration, ByteImage frame, PinholeCamera view, String rig)
      throws IOException {
    StereoPair eyes = StereoPair.splitSideBySide(frame);
    EquirectCamera eye = calibration.eye(eyes.left().size());
    StereoPair ours =
        new Rectifier(calibration, RectifierOptions.DEFAULTS.withView(view)).rectify(frame);
    double[] left = exact(new CameraWarp(view, eye, calibration.leftFromRectified()), eyes.left());
    double[] right =
        exact(new CameraWarp(view, eye, calibration.rightFromRectified()), eyes.right());
    assertThat(left).containsExactly(golden.doubles("left_composed_" + rig), within(1e-6));
    assertThat(right).containsExactly(golden.doubles("right_composed_" + rig), within(1e-6));
    // rounding to a level twice costs up to 1; rounding coordinates to 1/256 px up to another half
    for (int i = 0; i < left.length; i++) {
      assertThat((double) (ours.left().contiguous()[i] & 0xff)).isCloseTo(left[i], within(1.5));
      assertThat((double) (ours.right().contiguous()[i] & 0xff)).isCloseTo(right[i], within(1.5));
    }
  }

  /** Bilinear interpolation in double at double coordinates: the definition. */
  static double[] exact(CameraWarp warp, ByteImage source) {
    int width = warp.target().size().width();
    double[] out = new double[warp.target().size().area() * source.channels()];
    double[] u = new double[width];
    double[] v = new double[width];
    for (int y = 0; y < warp.target().size().height(); y++) {
      warp.row(y, u, v);
      for (int x = 0; x < width; x++) {
        int x0 = (int) Math.floor(u[x]);
        int y0 = (int) Math.floor(v[x]);
        for (int c = 0; c < source.channels(); c++) {
          double fx = u[x] - x0;
          double fy = v[x] - y0;
          out[(y * width + x) * source.channels() + c] =
              (1 - fy) * ((1 - fx) * at(source, x0, y0, c) + fx * at(source, x0 + 1, y0, c))
                  + fy
                      * ((1 - fx) * at(source, x0, y0 + 1, c) + fx * at(source, x0 + 1, y0 + 1, c));
        }
      }
    }
    return out;
  }

  private static double at(ByteImage image, int x, int y, int c) {
    int column = Border.ZERO.index(x, image.width());
    int row = Border.ZERO.index(y, image.height());
    return column < 0 || row < 0 ? 0 : image.at(column, row, c);
  }
}
