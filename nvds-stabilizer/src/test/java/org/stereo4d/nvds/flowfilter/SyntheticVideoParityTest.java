package org.stereo4d.nvds.flowfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.EndPointErrors;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.ClipProtocol;
import org.stereo4d.nvds.metric.DepthErrors;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.nvds.metric.VdwProtocol;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.Golden;

/** The acceptance clip: layers that move over each other, with ground truth and flicker. */
class SyntheticVideoParityTest {
  private static final double OPW_SHARE = 0.33;
  private static final double ABS_REL_SHARE = 0.70;
  private static final double TRUTH_ABS_REL = 0.005;
  private static final double DIS_ERROR_PX = 0.40;

  /** Scores of the reference are rounded nowhere; ours use the same exact flow. */
  private static final Percentage SCORE = Percentage.withPercentage(0.2);

  private record Scores(double opw, double delta1, double absRel, double clipDelta1) {}

  private static FlowField exact(
      Mask anyOfSize, byte[] layer, int offset, double[] velocity, int sign) {
    FloatImage flow = FloatImage.create(anyOfSize.size(), 2);
    for (int i = 0; i < anyOfSize.array().length; i++) {
      int k = layer[offset + i] & 0xff;
      flow.array()[2 * i] = (float) (sign * velocity[2 * k]);
      flow.array()[2 * i + 1] = (float) (sign * velocity[2 * k + 1]);
    }
    return new FlowField(flow);
  }

  private static Scores score(
      List<ByteImage> frames,
      List<InverseDepthMap> maps,
      List<InverseDepthMap> truth,
      List<FlowField> flows) {
    List<OpwMetric.View> views = new ArrayList<>();
    List<DepthErrors> errors = new ArrayList<>();
    Mask all = Mask.none(frames.get(0).size()).not();
    for (int t = 0; t < maps.size(); t++) {
      views.add(new OpwMetric.View(frames.get(t).toFloat(), maps.get(t)));
      AffineAlignment line = AffineAlignment.between(maps.get(t), truth.get(t), all);
      errors.add(VdwProtocol.DEFAULTS.errors(line.apply(maps.get(t)), truth.get(t), all));
    }
    DepthErrors mean = DepthErrors.mean(errors);
    return new Scores(
        OpwMetric.DEFAULTS.sequence(views, flows::get).meanOverPairs(),
        mean.delta1(),
        mean.absRel(),
        ClipProtocol.scoreDisparity(maps, truth).delta1());
  }

  @Test
  void stabilize_flicker_meetsTheAcceptance() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/synthetic_video.npz"))) {
      List<ByteImage> frames = GoldenMaps.frames(npz, "rgb");
      List<InverseDepthMap> initial = GoldenMaps.maps(npz, "disp");
      List<InverseDepthMap> truth = GoldenMaps.maps(npz, "gt");
      byte[] layers = npz.bytes("layer");
      double[] velocity = npz.doubles("layer_velocity");
      Mask size = Mask.none(frames.get(0).size());
      List<FlowField> flows = new ArrayList<>();
      OpenCvDisFlow dis = new OpenCvDisFlow(DisFlowOptions.DEFAULTS);
      double error = 0;
      for (int t = 1; t < frames.size(); t++) {
        flows.add(exact(size, layers, t * size.array().length, velocity, -1));
        error +=
            EndPointErrors.of(dis.flow(frames.get(t), frames.get(t - 1)), flows.get(t - 1))
                .meanPx();
      }
      assertThat(error / flows.size()).isLessThanOrEqualTo(DIS_ERROR_PX);
      Scores before = score(frames, initial, truth, flows);
      double[] reference = npz.doubles("reference_scores");
      assertThat(before.opw()).isCloseTo(reference[0], SCORE);
      assertThat(before.delta1()).isCloseTo(reference[3], SCORE);
      assertThat(before.absRel()).isCloseTo(reference[4], SCORE);
      assertThat(before.clipDelta1()).isCloseTo(reference[5], SCORE);
      FlowStabilizer stabilizer = new FlowStabilizer(dis, FlowFilterOptions.DEFAULTS);
      Scores after =
          score(frames, stabilizer.stabilize(frames, initial, Progress.NONE), truth, flows);
      assertThat(after.opw()).isLessThanOrEqualTo(OPW_SHARE * before.opw());
      assertThat(after.opw()).as("better than the moving average").isLessThan(reference[14]);
      assertThat(after.delta1()).isGreaterThanOrEqualTo(before.delta1());
      assertThat(after.clipDelta1()).isGreaterThanOrEqualTo(before.clipDelta1());
      assertThat(after.absRel()).isLessThanOrEqualTo(ABS_REL_SHARE * before.absRel());
      Scores still =
          score(frames, stabilizer.stabilize(frames, truth, Progress.NONE), truth, flows);
      assertThat(still.absRel()).isLessThanOrEqualTo(TRUTH_ABS_REL);
    }
  }
}
