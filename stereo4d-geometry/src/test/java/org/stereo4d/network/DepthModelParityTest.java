package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

/** Sizes and inputs as the projects of the networks make them. */
class DepthModelParityTest {
  /** The tolerance of the golden files: inputs are resized in single precision. */
  private static final float INPUT_TOLERANCE = 2e-5f;

  private static final SizeRule[] METHODS = {
    SizeRule.MINIMAL, SizeRule.UPPER_BOUND, SizeRule.LOWER_BOUND
  };

  @Test
  void sizeFor_everyRowOfTheTable() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/predictor_sizes.npz"))) {
      int[] table = npz.ints("table");
      int rows = npz.shape("table")[0];
      for (int i = 0; i < 7 * rows; i += 7) {
        ImageSize picture = new ImageSize(table[i], table[i + 1]);
        int multiple = table[i + 3];
        ImageSize size = METHODS[table[i + 4]].sizeFor(picture, table[i + 2], multiple);
        // where the reference returns 0 the size is one multiple
        assertThat(size)
            .as("row %s", i / 7)
            .isEqualTo(
                new ImageSize(Math.max(multiple, table[i + 5]), Math.max(multiple, table[i + 6])));
      }
      assertThat(rows).isPositive();
    }
  }

  @Test
  void prepare_dpt() throws IOException {
    assertInput("networks/dpt.npz", DepthModel.DPT_LARGE);
  }

  @Test
  void prepare_midas() throws IOException {
    assertInput("networks/dpt_midas.npz", DepthModel.MIDAS_V21);
  }

  @Test
  void prepare_depthAnything() throws IOException {
    assertInput("networks/depth-anything-v2.npz", DepthModel.DEPTH_ANYTHING_V2);
  }

  private static void assertInput(String file, DepthModel model) throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(file))) {
      int[] shape = npz.shape("raw_rgb");
      ByteImage rgb = ByteImage.wrap(npz.bytes("raw_rgb"), new ImageSize(shape[1], shape[0]), 3);
      FloatImage input = model.withTargetPx(npz.ints("raw_target")[0]).prepare(rgb);
      int[] expected = npz.shape("raw_input");
      assertThat(input.size()).isEqualTo(new ImageSize(expected[3], expected[2]));
      float[] actual = input.planes();
      float[] wanted = npz.floats("raw_input");
      for (int i = 0; i < wanted.length; i++) {
        assertThat(actual[i]).as("sample %s", i).isCloseTo(wanted[i], within(INPUT_TOLERANCE));
      }
    }
  }
}
