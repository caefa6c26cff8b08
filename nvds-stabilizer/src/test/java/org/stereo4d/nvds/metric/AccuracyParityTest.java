package org.stereo4d.nvds.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.testing.Golden;

class AccuracyParityTest {
  // Tolerances of the golden files.
  private static final Offset<Double> LINE = within(1e-6);
  private static final Offset<Double> STATISTIC = within(1e-6);
  private static final Percentage RELATIVE = Percentage.withPercentage(0.01);
  private static final double ALIGNED = 1e-4;
  private static final double RESIZED = 1e-6;
  private static final double DEPTH = 1e-3;

  @Test
  void alignment_andRobustNormalization() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/alignment.npz"))) {
      List<InverseDepthMap> predictions = GoldenMaps.maps(npz, "pred");
      List<InverseDepthMap> targets = GoldenMaps.maps(npz, "target");
      List<Mask> masks = GoldenMaps.masks(npz, "mask");
      for (int i = 0; i < masks.size(); i++) {
        AffineAlignment line =
            AffineAlignment.between(predictions.get(i), targets.get(i), masks.get(i));
        assertThat(line.scale()).as("case %s", i).isCloseTo(npz.doubles("scale")[i], LINE);
        assertThat(line.shift()).as("case %s", i).isCloseTo(npz.doubles("shift")[i], LINE);
        float[] values = predictions.get(i).values().array();
        boolean[] mask = masks.get(i).array();
        assertNormalization(
            npz, "robust_masked", i, values, RobustNormalization.ofReference(values, mask));
        boolean[] all = new boolean[mask.length];
        Arrays.fill(all, true);
        assertNormalization(npz, "robust_full", i, values, RobustNormalization.of(values, all));
      }
    }
  }

  private static void assertNormalization(
      NpzFile npz, String name, int index, float[] values, RobustNormalization actual)
      throws IOException {
    assertThat(actual.median()).isCloseTo(npz.doubles(name + "_median")[index], STATISTIC);
    assertThat(actual.scale()).isCloseTo(npz.doubles(name + "_scale")[index], STATISTIC);
    if (actual.scale() <= 1e-6) {
      return; // a constant map: differences of rounding divided by 1e-6
    }
    float[] expected = GoldenMaps.planes(npz, name).get(index).array();
    for (int i = 0; i < values.length; i++) {
      double tolerance = 1e-4 * Math.max(1, Math.abs(expected[i]));
      assertThat(actual.apply(values[i])).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static InverseDepthMap unit16(NpzFile npz, String name) throws IOException {
    FloatImage image = GoldenMaps.planes(npz, name).get(0);
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = (float) (image.array()[i] / 65535.0);
    }
    return new InverseDepthMap(image);
  }

  private static void assertErrors(DepthErrors errors, double[] expected) {
    double[] actual = {
      errors.rmse(),
      errors.absRel(),
      errors.sqRel(),
      errors.delta1(),
      errors.delta2(),
      errors.delta3()
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("error %s", i).isCloseTo(expected[i], RELATIVE);
    }
  }

  @Test
  void vdw_everyStep() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/metrics_vdw.npz"))) {
      InverseDepthMap truth = unit16(npz, "gt_u16");
      Mask labelled = Mask.none(truth.size());
      byte[] codes = npz.bytes("mask_code");
      for (int i = 0; i < codes.length; i++) {
        labelled.array()[i] = (codes[i] & 0xff) != 255;
      }
      Mask valid = VdwProtocol.valid(truth, labelled);
      assertThat(valid).isEqualTo(GoldenMaps.masks(npz, "valid").get(0));
      VdwProtocol reference = new VdwProtocol(InlierRule.REFERENCE);
      VdwProtocol.Result result = reference.score(unit16(npz, "pred_u16"), truth, labelled);
      assertThat(
              GoldenMaps.largestDifference(
                  result.resized().values().array(), npz.floats("pred_resized_area")))
          .isLessThan(RESIZED);
      assertThat(result.alignment().scale()).isCloseTo(npz.number("scale"), RELATIVE);
      assertThat(result.alignment().shift()).isCloseTo(npz.number("shift"), RELATIVE);
      assertThat(
              GoldenMaps.largestDifference(
                  result.aligned().values().array(), npz.floats("aligned")))
          .isLessThan(ALIGNED);
      assertErrors(result.errors(), npz.doubles("errors"));
      VdwProtocol corrected = VdwProtocol.DEFAULTS;
      assertErrors(
          corrected.errors(result.aligned(), truth, valid), npz.doubles("errors_positive_only"));
      InverseDepthMap negative = GoldenMaps.maps(npz, "aligned_negative").get(0);
      assertErrors(reference.errors(negative, truth, valid), npz.doubles("errors_negative"));
      assertErrors(
          corrected.errors(negative, truth, valid), npz.doubles("errors_negative_positive_only"));
    }
  }

  @Test
  void nyu_everyStep() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/metrics_nyu.npz"))) {
      FloatImage meters = GoldenMaps.planes(npz, "gt_mm").get(0);
      for (int i = 0; i < meters.array().length; i++) {
        float mm = meters.array()[i];
        meters.array()[i] = mm > 0 ? mm / 1000 : Float.NaN;
      }
      int[] crop = npz.ints("crop");
      DepthProtocol protocol =
          DepthProtocol.NYU.withCrop(
              new DepthProtocol.Crop(
                  crop[2], crop[0], new ImageSize(crop[3] - crop[2], crop[1] - crop[0])));
      DepthProtocol.Result result = protocol.score(unit16(npz, "pred_u16"), new DepthMap(meters));
      assertThat(result.resized().values().array()).isEqualTo(npz.floats("pred_resized_nearest"));
      assertThat(result.alignment().scale()).isCloseTo(npz.number("scale"), RELATIVE);
      assertThat(result.alignment().shift()).isCloseTo(npz.number("shift"), RELATIVE);
      assertThat(GoldenMaps.largestDifference(result.depth().meters().array(), npz.floats("depth")))
          .isLessThan(DEPTH);
      assertErrors(result.errors(), npz.doubles("errors"));
    }
  }

  @Test
  void losses_everyTerm() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/losses.npz"))) {
      List<InverseDepthMap> predictions = GoldenMaps.maps(npz, "pred");
      List<InverseDepthMap> targets = GoldenMaps.maps(npz, "target");
      List<Mask> masks = GoldenMaps.masks(npz, "mask");
      List<FloatImage> warpedRgb = GoldenMaps.images(npz, "warp_rgb", 3, 1 / 255.0);
      List<FloatImage> rgb = GoldenMaps.images(npz, "cur_rgb", 3, 1 / 255.0);
      List<SpatialLoss.Example> batch = new ArrayList<>();
      double temporal = 0;
      for (int i = 0; i < masks.size(); i++) {
        batch.add(new SpatialLoss.Example(predictions.get(i), targets.get(i), masks.get(i)));
        temporal +=
            OpwMetric.DEFAULTS.ofWarped(
                new OpwMetric.View(warpedRgb.get(i), predictions.get(i)),
                new OpwMetric.View(rgb.get(i), targets.get(i)));
      }
      SpatialLoss loss = SpatialLoss.DEFAULTS.withReferenceMedian(true);
      SpatialLoss.Value value = loss.of(batch);
      assertThat(value.data()).isCloseTo(npz.number("mae"), RELATIVE);
      double[] gradients = npz.doubles("grad_scales");
      for (int k = 0; k < gradients.length; k++) {
        assertThat(value.gradients().get(k)).isCloseTo(gradients[k], RELATIVE);
      }
      assertThat(value.total()).isCloseTo(npz.number("spatial_total"), RELATIVE);
      assertThat(loss.withTrimmedShare(0.2).of(batch).data())
          .isCloseTo(npz.number("mae_trim20"), RELATIVE);
      assertThat(temporal / masks.size())
          .isCloseTo(npz.number("temporal"), Percentage.withPercentage(0.1));
    }
  }
}
