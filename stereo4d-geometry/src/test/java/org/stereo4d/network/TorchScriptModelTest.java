package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.BackendException;
import org.stereo4d.testing.TorchFiles;

class TorchScriptModelTest {
  private static final ModelContract IMAGE_TO_MAP =
      new ModelContract(
          "map from picture",
          List.of(TensorSpec.real("picture", "1 3 h w")),
          List.of(TensorSpec.real("map", "1 h w")));

  @TempDir Path folder;

  private static TorchScriptModel model(String body) {
    return model(IMAGE_TO_MAP, "def forward(self, x: Tensor) -> Tensor:\n  " + body + "\n");
  }

  private static TorchScriptModel model(ModelContract contract, String source) {
    return TorchScriptModel.load(
        TorchScriptArchive.ofMethods(source), contract, Device.cpu(), Precision.FLOAT32);
  }

  private static float[] run(TorchScriptModel model) {
    try (NDManager scope = model.newScope()) {
      NDArray picture = scope.arange(0f, 12f, 1f).reshape(1, 3, 2, 2);
      return model.run(new NDList(picture)).head().toFloatArray();
    }
  }

  @Test
  void run_fromSource_computes() {
    try (TorchScriptModel model = model("return torch.mean(x, [1], False, dtype=None)")) {
      assertThat(run(model)).containsExactly(4, 5, 6, 7);
    }
  }

  @Test
  void load_file_computesLikeMemory() throws IOException {
    Path file = folder.resolve("mean.torchscript");
    TorchScriptArchive.ofMethods(
            "def forward(self, x: Tensor) -> Tensor:\n  return torch.sum(x, [1], False)\n")
        .write(file);
    try (TorchScriptModel model =
        TorchScriptModel.load(file, IMAGE_TO_MAP, Device.cpu(), Precision.FLOAT32)) {
      assertThat(run(model)).containsExactly(12, 15, 18, 21);
    }
  }

  @Test
  void run_outputOfAnotherShape_saysWhatWasExpectedAndCame() {
    try (TorchScriptModel model = model("return torch.relu(x)")) {
      assertThatThrownBy(() -> run(model))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("map from picture")
          .hasMessageContaining("map real (1, h, w)")
          .hasMessageContaining("(1, 3, 2, 2)");
    }
  }

  @Test
  void run_namedAxisOfAnotherSize_isRefused() {
    try (TorchScriptModel model = model("return torch.slice(torch.select(x, 1, 0), 1, 0, 1)")) {
      assertThatThrownBy(() -> run(model))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("(1, 1, 2)");
    }
  }

  @Test
  void run_tupleAndDictionary_areBoundByOrderAndName() {
    ModelContract contract =
        new ModelContract(
            "two maps",
            List.of(TensorSpec.real("x", "n")),
            List.of(TensorSpec.real("low", "n"), TensorSpec.integer("index", "n")));
    String tuple =
        """
        def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
          return (torch.neg(x), torch.argsort(x, -1, False))
        """;
    String dictionary =
        """
        def forward(self, x: Tensor) -> Dict[str, Tensor]:
          return {"index": torch.argsort(x, -1, False), "low": torch.neg(x)}
        """;
    for (String source : List.of(tuple, dictionary)) {
      try (TorchScriptModel model = model(contract, source);
          NDManager scope = model.newScope()) {
        NDList out = model.run(new NDList(scope.create(new float[] {5, 3, 4})));
        assertThat(out.get(0).toFloatArray()).containsExactly(-5, -3, -4);
        assertThat(out.get(1).toLongArray()).containsExactly(1, 2, 0);
      }
    }
  }

  @Test
  void run_inputOfAnotherShape_refusedBeforeTheEngine() {
    try (TorchScriptModel model = model("return torch.mean(x, [1], False, dtype=None)");
        NDManager scope = model.newScope()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.run(new NDList(scope.zeros(new Shape(1, 4, 2, 2)))))
          .withMessageContaining("picture")
          .withMessageContaining("(1, 4, 2, 2)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.run(new NDList()))
          .withMessageContaining("1 inputs, got 0");
    }
  }

  @Test
  void run_programThatFails_isABackendException() {
    try (TorchScriptModel model = model("return torch.reshape(x, [5, 5])")) {
      assertThatThrownBy(() -> run(model)).isInstanceOf(BackendException.class);
      assertThatThrownBy(() -> run(model)).hasMessageContaining("(1, 3, 2, 2)");
    }
  }

  @Test
  void run_half_castsInAndOut() {
    try (TorchScriptModel model =
            TorchScriptModel.load(
                TorchScriptArchive.ofMethods(
                    "def forward(self, x: Tensor) -> Tensor:\n"
                        + "  return torch.select(torch.add(x, x), 1, 0)\n"),
                IMAGE_TO_MAP,
                Device.cpu(),
                Precision.FLOAT16);
        NDManager scope = model.newScope()) {
      NDArray x = scope.full(new Shape(1, 3, 1, 1), 2049f); // no half: 2048 is the nearest even
      NDArray out = model.run(new NDList(x)).head();
      assertThat(out.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(out.toFloatArray()).containsExactly(4096);
    }
  }

  @Test
  void load_otherFiles_areNamed() throws IOException {
    Path text = folder.resolve("notes.pt");
    Files.write(text, "not a program".getBytes(StandardCharsets.UTF_8));
    Path weights = folder.resolve("weights.pth");
    Files.write(weights, TorchFiles.zip(Map.of("w", TorchFiles.Tensor.floats(new float[] {1}, 1))));
    Path broken = folder.resolve("broken.pt");
    Files.write(
        broken,
        TorchFiles.zip(Map.of("p/code/x.py", new byte[4], "p/data.pkl", new byte[] {'N', '.'})));
    for (Path file : List.of(text, weights, broken)) {
      assertThatThrownBy(
              () -> TorchScriptModel.load(file, IMAGE_TO_MAP, Device.cpu(), Precision.FLOAT32))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("TorchScript");
    }
    assertThatIOException()
        .isThrownBy(
            () ->
                TorchScriptModel.load(
                    folder.resolve("absent.pt"), IMAGE_TO_MAP, Device.cpu(), Precision.FLOAT32))
        .withMessageContaining("absent.pt");
  }

  @Test
  void load_sourceThatDoesNotCompile_isABackendException() {
    assertThatThrownBy(() -> model("return torch.no_such_operator(x)"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("TorchScript");
  }

  @Test
  void run_closed_refused() {
    TorchScriptModel model = model("return torch.select(x, 1, 0)");
    model.close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.run(new NDList()))
        .withMessageContaining("closed");
    model.close();
  }

  @Test
  void run_fourThreads_sameAsOne() throws Exception {
    try (TorchScriptModel model = model("return torch.mean(torch.tanh(x), [1], False)")) {
      float[] expected = run(model);
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Future<float[]>> results =
            IntStream.range(0, 40).mapToObj(i -> pool.submit(() -> run(model))).toList();
        for (Future<float[]> result : results) {
          assertThat(result.get()).isEqualTo(expected);
        }
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void device_texts_roundTrip() {
    for (String text : List.of("auto", "cpu", "gpu0", "gpu3")) {
      assertThat(Device.of(text).toString()).isEqualTo(text);
      assertThat(Device.of(text)).isEqualTo(Device.of(text));
    }
    assertThat(Device.of("gpu")).isEqualTo(Device.gpu(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Device.of("cuda:0"))
        .withMessageContaining("cuda:0");
  }

  @Test
  void newScope_absentCard_saysWhatCardsNeed() {
    int absent = TorchEngine.gpuCount();
    assertThatThrownBy(() -> TorchEngine.newScope(Device.gpu(absent)))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("PYTORCH_LIBRARY_PATH");
  }

  @Test
  void requireSafe_typesThatEndTheProcess_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.requireSafe(DataType.BFLOAT16))
        .withMessageContaining("bfloat16");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensors.requireSafe(DataType.INT16));
    Tensors.requireSafe(DataType.FLOAT32);
  }
}
