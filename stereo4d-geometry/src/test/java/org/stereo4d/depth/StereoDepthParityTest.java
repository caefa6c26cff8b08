package org.stereo4d.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class StereoDepthParityTest {
  /** Single precision of the stored maps. */
  private static final double RELATIVE = 1e-6;

  /** Four by four taps in single precision on values of some tens of pixels. */
  private static final double WARPED_PX = 1e-4;

  @Test
  void depth_everyRule_matches() throws IOException {
    try (NpzFile golden = NpzFile.open(Golden.file("stereo4d/disparity_depth.npz"))) {
      int[] shape = golden.shape("flow_fwd");
      ImageSize size = new ImageSize(shape[1], shape[0]);
      StereoFlow flow =
          new StereoFlow(field(golden, "flow_fwd", size), field(golden, "flow_bwd", size));
      PinholeCamera view =
          PinholeCamera.ofHorizontalFovDegrees(size, golden.doubles("hfov_deg")[0]);
      assertThat(view.focalXPx()).isCloseTo(golden.doubles("fx")[0], within(1e-9));
      StereoRig rig = new StereoRig(view, golden.doubles("baseline")[0]);

      assertThat(StereoDepth.sampleBack(flow.leftToRight(), flow.rightToLeft()).px().array())
          .containsExactly(golden.floats("flow_bwd_warped"), within((float) WARPED_PX));
      StereoDepth stage = new StereoDepth(rig, StereoDepthOptions.DEFAULTS);
      assertThat(stage.inconsistent(flow.leftToRight(), flow.rightToLeft()).array())
          .isEqualTo(golden.booleans("occlusion_mask"));

      DepthMap filtered =
          new StereoDepth(rig, StereoDepthOptions.DEFAULTS.withoutGradientRule()).left(flow);
      check(filtered, golden.floats("depth_filtered"));
      check(stage.left(flow), golden.floats("depth_final"));
      checkGradientRule(filtered, golden.booleans("gradient_mask"));
    }
  }

  private static void checkGradientRule(DepthMap filtered, boolean[] mask) {
    float[] before = filtered.meters().array();
    float[] after = StereoDepth.withoutJumps(filtered, 0.03).meters().array();
    for (int k = 0; k < mask.length; k++) {
      boolean dropped = !Float.isNaN(before[k]) && Float.isNaN(after[k]);
      assertThat(dropped).as("pixel %s", k).isEqualTo(mask[k]);
    }
  }

  private static FlowField field(NpzFile golden, String name, ImageSize size) throws IOException {
    return new FlowField(FloatImage.wrap(golden.floats(name), size, 2));
  }

  private static void check(DepthMap actual, float[] expected) {
    float[] meters = actual.meters().array();
    for (int k = 0; k < expected.length; k++) {
      if (expected[k] == 0) {
        assertThat(meters[k]).as("pixel %s", k).isNaN();
      } else {
        assertThat((double) meters[k]).isCloseTo(expected[k], within(RELATIVE * expected[k]));
      }
    }
  }
}
