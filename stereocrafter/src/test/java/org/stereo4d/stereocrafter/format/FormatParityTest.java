package org.stereo4d.stereocrafter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.warp.PlainRemapper;

class FormatParityTest {
  /** Powers and sums in single precision. */
  private static final float ANAGLYPH = 2e-6f;

  /** The reference's table of coordinates is single precision. */
  private static final float PROJECTION = 2e-4f;

  private static final float MEAN = 1e-6f;

  private static ByteImage bytes(NpzFile npz, String name, int t) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[2], shape[1]);
    int n = size.area() * shape[3];
    return ByteImage.wrap(Arrays.copyOfRange(npz.bytes(name), t * n, (t + 1) * n), size, shape[3]);
  }

  private static FloatImage floats(NpzFile npz, String name, int t) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[2], shape[1]);
    int n = size.area() * shape[3];
    return FloatImage.wrap(
        Arrays.copyOfRange(npz.floats(name), t * n, (t + 1) * n), size, shape[3]);
  }

  private static FloatImage planes(NpzFile npz, String name) throws IOException {
    int[] shape = npz.shape(name);
    return FloatImage.ofPlanes(npz.floats(name), new ImageSize(shape[2], shape[1]), shape[0]);
  }

  private static void assertClose(FloatImage actual, FloatImage expected, float tolerance) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.array().length; i++) {
      assertThat(actual.array()[i])
          .as("sample %s", i)
          .isCloseTo(expected.array()[i], within(tolerance));
    }
  }

  @Test
  void layouts_ofTheReference() throws IOException {
    Map<String, StereoFormat> formats =
        Map.of(
            "sbs", StereoFormat.FULL_SIDE_BY_SIDE,
            "top_bottom", StereoFormat.FULL_TOP_BOTTOM,
            "cross_eyed", StereoFormat.CROSS_EYED,
            "half_sbs_box", StereoFormat.HALF_SIDE_BY_SIDE,
            "half_tb_box", StereoFormat.HALF_TOP_BOTTOM,
            "row_interlaced", StereoFormat.ROW_INTERLACED);
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/stereo_formats.npz"))) {
      for (int t = 0; t < npz.shape("left")[0]; t++) {
        StereoPair pair = new StereoPair(bytes(npz, "left", t), bytes(npz, "right", t));
        for (Map.Entry<String, StereoFormat> entry : formats.entrySet()) {
          ByteImage frame = entry.getValue().pack(pair);
          assertThat(frame).as(entry.getKey()).isEqualTo(bytes(npz, entry.getKey(), t));
          assertThat(frame.size()).isEqualTo(entry.getValue().frameSize(pair.left().size()));
        }
        assertThat(Anaglyph.COLOR.pack(pair)).isEqualTo(bytes(npz, "anaglyph_reference", t));
      }
    }
  }

  @Test
  void anaglyphs_ofTheReference() throws IOException {
    Map<String, Anaglyph> methods =
        Map.of(
            "iw3_color", Anaglyph.COLOR,
            "iw3_gray", Anaglyph.GRAY,
            "iw3_half_color", Anaglyph.HALF_COLOR,
            "iw3_wimmer", Anaglyph.WIMMER,
            "iw3_wimmer2", Anaglyph.WIMMER2,
            "iw3_dubois", Anaglyph.DUBOIS,
            "iw3_dubois2", Anaglyph.DUBOIS2,
            "dubois_gamma_space", Anaglyph.DUBOIS_GAMMA);
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/stereo_formats.npz"))) {
      FloatImage left = bytes(npz, "left", 0).toFloat();
      FloatImage right = bytes(npz, "right", 0).toFloat();
      for (Map.Entry<String, Anaglyph> entry : methods.entrySet()) {
        assertClose(entry.getValue().pack(left, right), planes(npz, entry.getKey()), ANAGLYPH);
      }
    }
  }

  @Test
  void vr180_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/vr180.npz"))) {
      FloatImage picture = planes(npz, "im");
      Vr180Picture projection =
          Vr180Picture.of(
              picture.size(), Vr180Picture.REFERENCE_FOV_DEGREES, PlainRemapper.INSTANCE);
      assertClose(projection.project(picture), planes(npz, "equirect"), PROJECTION);
    }
  }

  @Test
  void grid_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/grid.npz"))) {
      for (int t = 0; t < npz.shape("left")[0]; t++) {
        SplatGrid grid =
            SplatGrid.of(
                bytes(npz, "left", t),
                floats(npz, "depth_vis", t),
                floats(npz, "mask", t),
                floats(npz, "right", t));
        ByteImage frame = grid.pack();
        assertThat(frame).isEqualTo(bytes(npz, "grid", t));
        assertThat(SplatGrid.unpack(frame)).isEqualTo(grid);
      }
    }
  }

  @Test
  void gridSplit_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/grid_split.npz"))) {
      int[] crop = npz.ints("crop_hw");
      int[] quarter = npz.ints("quad_hw");
      double[] sums = npz.doubles("mask_mean_sum");
      float[] sampled = npz.floats("mask_mean");
      double sum = 0;
      double squares = 0;
      int k = 0;
      for (int t = 0; t < npz.shape("frames")[0]; t++) {
        ByteImage frame = bytes(npz, "frames", t);
        SplatGrid grid = SplatGrid.unpack(frame);
        assertThat(grid.left().size()).isEqualTo(new ImageSize(quarter[1], quarter[0]));
        ImageSize size = new ImageSize(crop[1], crop[0]);
        assertThat(FitPolicy.CROP.fitted(grid.left().size(), SplatGrid.BLOCK)).isEqualTo(size);
        assertThat(FitPolicy.CROP.fit(grid.left(), SplatGrid.BLOCK))
            .isEqualTo(bytes(npz, "left_u8", t));
        assertThat(FitPolicy.CROP.fit(grid.right(), SplatGrid.BLOCK))
            .isEqualTo(bytes(npz, "warped_u8", t));
        FloatImage mean = SplatGrid.meanMask(frame.crop(0, quarter[0], size));
        for (float v : mean.array()) {
          sum += v;
          squares += v * (double) v;
        }
        for (int y = 0; y < size.height(); y += 4) {
          for (int x = 0; x < size.width(); x += 4) {
            assertThat(mean.at(x, y, 0)).isCloseTo(sampled[k++], within(MEAN));
          }
        }
      }
      assertThat(sum).isCloseTo(sums[0], within(1e-3 + 1e-6 * sums[0]));
      assertThat(squares).isCloseTo(sums[1], within(1e-3 + 1e-6 * sums[1]));
    }
  }

  @Test
  void clipFiles_ofTheReference() throws IOException {
    try (NpzFile grid = NpzFile.open(Golden.file("stereocrafter/clip_video_grid.npz"));
        NpzFile depth = NpzFile.open(Golden.file("stereocrafter/clip.npz"));
        NpzFile colored = NpzFile.open(Golden.file("stereocrafter/clip_depth_vis.npz"));
        NpzFile expected = NpzFile.open(Golden.file("stereocrafter/clip_expected.npz"))) {
      int[] shape = depth.shape("depth");
      ImageSize size = new ImageSize(shape[2], shape[1]);
      for (int t = 0; t < shape[0]; t++) {
        assertThat(SplatGrid.floored(floats(grid, "video_grid", t)))
            .isEqualTo(bytes(expected, "grid_u8", t));
        FloatImage d =
            FloatImage.wrap(
                Arrays.copyOfRange(depth.floats("depth"), t * size.area(), (t + 1) * size.area()),
                size,
                1);
        assertThat(SplatGrid.floored(d).grayToRgb()).isEqualTo(bytes(expected, "depth_u8_rgb", t));
        assertThat(SplatGrid.colored(d, ColorMap.INFERNO))
            .isEqualTo(SplatGrid.floored(floats(colored, "video", t)));
      }
    }
  }
}
