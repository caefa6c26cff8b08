package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.network.checkpoint.Checkpoint;
import org.stereo4d.testing.TorchFiles;
import org.stereo4d.testing.TorchFiles.Tensor;

class TensorsTest {
  @TempDir Path folder;

  private static Tensor tensor(String storage, int itemBytes, ByteBuffer bytes) {
    return new Tensor(storage, itemBytes, bytes.array(), 0, new long[] {2}, new long[] {1});
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void of_everyType_becomesOneTheEngineHas() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("f32", tensor("FloatStorage", 4, little(8).putFloat(1).putFloat(-2)));
    root.put("f64", tensor("DoubleStorage", 8, little(16).putDouble(1).putDouble(-2)));
    root.put(
        "f16",
        tensor("HalfStorage", 2, little(4).putShort((short) 0x3c00).putShort((short) 0xc000)));
    root.put(
        "bf16",
        tensor("BFloat16Storage", 2, little(4).putShort((short) 0x3f80).putShort((short) 0xc000)));
    root.put("i16", tensor("ShortStorage", 2, little(4).putShort((short) 1).putShort((short) -2)));
    root.put("i64", tensor("LongStorage", 8, little(16).putLong(1).putLong(-2)));
    Path file = folder.resolve("w.pth");
    Files.write(file, TorchFiles.zip(root));
    try (Checkpoint checkpoint = Checkpoint.open(file);
        NDManager scope = TorchEngine.newScope(Device.cpu())) {
      for (String name : checkpoint.names()) {
        NDArray array = Tensors.of(scope, checkpoint.tensor(name), Precision.FLOAT32);
        DataType expected = name.startsWith("i") ? DataType.INT64 : DataType.FLOAT32;
        assertThat(array.getDataType()).as(name).isEqualTo(expected);
        assertThat(array.toType(DataType.FLOAT32, false).toFloatArray())
            .as(name)
            .containsExactly(1, -2);
      }
      assertThat(Tensors.of(scope, checkpoint.tensor("f16"), Precision.FLOAT16).getDataType())
          .isEqualTo(DataType.FLOAT16);
    }
  }
}
