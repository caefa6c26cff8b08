package org.stereo4d.network.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.testing.TorchFiles;
import org.stereo4d.testing.TorchFiles.Call;
import org.stereo4d.testing.TorchFiles.Instance;
import org.stereo4d.testing.TorchFiles.Tensor;

class CheckpointTest {
  private static final float[] SIX = {1, 2, 3, 4, 5, 6};

  @TempDir Path folder;

  private Checkpoint open(byte[] bytes) throws IOException {
    Path path = folder.resolve("weights.pth");
    Files.write(path, bytes);
    return Checkpoint.open(path);
  }

  private Checkpoint open(boolean legacy, Object root) throws IOException {
    return open(legacy ? TorchFiles.legacy(root) : TorchFiles.zip(root));
  }

  private static Tensor tensor(String storage, int itemBytes, ByteBuffer little, long... sizes) {
    return new Tensor(storage, itemBytes, little.array(), 0, sizes, TensorLayout.rowMajor(sizes));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      out.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void open_stateDict_readsNamesShapesAndValues(boolean legacy) throws IOException {
    Map<String, Object> root =
        ordered(
            "conv.weight",
            Tensor.floats(SIX, 2, 3),
            "conv.bias",
            Tensor.floats(new float[] {7}, 1),
            "scale",
            Tensor.floats(new float[] {8}));
    try (Checkpoint file = open(legacy, root)) {
      assertThat(file.names()).containsExactly("conv.weight", "conv.bias", "scale");
      assertThat(file.tensor("conv.weight").shape()).containsExactly(2, 3);
      assertThat(file.tensor("conv.weight").floats()).containsExactly(SIX);
      assertThat(file.tensor("conv.bias").floats()).containsExactly(7);
      assertThat(file.tensor("scale").shape()).isEmpty();
      assertThat(file.tensor("scale").doubles()).containsExactly(8);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void within_nestedContainers_joinsNames(boolean legacy) throws IOException {
    Map<String, Object> root =
        ordered(
            "epoch",
            12L,
            "state_dict",
            ordered("module.a", Tensor.floats(SIX, 6), "module.b", Tensor.floats(SIX, 3, 2)),
            "steps",
            List.of(Tensor.floats(new float[] {1}), 0.5));
    try (Checkpoint file = open(legacy, root)) {
      assertThat(file.names())
          .containsExactly("state_dict.module.a", "state_dict.module.b", "steps.0");
      Checkpoint inner = file.within("state_dict").withoutPrefix("module");
      assertThat(inner.names()).containsExactly("a", "b");
      assertThat(inner.withoutPrefix("module").tensor("b").shape()).containsExactly(3, 2);
      assertThatIOException().isThrownBy(() -> file.within("model")).withMessageContaining("model");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void open_stridesAndOffset_readsTheView(boolean legacy) throws IOException {
    byte[] data = Tensor.floats(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 8).data();
    long[] sizes = {3, 2};
    Map<String, Object> root =
        ordered(
            "transposed", new Tensor("FloatStorage", 4, data, 1, sizes, new long[] {1, 3}),
            "repeated",
                new Tensor("FloatStorage", 4, data, 5, new long[] {2, 2}, new long[] {0, 1}),
            "sparse", new Tensor("FloatStorage", 4, data, 0, new long[] {2}, new long[] {7}),
            "tail", new Tensor("FloatStorage", 4, data, 6, new long[] {2}, new long[] {1}));
    try (Checkpoint file = open(legacy, root)) {
      assertThat(file.tensor("transposed").floats()).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(file.tensor("repeated").floats()).containsExactly(5, 6, 5, 6);
      assertThat(file.tensor("sparse").floats()).containsExactly(0, 7);
      assertThat(file.tensor("tail").floats()).containsExactly(6, 7);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DoubleStorage, 8",
    "HalfStorage, 2",
    "BFloat16Storage, 2",
    "LongStorage, 8",
    "IntStorage, 4",
    "ShortStorage, 2",
    "CharStorage, 1",
    "ByteStorage, 1",
    "BoolStorage, 1"
  })
  void open_everyType_readsItsNumbers(String storage, int itemBytes) throws IOException {
    ByteBuffer bytes = little(2 * itemBytes);
    double[] expected = {-2, 3};
    switch (storage) {
      case "DoubleStorage" -> bytes.putDouble(-2).putDouble(3);
      case "HalfStorage" -> bytes.putShort((short) 0xc000).putShort((short) 0x4200);
      case "BFloat16Storage" -> bytes.putShort((short) 0xc000).putShort((short) 0x4040);
      case "LongStorage" -> bytes.putLong(-2).putLong(3);
      case "IntStorage" -> bytes.putInt(-2).putInt(3);
      case "ShortStorage" -> bytes.putShort((short) -2).putShort((short) 3);
      case "CharStorage" -> bytes.put((byte) -2).put((byte) 3);
      case "ByteStorage" -> {
        bytes.put((byte) 254).put((byte) 3);
        expected[0] = 254;
      }
      default -> {
        bytes.put((byte) 0).put((byte) 1);
        expected = new double[] {0, 1};
      }
    }
    try (Checkpoint file = open(false, ordered("t", tensor(storage, itemBytes, bytes, 2)))) {
      CheckpointTensor tensor = file.tensor("t");
      assertThat(tensor.doubles()).containsExactly(expected);
      assertThat(tensor.floats()).containsExactly((float) expected[0], (float) expected[1]);
      if (!tensor.type().isFloating()) {
        assertThat(tensor.longs()).containsExactly((long) expected[0], (long) expected[1]);
      }
      ByteBuffer copy = little(2 * itemBytes);
      tensor.read(copy);
      assertThat(copy.array()).isEqualTo(bytes.array());
    }
  }

  @Test
  void open_manyElements_readsEveryChunk() throws IOException {
    float[] values = new float[700_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    try (Checkpoint file = open(false, ordered("big", Tensor.floats(values, 7, 100_000)))) {
      assertThat(file.tensor("big").floats()).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void open_records_arePlainMaps(boolean legacy) throws IOException {
    Map<String, Object> root =
        ordered(
            "args", new Instance("argparse", "Namespace", Map.of("mean", Tensor.floats(SIX, 6))),
            "model", new Instance("collections", "OrderedDict", Map.of("_metadata", Map.of())));
    try (Checkpoint file = open(legacy, root)) {
      assertThat(file.tensor("args.mean").floats()).containsExactly(SIX);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void open_unknownClass_isInertAndNamedOnlyWhenAskedFor(boolean legacy) throws IOException {
    Path proof = folder.resolve("called");
    Map<String, Object> root =
        ordered(
            "weight", Tensor.floats(SIX, 6),
            "loss", new Call("os", "system", List.of("touch " + proof)),
            "config", new Instance("yacs.config", "CfgNode", Map.of("t", Tensor.floats(SIX, 6))));
    try (Checkpoint file = open(legacy, root)) {
      assertThat(file.tensor("weight").floats()).containsExactly(SIX);
      assertThat(file.names()).containsExactly("weight");
      assertThatIOException()
          .isThrownBy(() -> file.tensor("config.t"))
          .withMessageContaining("config")
          .withMessageContaining("yacs.config.CfgNode");
      assertThatIOException()
          .isThrownBy(() -> file.tensor("loss"))
          .withMessageContaining("os.system");
      assertThatIOException()
          .isThrownBy(() -> file.within("config"))
          .withMessageContaining("yacs.config.CfgNode");
    }
    assertThat(proof).doesNotExist();
  }

  @Test
  void open_wholeModule_namesItsClass() throws IOException {
    Instance module = new Instance("nets.dpt", "Dpt", ordered("weight", Tensor.floats(SIX, 6)));
    try (Checkpoint file = open(false, module)) {
      assertThat(file.names()).isEmpty();
      assertThatIOException()
          .isThrownBy(() -> file.tensor("weight"))
          .withMessageContaining("nets.dpt.Dpt");
    }
  }

  @Test
  void open_parameterAndTypedTensor_areTensors() throws IOException {
    Map<String, Object> root =
        ordered(
            "p",
            new Call(
                "torch._utils",
                "_rebuild_parameter",
                List.of(Tensor.floats(SIX, 6), true, Map.of())));
    try (Checkpoint file = open(false, root)) {
      assertThat(file.tensor("p").floats()).containsExactly(SIX);
    }
  }

  @Test
  void tensor_outsideItsStorage_refused() throws IOException {
    byte[] data = Tensor.floats(SIX, 6).data();
    Map<String, Object> root =
        ordered(
            "long", new Tensor("FloatStorage", 4, data, 0, new long[] {7}, new long[] {1}),
            "late", new Tensor("FloatStorage", 4, data, 6, new long[] {1}, new long[] {1}),
            "wide", new Tensor("FloatStorage", 4, data, 0, new long[] {2}, new long[] {6}),
            "back", new Tensor("FloatStorage", 4, data, 3, new long[] {2}, new long[] {-1}),
            "wrap",
                new Tensor("FloatStorage", 4, data, 0, new long[] {3, 3}, new long[] {1L << 62, 1}),
            "huge",
                new Tensor(
                    "FloatStorage", 4, data, 0, new long[] {1 << 20, 1 << 20}, new long[] {0, 0}));
    try (Checkpoint file = open(false, root)) {
      for (String name : file.names()) {
        assertThatIOException()
            .as(name)
            .isThrownBy(() -> file.tensor(name).floats())
            .withMessageContaining(name);
      }
    }
  }

  @Test
  void open_deepAndRecursiveContainers_areRefusedWhereAskedFor() throws IOException {
    Object nested = Tensor.floats(SIX, 6);
    for (int i = 0; i < 100; i++) {
      nested = List.of(nested);
    }
    try (Checkpoint file = open(false, ordered("deep", nested, "t", Tensor.floats(SIX, 6)))) {
      assertThat(file.names()).containsExactly("t");
      assertThatIOException()
          .isThrownBy(() -> file.tensor("deep" + ".0".repeat(100)))
          .withMessageContaining("nested deeper than 64");
    }
    // a list in its own first place: EMPTY_LIST, BINPUT 0, BINGET 0, APPEND
    byte[] loop = {(byte) 0x80, 2, ']', 'q', 0, 'h', 0, 'a', '.'};
    try (Checkpoint file = open(TorchFiles.zip(Map.of("x/data.pkl", loop)))) {
      assertThat(file.names()).isEmpty();
    }
  }

  @Test
  void open_sharedContainersThatMultiply_refused() {
    // thirty lists, each holding the one before twice: 2^30 paths
    List<Byte> ops = new ArrayList<>(List.of((byte) 0x80, (byte) 2, (byte) ']'));
    for (int i = 0; i < 30; i++) {
      for (int op : new int[] {'q', i, '0', ']', '(', 'h', i, 'h', i, 'e'}) {
        ops.add((byte) op);
      }
    }
    ops.add((byte) '.');
    byte[] bytes = new byte[ops.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ops.get(i);
    }
    assertThatIOException()
        .isThrownBy(() -> open(TorchFiles.zip(Map.of("x/data.pkl", bytes))))
        .withMessageContaining("more names than any network has");
  }

  @Test
  void open_badPickles_refused() {
    byte[][] pickles = {
      {}, // nothing
      {(byte) 0x80, 2, '.'}, // empty stack
      {(byte) 0x80, 9, 'N', '.'}, // protocol
      {(byte) 0x80, 2, 'I', '1', '\n', '.'}, // opcode of protocol 0
      {(byte) 0x80, 2, 'X', -1, -1, -1, 127, '.'}, // text of 2 GiB
      {(byte) 0x80, 2, 'h', 7, '.'}, // memo
      {(byte) 0x80, 2, 't', '.'}, // mark
      {(byte) 0x80, 2, 'K', 1, 'Q', '.'}, // persistent id
      {(byte) 0x80, 2, 'K', 1, 'K', 1, 'a', '.'}, // append to a number
      {(byte) 0x80, 2, '}', '(', 'K', 1, 'u', '.'}, // odd items
      {(byte) 0x80, 2, (byte) 0x82, 1, '.'}, // extension registry
    };
    for (byte[] pickle : pickles) {
      assertThatIOException()
          .as("%s", java.util.Arrays.toString(pickle))
          .isThrownBy(() -> open(TorchFiles.zip(Map.of("x/data.pkl", pickle))))
          .withMessageContaining("data.pkl");
    }
  }

  @Test
  void open_torchScript_saysWhatItIs() {
    Map<String, byte[]> members =
        Map.of("m/data.pkl", new byte[] {'N', '.'}, "m/code/__torch__.py", new byte[0]);
    assertThatIOException()
        .isThrownBy(() -> open(TorchFiles.zip(members)))
        .withMessageContaining("TorchScript");
  }

  @Test
  void open_otherFiles_refused() {
    assertThatIOException()
        .isThrownBy(() -> open("hello, this is no checkpoint".getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("no file of tensors");
    assertThatIOException().isThrownBy(() -> open(new byte[0]));
    assertThatIOException()
        .isThrownBy(() -> open(TorchFiles.zip(Map.of("readme.txt", new byte[3]))))
        .withMessageContaining("without tensors");
  }

  static byte[] safetensors(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = little(8 + json.length + data.length);
    return out.putLong(json.length).put(json).put(data).array();
  }

  @Test
  void open_safetensors_readsThem() throws IOException {
    ByteBuffer data = little(32);
    data.putFloat(1.5f).putFloat(-2).putShort((short) 0x3f80).putShort((short) 0x4000);
    data.putInt(7).putLong(1L << 40).putLong(-1);
    String header =
        """
        {"__metadata__": {"format": "pt"},
         "f": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
         "b": {"dtype": "BF16", "shape": [2], "data_offsets": [8, 12]},
         "u": {"dtype": "U32", "shape": [], "data_offsets": [12, 16]},
         "l": {"dtype": "I64", "shape": [2], "data_offsets": [16, 32]},
         "e": {"dtype": "F32", "shape": [0, 3], "data_offsets": [32, 32]},
         "f8": {"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]}}
        """;
    try (Checkpoint file = open(safetensors(header, data.array()))) {
      assertThat(file.names()).containsExactly("f", "b", "u", "l", "e");
      assertThat(file.tensor("f").floats()).containsExactly(1.5f, -2);
      assertThat(file.tensor("b").floats()).containsExactly(1, 2);
      assertThat(file.tensor("u").longs()).containsExactly(7);
      assertThat(file.tensor("l").longs()).containsExactly(1L << 40, -1);
      assertThat(file.tensor("e").floats()).isEmpty();
      assertThatIOException().isThrownBy(() -> file.tensor("f8")).withMessageContaining("F8_E4M3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 4]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [4, 12]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [8, 0]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 6]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [4611686018427387904, 4], \"data_offsets\": [0, 0]}}",
        "{\"t\": {\"dtype\": \"F32\", \"data_offsets\": [0, 8]}}",
        "{\"t\": [1]}",
        "{\"t\": "
      })
  void open_badSafetensors_refused(String header) {
    assertThatIOException().isThrownBy(() -> open(safetensors(header, new byte[8])));
  }

  @Test
  void open_npz_readsItsArrays() throws IOException {
    Path path = folder.resolve("weights.npz");
    NpzWriter.write(
        path,
        ordered2(
            "conv.weight", NpyArray.of(SIX, 2, 3), "index", NpyArray.of(new long[] {4, -5}, 2)));
    try (Checkpoint file = Checkpoint.open(path)) {
      assertThat(file.names()).containsExactly("conv.weight", "index");
      assertThat(file.tensor("conv.weight").shape()).containsExactly(2, 3);
      assertThat(file.tensor("conv.weight").floats()).containsExactly(SIX);
      assertThat(file.tensor("index").longs()).containsExactly(4, -5);
    }
  }

  private static Map<String, NpyArray> ordered2(
      String name1, NpyArray array1, String name2, NpyArray array2) {
    Map<String, NpyArray> out = new LinkedHashMap<>();
    out.put(name1, array1);
    out.put(name2, array2);
    return out;
  }
}
