package org.stereo4d.stereocrafter.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.stereocrafter.splat.DisparityModel;
import org.stereo4d.testing.Golden;

class RoundTripHolesParityTest {
  /** The depth order of equal depths is open: 1 % of the pixels may differ. */
  private static final double SHARE = 0.99;

  /** What the set was made with. */
  private static final double DIVERGENCE_PERCENT = 8;

  @Test
  void holes_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/selfsup_mask.npz"))) {
      int[] shape = npz.shape("depth");
      ImageSize size = new ImageSize(shape[1], shape[0]);
      DisparityMap p =
          DisparityModel.ofPercentOfWidth(DIVERGENCE_PERCENT, size.width())
              .withConvergence(0)
              .disparity(new InverseDepthMap(FloatImage.wrap(npz.floats("depth"), size, 1)));
      // each view takes half of the divergence
      float[] raw = RoundTripHoles.raw(p, -0.5).array();
      Mask closed = RoundTripHoles.of(p, -0.5);
      float[] expected = npz.floats("mask");
      float[] expectedClosed = npz.floats("mask_closed");
      int same = 0;
      int sameClosed = 0;
      for (int i = 0; i < raw.length; i++) {
        same += raw[i] == expected[i] ? 1 : 0;
        sameClosed += closed.array()[i] == expectedClosed[i] > 0 ? 1 : 0;
      }
      assertThat(same).isGreaterThanOrEqualTo((int) (SHARE * raw.length));
      assertThat(sameClosed).isGreaterThanOrEqualTo((int) (SHARE * raw.length));
    }
  }
}
