package org.stereo4d.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class FlowParityTest {
  /** Tolerances of the golden files; the reference samples in single precision. */
  private static final float WARP_TOLERANCE = 1e-4f;

  private static final float COLOR_TOLERANCE = 3e-3f; // of 255
  private static final float DISPARITY_TOLERANCE = 1e-5f;

  /** Pixels nearer to the bound than this may fall on either side. */
  private static final float MARGIN = 1e-3f;

  private static FloatImage planes(NpzFile npz, String name) throws IOException {
    int[] shape = npz.shape(name);
    int rank = shape.length;
    ImageSize size = new ImageSize(shape[rank - 1], shape[rank - 2]);
    return FloatImage.ofPlanes(npz.floats(name), size, rank == 2 ? 1 : shape[0]);
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
  void consistency_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/fb_consistency.npz"))) {
      FlowField forward = new FlowField(planes(npz, "flow_fwd"));
      FlowField backward = new FlowField(planes(npz, "flow_bwd"));
      assertClose(
          new FlowWarp(Border.ZERO).warp(backward.px(), forward),
          planes(npz, "warped_bwd"),
          WARP_TOLERANCE);
      FlowConsistency check = new FlowConsistency(npz.number("alpha"), npz.number("beta"));
      Mask occluded = check.inconsistent(forward, backward);
      float[] margin = npz.floats("margin_fwd");
      byte[] expected = npz.bytes("fwd_occ");
      int compared = 0;
      for (int i = 0; i < margin.length; i++) {
        if (Math.abs(margin[i]) > MARGIN) {
          assertThat(occluded.array()[i]).as("pixel %s", i).isEqualTo(expected[i] != 0);
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(margin.length * 9 / 10);
    }
  }

  @Test
  void warp_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/opw_pairs.npz"))) {
      int pairs = 0;
      for (; npz.has("p" + pairs + "_flow"); pairs++) {
        String p = "p" + pairs + "_";
        FlowField flow = new FlowField(planes(npz, p + "flow"));
        FlowWarp warp = new FlowWarp(Border.ZERO);
        assertClose(
            warp.warp(planes(npz, p + "rgb_prev"), flow),
            planes(npz, p + "warp_rgb"),
            COLOR_TOLERANCE);
        assertClose(
            warp.warp(planes(npz, p + "disp_prev"), flow),
            planes(npz, p + "warp_disp"),
            DISPARITY_TOLERANCE);
      }
      assertThat(pairs).isPositive();
    }
  }
}
