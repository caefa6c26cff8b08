package org.stereo4d.nvds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.network.ColorNormalization;
import org.stereo4d.testing.Golden;

/** Windows, mixes, inputs and outputs of the reference program. */
class WindowParityTest {
  // Tolerances of the golden files.
  private static final double MIX = 1e-6;
  private static final double UNIT = 1e-6;
  private static final double COLOR = 1e-5;

  /** The cubic is summed in single precision here, in double there. */
  private static final double CUBIC = 2e-6;

  @Test
  void window_everyLengthStepRuleAndDirection() throws IOException {
    Pattern pattern = Pattern.compile("n(\\d+)_step(\\d+)_(fixed|scaled)_(fwd|bwd)");
    int cases = 0;
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/window_index.npz"))) {
      for (String name : npz.names()) {
        Matcher m = pattern.matcher(name);
        assertThat(m.matches()).as(name).isTrue();
        int n = Integer.parseInt(m.group(1));
        WindowSelector selector =
            WindowSelector.DEFAULTS
                .withRule(m.group(3).equals("fixed") ? WindowRule.FIXED : WindowRule.SCALED)
                .withClipStep(Integer.parseInt(m.group(2)));
        Direction direction = m.group(4).equals("fwd") ? Direction.FORWARD : Direction.BACKWARD;
        int[] expected = npz.ints(name);
        for (int f = 0; f < n; f++) {
          assertThat(selector.window(f, n, direction))
              .as("%s frame %s", name, f)
              .isEqualTo(Arrays.copyOfRange(expected, 4 * f, 4 * f + 4));
        }
        cases++;
      }
    }
    assertThat(cases).isPositive();
  }

  @Test
  void mix_everyBranch() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/mix_rule.npz"))) {
      int cases = 0;
      for (String c = "c0_"; npz.has(c + "opw"); c = "c" + ++cases + "_") {
        double[] opw = npz.doubles(c + "opw");
        InverseDepthMap mix =
            PassMix.of(
                MixBranch.ofErrors(opw[0], opw[1], opw[2]),
                GoldenMaps.maps(npz, c + "fwd").get(0),
                GoldenMaps.maps(npz, c + "bwd").get(0));
        assertThat(GoldenMaps.largestDifference(mix.values().array(), npz.floats(c + "mix")))
            .as(c)
            .isLessThan(MIX);
      }
      assertThat(cases).isPositive();
    }
  }

  @Test
  void inputs_quantisedResizedNormalised() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/prepare_inputs.npz"))) {
      int cases = 0;
      for (String c = "c0_"; npz.has(c + "raw"); c = "c" + ++cases + "_") {
        int[] hw = npz.ints(c + "size");
        ImageSize size = new ImageSize(hw[1], hw[0]);
        InverseDepthMap raw = GoldenMaps.maps(npz, c + "raw").get(0);
        FloatImage levels = DepthLevels.of(List.of(raw)).levels(raw);
        assertThat(GoldenMaps.largestDifference(levels.array(), npz.floats(c + "u16")))
            .as(c)
            .isLessThanOrEqualTo(1);
        FloatImage given = GoldenMaps.planes(npz, c + "u16").get(0);
        FloatImage resized = new ImageResizer(ResizeFilter.NEAREST).resize(given, size);
        assertThat(resized.array()).isEqualTo(npz.floats(c + "u16_resized_nearest"));
        InverseDepthMap map = new InverseDepthMap(resized);
        assertThat(
                GoldenMaps.largestDifference(
                    DepthLevels.of(List.of(map)).unit(map).array(), npz.floats(c + "disp01")))
            .isLessThan(UNIT);
        FloatImage rgb =
            new ImageResizer(ResizeFilter.CUBIC)
                .resize(GoldenMaps.frames(npz, c + "rgb").get(0).toFloat(), size);
        assertThat(GoldenMaps.largestDifference(rgb.array(), npz.floats(c + "rgb_resized_cubic")))
            .isLessThan(CUBIC);
        assertColors(npz, c + "rgb_imagenet", ColorNormalization.IMAGENET.apply(rgb));
        assertColors(npz, c + "rgb_half", ColorNormalization.HALF.apply(rgb));
      }
      assertThat(cases).isPositive();
    }
  }

  private static void assertColors(NpzFile npz, String name, FloatImage actual) throws IOException {
    assertThat(GoldenMaps.largestDifference(actual.planes(), npz.floats(name)))
        .as(name)
        .isLessThan(COLOR);
  }

  @Test
  void output_grayAndColour() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/gray_and_color.npz"))) {
      InverseDepthMap map = GoldenMaps.maps(npz, "disp").get(0);
      DepthLevels levels = DepthLevels.of(List.of(map));
      assertThat(GoldenMaps.largestDifference(levels.levels(map).array(), npz.floats("gray_u16")))
          .isLessThanOrEqualTo(1);
      InverseDepthMap edge = GoldenMaps.maps(npz, "edge_disp").get(0);
      assertThat(DepthLevels.of(List.of(edge)).levels(edge).array())
          .isEqualTo(npz.floats("edge_u16"));
      byte[] table = npz.bytes("inferno_lut");
      byte[] expected = npz.bytes("color_rgba");
      byte[] actual = ResultFolder.colors(map, levels).array();
      for (int i = 0; i < expected.length; i += 4) {
        int entry = entry(table, actual, i);
        assertThat(actual[i + 3]).isEqualTo(expected[i + 3]);
        assertThat(Math.abs(entry - entry(table, expected, i))).isLessThanOrEqualTo(1);
      }
    }
  }

  private static int entry(byte[] table, byte[] rgba, int at) {
    for (int k = 0; k < 256; k++) {
      if (table[3 * k] == rgba[at]
          && table[3 * k + 1] == rgba[at + 1]
          && table[3 * k + 2] == rgba[at + 2]) {
        return k;
      }
    }
    throw new AssertionError("no colour of the table at " + at);
  }
}
