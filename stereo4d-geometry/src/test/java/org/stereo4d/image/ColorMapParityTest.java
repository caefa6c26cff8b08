package org.stereo4d.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class ColorMapParityTest {
  /** The tables are decimal fractions of 5 and 6 digits, or sums of a few doubles. */
  private static final double TOLERANCE = 1e-12;

  private static void assertTable(ColorMap map, double[] expected) {
    assertThat(expected).hasSize(3 * ColorMap.ENTRIES);
    for (int i = 0; i < expected.length; i++) {
      assertThat(map.component(i / 3, i % 3)).isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  @Test
  void turboAndHsv_areTheTablesOfTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereo4d/depth_projection.npz"))) {
      assertTable(ColorMap.TURBO, npz.doubles("turbo_lut"));
      assertTable(ColorMap.HSV, npz.doubles("hsv_lut"));
    }
  }

  @Test
  void inferno_isTheTableOfTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/depth_post.npz"))) {
      assertTable(ColorMap.INFERNO, npz.doubles("inferno_lut"));
    }
  }

  @Test
  void inferno_bytesAndColouredMap() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/gray_and_color.npz"))) {
      byte[] table = npz.bytes("inferno_lut");
      for (int i = 0; i < ColorMap.ENTRIES; i++) {
        int rgb =
            (table[3 * i] & 0xff) << 16 | (table[3 * i + 1] & 0xff) << 8 | table[3 * i + 2] & 0xff;
        assertThat(ColorMap.INFERNO.rgb(i)).isEqualTo(rgb);
      }
      int[] shape = npz.shape("disp");
      FloatImage disparity =
          FloatImage.wrap(npz.floats("disp"), new ImageSize(shape[1], shape[0]), 1);
      float low = Float.MAX_VALUE;
      float high = -Float.MAX_VALUE;
      for (float v : disparity.array()) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      ByteImage colors = ColorMap.INFERNO.colorize(disparity, low, high);
      byte[] expected = npz.bytes("color_rgba");
      for (int i = 0; i < disparity.array().length; i++) {
        int entry = ColorMap.entryOf((disparity.array()[i] - low) / ((double) high - low));
        assertThat(isEntryNear(expected, i, entry)).as("pixel %s", i).isTrue();
        assertThat(colors.array()[3 * i]).isEqualTo((byte) (ColorMap.INFERNO.rgb(entry) >> 16));
      }
    }
  }

  /** The file allows a neighbouring entry, since it was computed in single precision. */
  private static boolean isEntryNear(byte[] rgba, int pixel, int entry) {
    int rgb =
        (rgba[4 * pixel] & 0xff) << 16
            | (rgba[4 * pixel + 1] & 0xff) << 8
            | rgba[4 * pixel + 2] & 0xff;
    for (int e = Math.max(0, entry - 1); e <= Math.min(255, entry + 1); e++) {
      if (ColorMap.INFERNO.rgb(e) == rgb) {
        return true;
      }
    }
    return false;
  }
}
