package org.stereo4d.nvds.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.flow.FlowWarp;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.testing.Golden;

class OpwMetricParityTest {
  // Tolerances of the golden files; the reference works in single precision.
  private static final double NORMALIZED = 1e-4;
  private static final double WEIGHT_BYTE = 3e-2;
  private static final double WEIGHT_BYTE_MEAN = 1e-3;
  private static final double WEIGHT_UNIT = 1e-4;
  private static final Percentage OPW = Percentage.withPercentage(0.1);
  private static final Percentage OPW_UNIT = Percentage.withPercentage(0.01);
  private static final double MASK_SHARE = 0.002;
  private static final Percentage THRESHOLDED = Percentage.withPercentage(0.5);
  private static final double RELATIVE_CONSISTENCY = 2e-3;

  private static final OpwMetric BYTE = OpwMetric.DEFAULTS;
  private static final OpwMetric UNIT = BYTE.withColors(ColorRange.UNIT);

  private static OpwMetric.View view(NpzFile npz, String rgb, String map) throws IOException {
    return new OpwMetric.View(
        GoldenMaps.images(npz, rgb, 3, 1 / 255.0).get(0), GoldenMaps.maps(npz, map).get(0));
  }

  private static float[] normalized(float[] values) {
    boolean[] all = Mask.none(new ImageSize(values.length, 1)).not().array();
    RobustNormalization normalization = RobustNormalization.of(values, all);
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) normalization.apply(values[i]);
    }
    return out;
  }

  @Test
  void pair_everyStep() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/opw_pairs.npz"))) {
      int pairs = 0;
      for (String p = "p0_"; npz.has(p + "flow"); p = "p" + ++pairs + "_") {
        OpwMetric.View previous = view(npz, p + "rgb_prev", p + "disp_prev");
        OpwMetric.View current = view(npz, p + "rgb_cur", p + "disp_cur");
        FlowField flow = GoldenMaps.flows(npz, p + "flow").get(0);
        FlowWarp warp = new FlowWarp(Border.ZERO);
        float[] warped = warp.warp(previous.map().values(), flow).array();
        assertThat(OpwMetric.inBounds(flow))
            .isEqualTo(GoldenMaps.masks(npz, p + "inbounds").get(0));
        assertThat(GoldenMaps.largestDifference(normalized(warped), npz.floats(p + "norm_warp")))
            .isLessThan(NORMALIZED);
        assertThat(
                GoldenMaps.largestDifference(
                    normalized(current.map().values().array()), npz.floats(p + "norm_cur")))
            .isLessThan(NORMALIZED);
        FloatImage colors = warp.warp(previous.rgb(), flow);
        assertWeights(BYTE.colorWeight(colors, current.rgb()), npz.floats(p + "weight255"));
        assertThat(
                GoldenMaps.largestDifference(
                    UNIT.colorWeight(colors, current.rgb()), npz.floats(p + "weight1")))
            .isLessThan(WEIGHT_UNIT);
        assertThat(BYTE.pair(previous, current, flow)).isCloseTo(npz.number(p + "opw"), OPW);
        assertThat(UNIT.pair(previous, current, flow))
            .isCloseTo(npz.number(p + "opw_unit"), OPW_UNIT);
        assertThat(BYTE.withVariant(OpwVariant.VALID_ONLY).pair(previous, current, flow))
            .isCloseTo(npz.number(p + "opw_valid"), OPW);
        assertThat(UNIT.withVariant(OpwVariant.VALID_ONLY).pair(previous, current, flow))
            .isCloseTo(npz.number(p + "opw_valid_unit"), OPW_UNIT);
        assertThresholded(npz, p, ThresholdedConsistency.of(previous, current, flow));
      }
      assertThat(pairs).isPositive();
    }
  }

  private static void assertWeights(float[] actual, float[] expected) {
    assertThat(GoldenMaps.largestDifference(actual, expected)).isLessThan(WEIGHT_BYTE);
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += actual[i] - expected[i];
    }
    assertThat(sum / actual.length).isCloseTo(0, within(WEIGHT_BYTE_MEAN));
  }

  private static void assertThresholded(NpzFile npz, String p, ThresholdedConsistency actual)
      throws IOException {
    boolean[] expected = GoldenMaps.masks(npz, p + "thr_mask").get(0).array();
    int differ = 0;
    for (int i = 0; i < expected.length; i++) {
      differ += expected[i] == actual.mask().array()[i] ? 0 : 1;
    }
    assertThat(differ).isLessThanOrEqualTo((int) (MASK_SHARE * expected.length));
    assertThat(actual.opw()).isCloseTo(npz.number(p + "opw_thr"), THRESHOLDED);
    assertThat(actual.relativeConsistency())
        .isCloseTo(npz.number(p + "rtc"), within(RELATIVE_CONSISTENCY));
  }

  @Test
  void sequence_pairsAndBothMeans() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/opw_sequence.npz"))) {
      List<FloatImage> rgb = GoldenMaps.images(npz, "rgb", 3, 1 / 255.0);
      List<InverseDepthMap> maps = GoldenMaps.maps(npz, "disp");
      List<FlowField> flows = GoldenMaps.flows(npz, "flow");
      List<OpwMetric.View> views = new ArrayList<>();
      for (int t = 0; t < maps.size(); t++) {
        views.add(new OpwMetric.View(rgb.get(t), maps.get(t)));
      }
      OpwScore score = BYTE.sequence(views, flows::get);
      assertPairs(score, npz.doubles("opw_pairs"));
      assertPairs(UNIT.sequence(views, flows::get), npz.doubles("opw_unit_pairs"));
      assertPairs(
          BYTE.withVariant(OpwVariant.VALID_ONLY).sequence(views, flows::get),
          npz.doubles("opw_valid_pairs"));
      assertThat(score.sum()).isCloseTo(npz.number("opw_sum"), OPW);
      assertThat(score.meanOverFrames()).isCloseTo(npz.number("opw_mean_over_frames"), OPW);
      assertThat(score.meanOverPairs()).isCloseTo(npz.number("opw_mean_over_pairs"), OPW);
    }
  }

  private static void assertPairs(OpwScore score, double[] expected) {
    assertThat(score.pairs()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(score.pairs().get(i)).isCloseTo(expected[i], OPW);
    }
  }
}
