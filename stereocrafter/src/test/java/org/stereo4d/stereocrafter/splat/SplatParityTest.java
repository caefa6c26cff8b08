package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class SplatParityTest {
  /** The reference works in single precision throughout. */
  private static final float COLOR = 1e-4f;

  private static final float MASK = 2e-5f;

  /** The reference evaluates 2 d - 1 first: two roundings of values up to 1, times the range. */
  private static final float DISPARITY = 1e-6f;

  private static final Map<String, Double> BASES = Map.of("1", 1.0, "e", Math.E, "2", 2.0);

  private static FloatImage frame(NpzFile npz, String name, int t) throws IOException {
    int[] shape = npz.shape(name);
    int rank = shape.length;
    int channels = rank == 3 ? 1 : shape[1];
    ImageSize size = new ImageSize(shape[rank - 1], shape[rank - 2]);
    int n = channels * size.area();
    return FloatImage.ofPlanes(
        Arrays.copyOfRange(npz.floats(name), t * n, (t + 1) * n), size, channels);
  }

  private static boolean[] stable(NpzFile npz, String name, int t, int area) throws IOException {
    return Arrays.copyOfRange(npz.booleans(name), t * area, (t + 1) * area);
  }

  private static void assertColors(FloatImage actual, FloatImage expected, boolean[] stable) {
    int channels = expected.channels();
    for (int i = 0; i < stable.length; i++) {
      for (int c = 0; stable[i] && c < channels; c++) {
        assertThat(actual.array()[i * channels + c])
            .as("pixel %s channel %s", i, c)
            .isCloseTo(expected.array()[i * channels + c], within(COLOR));
      }
    }
  }

  static void assertClose(FloatImage actual, FloatImage expected, float tolerance) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.array().length; i++) {
      assertThat(actual.array()[i])
          .as("sample %s", i)
          .isCloseTo(expected.array()[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"splat_smooth", "splat_step", "splat_layers"})
  void splat_ofTheReference(String name) throws IOException {
    SplatOptions perTap = SplatOptions.DEFAULTS.withSliverThreshold(0);
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/" + name + ".npz"))) {
      double[] ranges = npz.doubles("max_disp");
      for (int t = 0; t < npz.shape("left")[0]; t++) {
        FloatImage left = frame(npz, "left", t);
        InverseDepthMap nearness = new InverseDepthMap(frame(npz, "depth", t));
        for (int i = 0; i < ranges.length; i++) {
          DisparityMap p = DisparityModel.ofMaxDisparityPx(ranges[i]).disparity(nearness);
          assertClose(
              p.px(), frame(npz, "disp_" + i, t), DISPARITY * (float) Math.max(1, ranges[i]));
          boolean[] stable = stable(npz, "stable_" + i, t, left.size().area());
          Splat whole = new RowSplatter(SplatOptions.REFERENCE).splat(left, p, -1);
          assertColors(whole.image(), frame(npz, "right_" + i, t), stable);
          assertClose(whole.occlusion(), frame(npz, "mask_" + i, t), MASK);
          assertClose(whole.coverage(), frame(npz, "coverage_" + i, t), MASK);
          Splat each = new RowSplatter(perTap).splat(left, p, -1);
          assertColors(each.image(), frame(npz, "right_pertap_" + i, t), stable);
          assertClose(each.occlusion(), frame(npz, "mask_pertap_" + i, t), MASK);
        }
        DisparityMap p = DisparityModel.ofMaxDisparityPx(ranges[1]).disparity(nearness);
        boolean[] stable = stable(npz, "stable_1", t, left.size().area());
        for (Map.Entry<String, Double> base : BASES.entrySet()) {
          SplatOptions options = SplatOptions.REFERENCE.withWeightBase(base.getValue());
          assertColors(
              new RowSplatter(options).splat(left, p, -1).image(),
              frame(npz, "right_base" + base.getKey(), t),
              stable);
        }
      }
    }
  }
}
