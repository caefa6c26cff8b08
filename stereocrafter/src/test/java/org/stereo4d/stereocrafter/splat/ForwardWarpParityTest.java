package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class ForwardWarpParityTest {
  /** Results are stored in single precision. */
  private static final float FLOAT = 1e-5f;

  private static final float FLOW_GRADIENT = 5e-5f;

  /** Single precision on a scale of 255. */
  private static final float LEVELS = 5e-3f;

  private static final float RESCALED = 1e-4f;
  private static final float EXACT = 0;

  /** One unit of the reference's integer motion, whose root is taken in single precision. */
  private static final int MOTION = 1;

  /** The depth order of equal depths is open: 1 % of the pixels may differ. */
  private static final double SHARE = 0.99;

  private static final float COLOR = 1e-4f;

  private static FloatImage planes(NpzFile npz, String name, int t) throws IOException {
    int[] shape = npz.shape(name);
    int rank = shape.length;
    ImageSize size = new ImageSize(shape[rank - 1], shape[rank - 2]);
    int channels = rank >= 3 ? shape[rank - 3] : 1;
    int n = channels * size.area();
    return FloatImage.ofPlanes(
        Arrays.copyOfRange(npz.floats(name), t * n, (t + 1) * n), size, channels);
  }

  private static FlowField flow(NpzFile npz, int t) throws IOException {
    return new FlowField(interleaved(npz, "flow", t));
  }

  private static FloatImage interleaved(NpzFile npz, String name, int t) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[2], shape[1]);
    int n = shape[3] * size.area();
    return FloatImage.wrap(
        Arrays.copyOfRange(npz.floats(name), t * n, (t + 1) * n), size, shape[3]);
  }

  private static int[] ints(NpzFile npz, String name, int t, int area) throws IOException {
    return Arrays.copyOfRange(npz.ints(name), t * area, (t + 1) * area);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fw_general", "fw_border_exact"})
  void warps_ofTheReference(String name) throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/" + name + ".npz"))) {
      int cases = npz.shape("im")[0];
      assertThat(cases).isPositive();
      for (int t = 0; t < cases; t++) {
        FloatImage image = planes(npz, "im", t);
        FlowField flow = flow(npz, t);
        SplatParityTest.assertClose(
            new ForwardWarp(TapRule.WHOLE_FOOTPRINT).warp(image, flow),
            planes(npz, "bilinear", t),
            FLOAT);
        SplatParityTest.assertClose(
            new ForwardWarp(TapRule.PER_TAP).warp(image, flow),
            planes(npz, "bilinear_pertap", t),
            FLOAT);
        NearestWarp nearest = new NearestWarp(NearestWarp.Rounding.TARGET_HALF_AWAY);
        SplatParityTest.assertClose(nearest.warp(image, flow), planes(npz, "nearest", t), EXACT);
        assertThat(nearest.winners(flow))
            .containsExactly(ints(npz, "nearest_src", t, image.size().area()));
        SplatParityTest.assertClose(
            new NearestWarp(NearestWarp.Rounding.FLOW_HALF_EVEN).warp(image, flow),
            planes(npz, "nearest_pyround", t),
            EXACT);
        assertMaxMotion(npz, t, image, flow);
      }
    }
  }

  private static void assertMaxMotion(NpzFile npz, int t, FloatImage image, FlowField flow)
      throws IOException {
    MaxMotionWarp.Result result = new MaxMotionWarp().warp(image, flow);
    SplatParityTest.assertClose(result.image(), planes(npz, "mm_out", t), FLOAT);
    SplatParityTest.assertClose(result.weight(), planes(npz, "mm_wght", t), FLOAT);
    int[] fastest = ints(npz, "mm_dbuf", t, image.size().area());
    float[] open = planes(npz, "mm_disocc", t).array();
    for (int i = 0; i < fastest.length; i++) {
      assertThat(result.fastest()[i]).isCloseTo(fastest[i], within(MOTION));
      assertThat(result.weight().array()[i] == 0).isEqualTo(open[i] == 1);
    }
  }

  @Test
  void gradients_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/fw_general.npz"))) {
      for (int t = 0; t < npz.shape("im")[0]; t++) {
        FloatImage image = planes(npz, "im", t);
        FlowField flow = flow(npz, t);
        FloatImage byOutput = planes(npz, "grad_out", t);
        for (TapRule rule : TapRule.values()) {
          String suffix = rule == TapRule.PER_TAP ? "_pertap" : "";
          ForwardWarp.Gradients got = new ForwardWarp(rule).gradients(image, flow, byOutput);
          SplatParityTest.assertClose(got.image(), planes(npz, "grad_im" + suffix, t), FLOAT);
          SplatParityTest.assertClose(
              got.flow(), interleaved(npz, "grad_flow" + suffix, t), FLOW_GRADIENT);
        }
        SplatParityTest.assertClose(
            new NearestWarp(NearestWarp.Rounding.TARGET_HALF_AWAY).gradient(flow, byOutput),
            planes(npz, "grad_im_nearest", t),
            EXACT);
        ForwardWarp warp = new ForwardWarp(TapRule.WHOLE_FOOTPRINT);
        FloatImage coverage = warp.coverage(flow);
        SplatParityTest.assertClose(coverage, planes(npz, "coverage", t), FLOAT);
        FloatImage rescaled = warp.rescaled(image, flow);
        FloatImage expected = planes(npz, "rescaled", t);
        for (int i = 0; i < expected.array().length; i++) {
          if (coverage.array()[i / 3] > 1e-3f) {
            assertThat(rescaled.array()[i]).isCloseTo(expected.array()[i], within(RESCALED));
          }
        }
      }
    }
  }

  /** Not among the test resources: the picture is of a film. */
  @Test
  void filmFrame_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/fw_real.npz"))) {
      FloatImage image = planes(npz, "im", 0);
      FlowField flow = flow(npz, 0);
      ForwardWarp warp = new ForwardWarp(TapRule.WHOLE_FOOTPRINT);
      SplatParityTest.assertClose(warp.warp(image, flow), planes(npz, "bilinear", 0), LEVELS);
      FloatImage coverage = warp.coverage(flow);
      SplatParityTest.assertClose(coverage, planes(npz, "coverage", 0), FLOAT);
      FloatImage rescaled = warp.rescaled(image, flow);
      FloatImage expected = planes(npz, "rescaled", 0);
      for (int i = 0; i < expected.array().length; i++) {
        if (coverage.array()[i / 3] > 1e-2f) {
          assertThat(rescaled.array()[i]).isCloseTo(expected.array()[i], within(10 * LEVELS));
        }
      }
      SplatParityTest.assertClose(
          new NearestWarp(NearestWarp.Rounding.TARGET_HALF_AWAY).warp(image, flow),
          planes(npz, "nearest", 0),
          EXACT);
      FloatImage mean = FloatImage.create(image.size(), 3);
      Arrays.fill(mean.array(), 1f / mean.array().length);
      ForwardWarp.Gradients gradients = warp.gradients(image, flow, mean);
      SplatParityTest.assertClose(gradients.image(), planes(npz, "grad_im_of_mean", 0), 1e-9f);
      SplatParityTest.assertClose(
          gradients.flow(), interleaved(npz, "grad_flow_of_mean", 0), 1e-6f);
    }
  }

  @Test
  void splatGradient_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/splat_grad.npz"))) {
      double least = Double.POSITIVE_INFINITY;
      for (float p : npz.floats("disp")) {
        least = Math.min(least, p);
      }
      for (int t = 0; t < npz.shape("left")[0]; t++) {
        SplatGradient.Gradients got =
            new SplatGradient(SplatOptions.REFERENCE)
                .gradients(
                    planes(npz, "left", t),
                    new DisparityMap(planes(npz, "disp", t)),
                    least,
                    planes(npz, "grad_out", t));
        SplatParityTest.assertClose(got.image(), planes(npz, "grad_left", t), FLOAT);
        SplatParityTest.assertClose(got.disparity(), planes(npz, "grad_disp", t), FLOW_GRADIENT);
      }
    }
  }

  @Test
  void depthOrder_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/depth_order_warp.npz"))) {
      FloatImage image = planes(npz, "im", 0);
      InverseDepthMap depth = new InverseDepthMap(planes(npz, "depth", 0));
      double[] cases = npz.doubles("cfgs");
      for (int k = 0; k < cases.length / 3; k++) {
        boolean both = cases[3 * k + 2] == 1;
        DisparityMap p =
            DisparityModel.ofPercentOfWidth(cases[3 * k], image.width())
                .withConvergence(cases[3 * k + 1])
                .disparity(depth);
        double half = both ? 0.5 : 1;
        assertView(npz, "k" + k + "_r", new DepthOrderWarp().warp(image, p, -half));
        if (both) {
          assertView(npz, "k" + k + "_l", new DepthOrderWarp().warp(image, p, half));
        }
      }
    }
  }

  private static void assertView(NpzFile npz, String name, DepthOrderWarp.Result result)
      throws IOException {
    FloatImage mask = planes(npz, name + "mask", 0);
    String side = name.endsWith("_r") ? "ight" : "eft";
    FloatImage expected = planes(npz, name + side, 0);
    int good = 0;
    int same = 0;
    for (int i = 0; i < mask.array().length; i++) {
      same += result.holes().array()[i] == mask.array()[i] ? 1 : 0;
      boolean close = true;
      for (int c = 0; c < 3; c++) {
        close &= Math.abs(result.image().array()[3 * i + c] - expected.array()[3 * i + c]) <= COLOR;
      }
      good += close ? 1 : 0;
    }
    assertThat(same).as(name + " mask").isGreaterThanOrEqualTo((int) (SHARE * mask.array().length));
    assertThat(good)
        .as(name + " colour")
        .isGreaterThanOrEqualTo((int) (SHARE * mask.array().length));
  }

  @Test
  void rowFill_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/row_fill.npz"))) {
      DisparityMap p =
          DisparityModel.ofMaxDisparityPx(npz.number("max_disp"))
              .disparity(new InverseDepthMap(planes(npz, "depth", 0)));
      Splat splat =
          new RowSplatter(SplatOptions.DEFAULTS.withSliverThreshold(0))
              .splat(planes(npz, "left", 0), p, -1);
      Mask holes = splat.holes();
      assertThat(holes.array()).containsExactly(npz.booleans("hole"));
      FloatImage filled = new RowFill().fill(splat.image(), holes, splat.disparity());
      SplatParityTest.assertClose(filled, planes(npz, "filled", 0), COLOR);
      float[] moved = planes(npz, "disp_right", 0).array();
      for (int i = 0; i < moved.length; i++) {
        if (!holes.array()[i]) {
          assertThat(splat.disparity().px().array()[i]).isCloseTo(moved[i], within(COLOR));
        }
      }
    }
  }
}
