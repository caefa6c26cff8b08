package org.stereo4d.nvds.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorFunctions;
import org.stereo4d.network.TorchEngine;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.testing.Golden;
import org.stereo4d.testing.TorchFiles;

/** The network and its parts against the reference. */
class NvdsNetworkParityTest {
  // Tolerances of the golden files.
  private static final double BLOCK = 2e-5;
  private static final double LOGITS = 5e-5;
  private static final double TINY = 1e-4;
  private static final double FULL_OUTPUT = 3e-4;
  private static final double FULL_INNER = 5e-4;

  private static NDManager scope;
  private static TensorFunctions functions;

  @TempDir static Path folder;

  @BeforeAll
  static void open() {
    scope = TorchEngine.newScope(Device.cpu());
    functions = TensorFunctions.load(Device.cpu());
  }

  @AfterAll
  static void close() {
    functions.close();
    scope.close();
  }

  private static NDArray array(NpzFile npz, String name) throws IOException {
    long[] shape = Arrays.stream(npz.shape(name)).asLongStream().toArray();
    return scope.create(npz.floats(name), new Shape(shape));
  }

  /** Arrays whose names start with a prefix, by the rest. */
  private static NamedTensors weights(NpzFile npz, String prefix) throws IOException {
    Map<String, NDArray> out = new HashMap<>();
    for (String name : npz.names()) {
      if (name.startsWith(prefix)) {
        out.put(name.substring(prefix.length()), array(npz, name));
      }
    }
    return new NamedTensors(out, "", functions);
  }

  private static void assertClose(NDArray actual, NpzFile npz, String name, double tolerance)
      throws IOException {
    assertClose(actual.toFloatArray(), npz.floats(name), name, tolerance);
  }

  private static void assertClose(float[] actual, float[] expected, String name, double tolerance) {
    assertThat(GoldenMaps.largestDifference(actual, expected)).as(name).isLessThan(tolerance);
  }

  @Test
  void mitBlock_everyReduction() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/mit_block.npz"))) {
      MixTransformer.Tokens patches =
          MixTransformer.embed(array(npz, "pe_in"), weights(npz, "pe.w."), 4, 3);
      assertClose(patches.array(), npz, "pe_out", BLOCK);
      int[] grid = npz.ints("pe_hw");
      assertThat(patches.grid()).isEqualTo(new MixTransformer.Grid(grid[0], grid[1]));
      int blocks = 0;
      for (String b : List.of("b1", "b2", "b8")) {
        int[] cfg = npz.ints(b + "_cfg");
        NamedTensors w = weights(npz, b + ".w.");
        MixTransformer.Grid size = new MixTransformer.Grid(cfg[3], cfg[4]);
        NDArray in = array(npz, b + "_in");
        assertClose(
            MixTransformer.attention(
                w.norm(in, "norm1", 1e-6f), size, w.within("attn"), cfg[1], cfg[2]),
            npz,
            b + "_attn",
            BLOCK);
        assertClose(MixTransformer.block(in, size, w, cfg[1], cfg[2]), npz, b + "_out", BLOCK);
        blocks++;
      }
      assertThat(blocks).isEqualTo(3);
    }
  }

  @Test
  void focalBlock_everyStep() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/focal_block.npz"))) {
      int[] cfg = npz.ints("cfg");
      NamedTensors w = weights(npz, "w.");
      FocalBlock block = new FocalBlock(w, cfg[1], scope);
      FocalBlock.Neighborhood place =
          FocalBlock.Neighborhood.of(cfg[5], cfg[6], scope, DataType.FLOAT32);
      NDArray x = array(npz, "x");
      NDArray expected = array(npz, "y");
      long batch = x.getShape().get(0);
      NDList windows = new NDList();
      for (int b = 0; b < batch; b++) {
        List<NDArray> frames = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
          frames.add(x.get(b).get(j));
        }
        NDArray target = block.padded(frames.get(3), place, scope);
        assertClose(target.toFloatArray(), item(npz, "target_padded", b), "padded", BLOCK);
        assertClose(
            block.pooledTarget(target, place).toFloatArray(),
            item(npz, "pool_target", b),
            "pool_target",
            BLOCK);
        for (int j = 0; j < 3; j++) {
          NDArray reference = block.padded(frames.get(j), place, scope);
          assertClose(
              block.pooledReference(reference, j, place).toFloatArray(),
              item(npz, "pool_clip" + j, b),
              "pool_clip" + j,
              BLOCK);
        }
        if (b == 0) {
          NDArray scores = block.scores(block.project(frames, place, scope), place);
          assertClose(scores.get(0), npz, "logits_window0", LOGITS);
          assertClose(scores.get(0).softmax(-1), npz, "probs_window0", BLOCK);
        }
        windows.add(block.attended(frames, place));
        NDArray out = block.apply(frames, place);
        assertClose(out.toFloatArray(), expected.get(b).get(3).toFloatArray(), "target", BLOCK);
        for (int j = 0; j < 3; j++) {
          assertThat(frames.get(j).toFloatArray())
              .as("references stay as they are")
              .isEqualTo(expected.get(b).get(j).toFloatArray());
        }
      }
      assertClose(NDArrays.concat(windows, 0), npz, "attn_windows", BLOCK);
    }
  }

  @Test
  void focalNeighbors_tablesOfPositions() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/focal_block.npz"))) {
      int[] sides = {7, 5, 7, 5, 3};
      String[] names = {"", "_0", "_clips_0", "_clips_1", "_clips_2"};
      for (int i = 0; i < sides.length; i++) {
        int[] expected = npz.ints("idx.relative_position_index" + names[i]);
        int keys = sides[i] * sides[i];
        for (int k = 0; k < expected.length; k++) {
          assertThat(FocalNeighbors.relativePosition(k / keys, k % keys, sides[i]))
              .isEqualTo(expected[k]);
        }
      }
      List<Integer> ring = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        for (int token : FocalNeighbors.ringTokens(s)) {
          ring.add(s * FocalNeighbors.TOKENS + token);
        }
      }
      assertThat(ring.stream().mapToInt(Integer::intValue).toArray())
          .isEqualTo(npz.ints("idx.valid_ind_rolled"));
    }
  }

  private static float[] item(NpzFile npz, String name, int index) throws IOException {
    float[] all = npz.floats(name);
    int length = all.length / npz.shape(name)[0];
    return Arrays.copyOfRange(all, index * length, (index + 1) * length);
  }

  @Test
  void depthHead_everyModule() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/depth_head.npz"))) {
      assertClose(
          DepthHead.residual(array(npz, "ftb_in0"), weights(npz, "ftb.w.")), npz, "ftb_out", BLOCK);
      assertClose(
          DepthHead.fuse(
              DepthHead.residual(array(npz, "ffm_in0"), weights(npz, "ffm.w.ftb1.")),
              array(npz, "ffm_in1"),
              weights(npz, "ffm.w."),
              2),
          npz,
          "ffm_out",
          BLOCK);
      assertClose(
          DepthHead.fuse(
              DepthHead.residual(array(npz, "ffm1_in0"), weights(npz, "ffm1.w.ftb1.")),
              array(npz, "ffm1_in1"),
              weights(npz, "ffm1.w."),
              1),
          npz,
          "ffm1_out",
          BLOCK);
      assertClose(
          DepthHead.output(array(npz, "ao_in0"), weights(npz, "ao.w.")), npz, "ao_out", BLOCK);
    }
  }

  /** The four frames of a golden window (1, 4, 4, H, W). */
  static List<FloatImage> window(NpzFile npz, String name) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[4], shape[3]);
    float[] all = npz.floats(name);
    List<FloatImage> out = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      int length = 4 * size.area();
      out.add(FloatImage.ofPlanes(Arrays.copyOfRange(all, j * length, (j + 1) * length), size, 4));
    }
    return out;
  }

  /** Every map of a window, checked where the file has it. */
  private static void assertNetwork(
      NvdsNetwork network, NpzFile npz, String input, String output, double inner, double outer)
      throws IOException {
    List<WindowNetwork.EncodedFrame> frames = new ArrayList<>();
    for (FloatImage frame : window(npz, input)) {
      frames.add(network.encode(frame));
    }
    try (NDManager inside = network.newScope()) {
      assertClose(network.beforeRelu(frames, inside), npz, output, outer);
    }
    String y = output.replace("pre_relu", "y");
    if (npz.has(y)) {
      assertClose(network.decode(frames).planes(), npz.floats(y), y, outer);
    }
    frames.forEach(WindowNetwork.EncodedFrame::close);
    if (!npz.has("c2")) {
      return;
    }
    try (NDManager inside = network.newScope()) {
      NDArray x = array(npz, input).squeeze(0);
      x.attach(inside);
      List<NDArray> stages = network.encoder().stages(x);
      if (npz.has("c1")) {
        assertClose(stages.get(0), npz, "c1", inner);
      } else {
        assertClose(stages.get(0).get("3:4"), npz, "c1_last", inner);
      }
      for (int s = 1; s < 4; s++) {
        assertClose(stages.get(s), npz, "c" + (s + 1), inner);
      }
      NDArray fused = network.fused(x);
      boolean all = npz.has("fused");
      assertClose(all ? fused : fused.get("3:4"), npz, all ? "fused" : "fused_last", inner);
      List<NDArray> maps = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        maps.add(fused.get(j).transpose(1, 2, 0));
      }
      float[] attended = network.attend(maps).transpose(2, 0, 1).toFloatArray();
      float[] expected = npz.floats(all ? "att" : "att_last");
      int from = expected.length - attended.length;
      assertClose(attended, Arrays.copyOfRange(expected, from, expected.length), "attended", inner);
    }
  }

  @Test
  void tinyNetwork_fromAPublishedStyleFile() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/tiny_net.npz"))) {
      FormulaWeights formula = new FormulaWeights("nvds/tiny_net_tensors.tsv", npz.integer("seed"));
      for (Map.Entry<String, float[]> tensor : formula.all().entrySet()) {
        assertThat(tensor.getValue())
            .as(tensor.getKey())
            .isEqualTo(npz.floats("w." + tensor.getKey()));
      }
      assertThat(List.copyOf(FormulaWeights.TINY.tensors().keySet())).isEqualTo(formula.names());
      Path file = folder.resolve("tiny.pth");
      Files.write(file, TorchFiles.zip(formula.torchTensors()));
      try (NvdsNetwork network =
          NvdsNetwork.load(file, FormulaWeights.TINY, Device.cpu(), Precision.FLOAT32)) {
        assertNetwork(network, npz, "x", "pre_relu", TINY, TINY);
      }
    }
  }

  @Test
  void fullNetwork_trueWidths() throws IOException {
    Path file = folder.resolve("full.safetensors");
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/full_net.npz"));
        NpzFile other = NpzFile.open(Golden.file("nvds/full_net_b.npz"))) {
      FormulaWeights formula = new FormulaWeights("nvds/full_net_tensors.tsv", npz.integer("seed"));
      assertThat(List.copyOf(NvdsLayout.FULL.tensors().keySet())).isEqualTo(formula.names());
      assertSums(npz, formula);
      formula.writeSafetensors(file);
      try (NvdsNetwork network = NvdsNetwork.load(file, Device.cpu())) {
        assertNetwork(network, npz, "x", "pre_relu", FULL_INNER, FULL_OUTPUT);
        if (other.integer("seed") == npz.integer("seed")) {
          assertNetwork(network, other, "x", "pre_relu", FULL_INNER, FULL_OUTPUT);
          assertNetwork(network, other, "x_odd", "pre_relu_odd", FULL_INNER, FULL_OUTPUT);
          return;
        }
      }
      new FormulaWeights("nvds/full_net_tensors.tsv", other.integer("seed")).writeSafetensors(file);
      try (NvdsNetwork network = NvdsNetwork.load(file, Device.cpu())) {
        assertNetwork(network, other, "x", "pre_relu", FULL_INNER, FULL_OUTPUT);
        assertNetwork(network, other, "x_odd", "pre_relu_odd", FULL_INNER, FULL_OUTPUT);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void assertSums(NpzFile npz, FormulaWeights formula) throws IOException {
    double[] checks = npz.doubles("param_check");
    long parameters = 0;
    for (int k = 0; k < checks.length / 3; k++) {
      float[] values = formula.values(k);
      parameters += values.length;
      double sum = 0;
      for (float v : values) {
        sum += v;
      }
      double tolerance = 1e-5 * Math.abs(checks[3 * k]) + 1e-6;
      assertThat(sum).isCloseTo(checks[3 * k], within(tolerance));
      assertThat((double) values[0]).isEqualTo(checks[3 * k + 1]);
      assertThat((double) values[values.length - 1]).isEqualTo(checks[3 * k + 2]);
    }
    assertThat(parameters).isEqualTo(88_537_890L);
  }
}
