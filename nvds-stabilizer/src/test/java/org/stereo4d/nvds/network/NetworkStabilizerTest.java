package org.stereo4d.nvds.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.NormalizationScope;
import org.stereo4d.nvds.WindowSelector;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.DepthStabilizerContract;
import org.stereo4d.testing.TorchFiles;

class NetworkStabilizerTest extends DepthStabilizerContract {
  private static final NetworkOptions OPTIONS = NetworkOptions.DEFAULTS.withInferenceSize(SIZE);

  /** Half precision carries 11 bits; the reduced network is no deeper than a dozen layers. */
  private static final double HALF = 0.05;

  private static NvdsNetwork network;

  @TempDir Path folder;

  @BeforeAll
  static void load() throws IOException {
    network = TinyNetwork.load(Precision.FLOAT32);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Override
  protected DepthStabilizer stabilizer() {
    return new NetworkStabilizer(network, OPTIONS);
  }

  @Override
  protected double stillTolerance() {
    return Double.POSITIVE_INFINITY;
  }

  /** Counts what a network is asked for. */
  private static final class Counting implements WindowNetwork {
    final AtomicInteger encoded = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    final List<List<Integer>> windows = new ArrayList<>();

    private record Numbered(int number, FloatImage frame, Counting owner) implements EncodedFrame {
      @Override
      public ImageSize size() {
        return frame.size();
      }

      @Override
      public void close() {
        owner.open.decrementAndGet();
      }
    }

    @Override
    public EncodedFrame encode(FloatImage frame) {
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      return new Numbered(encoded.getAndIncrement(), frame, this);
    }

    @Override
    public FloatImage decode(List<? extends EncodedFrame> window) {
      windows.add(window.stream().map(f -> ((Numbered) f).number()).toList());
      return ((Numbered) window.get(3)).frame().channel(3);
    }

    @Override
    public int multiplePx() {
      return 4;
    }

    @Override
    public void close() {}
  }

  @Test
  void stabilize_bothPasses_encodeEachFrameOnceAndFreeIt() {
    Counting counting = new Counting();
    new NetworkStabilizer(counting, OPTIONS).stabilize(frames(20), maps(20, 0.1), Progress.NONE);
    assertThat(counting.encoded).hasValue(20);
    assertThat(counting.windows)
        .hasSize(40)
        .contains(List.of(7, 8, 9, 10), List.of(13, 12, 11, 10));
    assertThat(counting.mostOpen.get()).isLessThanOrEqualTo(7);
    assertThat(counting.open).hasValue(0);
  }

  @Test
  void stabilize_windowScope_stretchesTogether() {
    Counting counting = new Counting();
    NetworkOptions options =
        OPTIONS
            .withNormalization(NormalizationScope.WINDOW)
            .withMix(MixPolicy.FORWARD_ONLY)
            .withWindow(WindowSelector.DEFAULTS);
    List<InverseDepthMap> maps = maps(5, 0.2);
    List<InverseDepthMap> out =
        new NetworkStabilizer(counting, options).stabilize(frames(5), maps, Progress.NONE);
    assertThat(counting.open).hasValue(0);
    float low = Float.MAX_VALUE;
    float high = 0;
    for (InverseDepthMap map : maps.subList(1, 5)) {
      for (float v : map.values().contiguous()) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    assertThat(out.get(4).at(60, 28))
        .isCloseTo((maps.get(4).at(60, 28) - low) / (high - low), within(1e-6f));
  }

  @Test
  void decode_cachedFrames_sameBitsAsAlone() {
    FloatImage[] inputs = new FloatImage[4];
    NetworkClip clip = new NetworkClip(frames(4), maps(4, 0.1), OPTIONS, 4);
    List<WindowNetwork.EncodedFrame> window = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      inputs[t] = clip.input(t);
      window.add(network.encode(inputs[t]));
    }
    FloatImage first = network.decode(window);
    assertThat(network.decode(window)).isEqualTo(first);
    List<WindowNetwork.EncodedFrame> again = new ArrayList<>();
    for (FloatImage input : inputs) {
      again.add(network.encode(input));
    }
    assertThat(network.decode(again)).isEqualTo(first);
    window.forEach(WindowNetwork.EncodedFrame::close);
    again.forEach(WindowNetwork.EncodedFrame::close);
  }

  @Test
  void load_halfPrecision_staysNear() throws IOException {
    List<InverseDepthMap> single = stabilizer().stabilize(frames(4), maps(4, 0.1), Progress.NONE);
    try (NvdsNetwork half = TinyNetwork.load(Precision.FLOAT16)) {
      List<InverseDepthMap> out =
          new NetworkStabilizer(half, OPTIONS).stabilize(frames(4), maps(4, 0.1), Progress.NONE);
      float largest = 0;
      for (float v : single.get(3).values().array()) {
        largest = Math.max(largest, v);
      }
      assertThat(
              GoldenMaps.largestDifference(
                  out.get(3).values().array(), single.get(3).values().array()))
          .isLessThan(HALF * Math.max(1, largest));
    }
  }

  @Test
  void load_wrongTensors_reportsAllOfThem() throws IOException {
    Map<String, Object> tensors = new FormulaWeights("nvds/tiny_net_tensors.tsv", 1).torchTensors();
    tensors.remove("module.backbone.norm2.bias");
    tensors.remove("module.edge_conv.0.weight");
    tensors.put("module.extra.weight", TorchFiles.Tensor.floats(new float[2], 2));
    tensors.put("module.backbone.norm1.weight", TorchFiles.Tensor.floats(new float[9], 9));
    tensors.put(
        "module.Stabilizer.decoder_focal.blocks.0.attn.valid_ind_rolled",
        TorchFiles.Tensor.floats(new float[3], 3));
    Path file = folder.resolve("wrong.pth");
    Files.write(file, TorchFiles.zip(tensors));
    assertThatThrownBy(
            () -> NvdsNetwork.load(file, FormulaWeights.TINY, Device.cpu(), Precision.FLOAT32))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wrong.pth")
        .hasMessageContaining("2 missing, 1 unexpected, 1 of another shape")
        .hasMessageContaining("backbone.norm2.bias")
        .hasMessageContaining("edge_conv.0.weight")
        .hasMessageContaining("extra.weight")
        .hasMessageContaining("backbone.norm1.weight: has [9], expected [8]");
  }

  @Test
  void stabilize_torchScript_isAccepted() throws IOException {
    Path file = folder.resolve("mean.pt");
    TorchScriptArchive.ofMethods(
            """
            def forward(self, x: Tensor) -> Tensor:
              return torch.slice(torch.mean(x, [1], False), 1, 3, 4)
            """)
        .write(file);
    try (TorchScriptWindow mean = TorchScriptWindow.load(file, Device.cpu(), Precision.FLOAT32)) {
      List<InverseDepthMap> maps = maps(6, 0);
      List<InverseDepthMap> out =
          new NetworkStabilizer(mean, OPTIONS.withMix(MixPolicy.FORWARD_ONLY))
              .stabilize(frames(6), maps, Progress.NONE);
      float sum = 0;
      NetworkClip clip = new NetworkClip(frames(6), maps, OPTIONS, 4);
      for (int t = 2; t < 6; t++) {
        sum += clip.input(t).at(30, 12, 3);
      }
      assertThat(out.get(5).at(30, 12)).isCloseTo(sum / 4, within(1e-5f));
    }
    TorchScriptModel flow =
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods("def forward(self, x: Tensor) -> Tensor:\n  return x\n"),
            TorchScriptWindow.CONTRACT,
            Device.cpu(),
            Precision.FLOAT32);
    try (TorchScriptWindow wrong = new TorchScriptWindow(flow, 4)) {
      assertThatThrownBy(
              () ->
                  new NetworkStabilizer(wrong, OPTIONS)
                      .stabilize(frames(1), maps(1, 0), Progress.NONE))
          .hasMessageContaining("depth real (1, 1, h, w)");
    }
  }

  @Test
  void stabilize_sizeThatIsNoMultiple_refusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new NetworkStabilizer(
                        network, NetworkOptions.DEFAULTS.withInferenceSize(new ImageSize(62, 33)))
                    .stabilize(frames(1), maps(1, 0), Progress.NONE))
        .withMessageContaining("62x33")
        .withMessageContaining("64x32");
  }

  @Test
  void stabilize_otherInferenceSize_comesBackAtTheSizeOfTheMaps() {
    List<ByteImage> frames = frames(2);
    List<InverseDepthMap> out =
        new NetworkStabilizer(
                network, NetworkOptions.DEFAULTS.withInferenceSize(new ImageSize(48, 36)))
            .stabilize(frames, maps(2, 0), Progress.NONE);
    assertThat(out.get(1).size()).isEqualTo(SIZE);
  }
}
