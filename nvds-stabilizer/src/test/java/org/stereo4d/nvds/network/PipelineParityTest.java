package org.stereo4d.nvds.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.nvds.DepthLevels;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.nvds.metric.OpwScore;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.Golden;
import org.stereo4d.testing.TorchFiles;

/** From initial maps to the mix with the reduced network. */
class PipelineParityTest {
  // Tolerances of the golden files.
  private static final double INPUT = 1e-4;
  private static final double OUTPUT = 1e-3;
  private static final double LEVELS = 2;
  private static final Percentage OPW = Percentage.withPercentage(0.5);

  /** Gives the flows of the file in the order in which a clip asks for them: back, ahead. */
  private static final class FlowsInOrder implements FlowEstimator {
    private final List<FlowField> back;
    private final List<FlowField> ahead;
    private int asked;

    FlowsInOrder(List<FlowField> back, List<FlowField> ahead) {
      this.back = back;
      this.ahead = ahead;
    }

    @Override
    public FlowField flow(ByteImage from, ByteImage to) {
      int number = asked++;
      return (number % 2 == 0 ? back : ahead).get(number / 2);
    }
  }

  @Test
  void run_tinyNetwork(@TempDir Path folder) throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/pipeline_tiny.npz"))) {
      Path file = folder.resolve("tiny.pth");
      FormulaWeights formula =
          new FormulaWeights("nvds/tiny_net_tensors.tsv", npz.integer("weight_seed"));
      Files.write(file, TorchFiles.zip(formula.torchTensors()));
      List<ByteImage> frames = GoldenMaps.frames(npz, "rgb");
      List<InverseDepthMap> raw = GoldenMaps.maps(npz, "raw");
      int[] size = npz.ints("infer_size");
      ImageSize inference =
          raw.get(0).size().equals(new ImageSize(size[0], size[1]))
              ? new ImageSize(size[0], size[1])
              : new ImageSize(size[1], size[0]);
      NetworkOptions options =
          NetworkOptions.DEFAULTS.withInferenceSize(inference).withQuantizeInitial(true);
      assertInputs(npz, new NetworkClip(frames, raw, options, 4), frames.size());
      try (NvdsNetwork network =
          NvdsNetwork.load(file, FormulaWeights.TINY, Device.cpu(), Precision.FLOAT32)) {
        FlowsInOrder flows =
            new FlowsInOrder(GoldenMaps.flows(npz, "flow_back"), GoldenMaps.flows(npz, "flow_fwd"));
        StabilizedClip clip =
            new NetworkStabilizer(network, options, flows).run(frames, raw, Progress.NONE);
        assertThat(clip.warnings()).isEmpty();
        assertMaps(npz, "forward", clip.forward());
        assertMaps(npz, "backward", clip.backward());
        assertMaps(npz, "mix", clip.mix());
        StabilizedClip average =
            new NetworkStabilizer(network, options.withMix(MixPolicy.AVERAGE))
                .run(frames, raw, Progress.NONE);
        assertMaps(npz, "average", average.mix());
        List<FloatImage> levels = GoldenMaps.planes(npz, "average_u16");
        for (int t = 0; t < levels.size(); t++) {
          InverseDepthMap map = GoldenMaps.maps(npz, "average").get(t);
          assertThat(
                  GoldenMaps.largestDifference(
                      DepthLevels.of(List.of(map)).levels(map).array(), levels.get(t).array()))
              .isLessThanOrEqualTo(LEVELS);
        }
        double[] means = npz.doubles("opw_means");
        assertScore(npz, "opw_initial", clip.scores().orElseThrow().initial(), means[0]);
        assertScore(npz, "opw_forward", clip.scores().orElseThrow().forward(), means[1]);
        assertScore(npz, "opw_backward", clip.scores().orElseThrow().backward(), means[2]);
        assertScore(npz, "opw_mix", clip.scores().orElseThrow().mix(), means[3]);
      }
    }
  }

  private static void assertInputs(NpzFile npz, NetworkClip clip, int count) throws IOException {
    List<FloatImage> inputs = GoldenMaps.images(npz, "net_input", 4, 1);
    List<FloatImage> levels = GoldenMaps.planes(npz, "initial_u16");
    List<InverseDepthMap> raw = GoldenMaps.maps(npz, "raw");
    assertThat(inputs).hasSize(count);
    for (int t = 0; t < count; t++) {
      assertThat(
              GoldenMaps.largestDifference(
                  DepthLevels.of(List.of(raw.get(t))).levels(raw.get(t)).array(),
                  levels.get(t).array()))
          .isLessThanOrEqualTo(1);
      assertThat(GoldenMaps.largestDifference(clip.input(t).array(), inputs.get(t).array()))
          .isLessThan(INPUT);
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
          .isLessThan(OUTPUT);
    }
  }

  private static void assertScore(NpzFile npz, String name, OpwScore actual, double mean)
      throws IOException {
    double[] pairs = npz.doubles(name); // by frame, also those of the backward pass
    assertThat(actual.pairs()).hasSize(pairs.length);
    for (int i = 0; i < pairs.length; i++) {
      int place = name.endsWith("backward") ? pairs.length - 1 - i : i;
      assertThat(actual.pairs().get(place)).as("%s %s", name, i).isCloseTo(pairs[i], OPW);
    }
    assertThat(actual.meanOverFrames()).isCloseTo(mean, OPW);
  }
}
