package org.stereo4d.nvds.flowfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.nvds.GivenFlows;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.Golden;

/** Every step of the default stabiliser with given flows. */
class FlowStabilizerParityTest {
  // Tolerances of the golden files.
  private static final double MASK_SHARE = 0.001;
  private static final Offset<Double> LINE = within(1e-6);
  private static final double MAP = 1e-4;
  private static final Percentage OPW = Percentage.withPercentage(0.1);

  @Test
  void run_everyStep() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/classical_default.npz"))) {
      List<ByteImage> frames = GoldenMaps.frames(npz, "rgb");
      List<InverseDepthMap> initial = GoldenMaps.maps(npz, "disp");
      GivenFlows flows =
          new GivenFlows(
              frames, GoldenMaps.flows(npz, "flow_back"), GoldenMaps.flows(npz, "flow_fwd"));
      FlowFilterOptions options = FlowFilterOptions.DEFAULTS;
      FlowStream stream = new FlowStream(flows, options, (t, map) -> {});
      for (int t = 0; t < frames.size(); t++) {
        stream.ingest(frames.get(t), initial.get(t));
      }
      assertMasks(npz, stream);
      assertLines(npz, stream, options);
      FlowPiece piece = stream.piece();
      assertThat(piece.tau(false)).isCloseTo(npz.doubles("tau")[0], LINE);
      assertThat(piece.tau(true)).isCloseTo(npz.doubles("tau")[1], LINE);
      List<InverseDepthMap> aligned = new ArrayList<>();
      for (int t = 0; t < frames.size(); t++) {
        aligned.add(piece.map(piece.aligned(t)));
      }
      assertMaps(npz, "aligned", aligned);
      StabilizedClip clip = new FlowStabilizer(flows, options).run(frames, initial, Progress.NONE);
      assertMaps(npz, "forward", clip.forward());
      assertMaps(npz, "backward", clip.backward());
      assertMaps(npz, "mix", clip.mix());
      double[] opw = npz.doubles("opw");
      List<List<InverseDepthMap>> stages =
          List.of(initial, aligned, clip.forward(), clip.backward(), clip.mix());
      for (int i = 0; i < opw.length; i++) {
        assertThat(opw(frames, stages.get(i), flows.back())).as("%s", i).isCloseTo(opw[i], OPW);
      }
      assertThat(new FlowStabilizer(flows, options).stabilize(frames, initial, Progress.NONE))
          .isEqualTo(clip.mix());
    }
  }

  private static double opw(
      List<ByteImage> frames, List<InverseDepthMap> maps, List<FlowField> flows) {
    List<OpwMetric.View> views = new ArrayList<>();
    for (int t = 0; t < maps.size(); t++) {
      views.add(new OpwMetric.View(frames.get(t).toFloat(), maps.get(t)));
    }
    return OpwMetric.DEFAULTS.sequence(views, flows::get).meanOverPairs();
  }

  private static void assertMasks(NpzFile npz, FlowStream stream) throws IOException {
    List<Mask> back = GoldenMaps.masks(npz, "valid_back");
    List<Mask> ahead = GoldenMaps.masks(npz, "valid_fwd");
    for (int t = 1; t < stream.held().size(); t++) {
      Optional<FlowPair> pair = stream.held().get(t).pair();
      assertMask(pair.orElseThrow().validBack(), back.get(t - 1));
      assertMask(pair.orElseThrow().validAhead(), ahead.get(t - 1));
    }
  }

  private static void assertMask(Mask actual, Mask expected) {
    int differ = actual.and(expected.not()).count() + expected.and(actual.not()).count();
    assertThat(differ).isLessThanOrEqualTo((int) (MASK_SHARE * actual.array().length));
  }

  private static void assertLines(NpzFile npz, FlowStream stream, FlowFilterOptions options)
      throws IOException {
    double[] links = npz.doubles("log_scale_links");
    double[] lines = npz.doubles("affine");
    AffineAlignment[] actual = AffineCurve.solve(stream.links(), options.tether());
    assertThat(actual).hasSize(links.length + 1);
    for (int t = 0; t < actual.length; t++) {
      if (t > 0) {
        assertThat(stream.links().get(t).logScale()).isCloseTo(links[t - 1], LINE);
      }
      assertThat(actual[t].scale()).isCloseTo(lines[2 * t], LINE);
      assertThat(actual[t].shift()).isCloseTo(lines[2 * t + 1], LINE);
    }
  }

  private static void assertMaps(NpzFile npz, String name, List<InverseDepthMap> actual)
      throws IOException {
    List<InverseDepthMap> expected = GoldenMaps.maps(npz, name);
    assertThat(actual).hasSameSizeAs(expected);
    for (int t = 0; t < actual.size(); t++) {
      assertThat(
              GoldenMaps.largestDifference(
                  actual.get(t).values().array(), expected.get(t).values().array()))
          .as("%s %s", name, t)
          .isLessThan(MAP);
    }
  }
}
