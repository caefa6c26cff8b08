package org.stereo4d.network.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.TorchFiles;
import org.stereo4d.testing.TorchFiles.Instance;
import org.stereo4d.testing.TorchFiles.Tensor;

/** Damaged weight files are read or refused, nothing else. */
class CheckpointFuzzTest {
  @TempDir Path folder;

  private static Map<String, Object> tree() {
    float[] values = new float[60];
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("conv.weight", Tensor.floats(values, 3, 4, 5));
    state.put("conv.bias", Tensor.floats(new float[] {1, 2, 3}, 3));
    byte[] data = Tensor.floats(values, 60).data();
    state.put("view", new Tensor("HalfStorage", 2, data, 4, new long[] {7, 3}, new long[] {1, 7}));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("state_dict", state);
    root.put("args", new Instance("argparse", "Namespace", Map.of("lr", 0.5, "name", "net")));
    root.put("optimizer", new Instance("torch.optim", "Adam", Map.of("steps", List.of(1L, 2L))));
    return root;
  }

  private static void readAll(Path file) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      IOException first = null;
      for (String name : checkpoint.names()) {
        try {
          CheckpointTensor tensor = checkpoint.tensor(name);
          assertThat(tensor.floats()).hasSize(tensor.count());
        } catch (IOException e) {
          first = e;
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }

  private static void survives(byte[] good, String extension) throws Exception {
    Mutations.Outcome outcome = Mutations.survives(good, extension, 1, CheckpointFuzzTest::readAll);
    assertThat(outcome.refused()).isGreaterThan(Mutations.CASES / 4);
    assertThat(outcome.read()).isPositive();
  }

  @Test
  void read_damagedZip_readsOrRefuses() throws Exception {
    survives(TorchFiles.zip(tree()), ".pth");
  }

  @Test
  void read_damagedLegacy_readsOrRefuses() throws Exception {
    survives(TorchFiles.legacy(tree()), ".pth");
  }

  @Test
  void read_damagedSafetensors_readsOrRefuses() throws Exception {
    String header =
        """
        {"__metadata__": {"format": "pt"},
         "conv.weight": {"dtype": "F32", "shape": [3, 4, 5], "data_offsets": [0, 240]},
         "conv.bias": {"dtype": "BF16", "shape": [3], "data_offsets": [240, 246]},
         "index": {"dtype": "I64", "shape": [2], "data_offsets": [246, 262]}}
        """;
    survives(CheckpointTest.safetensors(header, new byte[262]), ".safetensors");
  }

  @Test
  void read_damagedNpz_readsOrRefuses() throws Exception {
    Path file = folder.resolve("good.npz");
    NpzWriter.write(
        file,
        Map.of("a", NpyArray.of(new float[60], 3, 4, 5), "b", NpyArray.of(new long[] {1, 2}, 2)));
    survives(Files.readAllBytes(file), ".npz");
  }

  /** Damage inside the pickle itself, which the checksum of a zip member would catch. */
  @Test
  void read_damagedPickleInIntactZip_readsOrRefuses() throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(TorchFiles.zip(tree())))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    byte[] pickle = members.get("archive/data.pkl");
    Path file = folder.resolve("damaged.pth");
    int refused = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      members.put("archive/data.pkl", Mutations.damage(pickle, 2, i));
      Files.write(file, TorchFiles.zip(members));
      try {
        readAll(file);
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isBetween(Mutations.CASES / 4, Mutations.CASES - 1);
  }
}
