package org.stereo4d.nvds.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.stereo4d.testing.Golden;
import org.stereo4d.testing.TorchFiles;

/** Weights of the golden networks: numbers of a formula, by the tables of tensors. */
final class FormulaWeights {
  /** The reduced network of the golden files. */
  static final NvdsLayout TINY =
      new NvdsLayout(
          List.of(8, 16, 20, 32),
          List.of(2, 1, 2, 1),
          List.of(1, 2, 5, 8),
          List.of(8, 4, 2, 1),
          32,
          2,
          4,
          128);

  private final List<Row> rows = new ArrayList<>();
  private final long seed;

  /** One tensor of a table. */
  private record Row(int index, String name, long[] shape, double offset, double scale) {
    int count() {
      return (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }
  }

  /** The tensors of a table such as "nvds/tiny_net_tensors.tsv". */
  FormulaWeights(String table, long seed) throws IOException {
    this.seed = seed;
    List<String> lines = Files.readAllLines(Golden.file(table), StandardCharsets.UTF_8);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      long[] shape = Arrays.stream(cells[2].split("x", -1)).mapToLong(Long::parseLong).toArray();
      rows.add(
          new Row(
              Integer.parseInt(cells[0]),
              cells[1],
              shape,
              Double.parseDouble(cells[4]),
              Double.parseDouble(cells[5])));
    }
  }

  private float[] values(Row row) {
    float[] out = new float[row.count()];
    long base = seed * 0x9E3779B97F4A7C15L + (row.index() + 1) * 0xD1B54A32D192ED03L;
    for (int i = 0; i < out.length; i++) {
      long z = base + (i + 1) * 0x8CB92BA72F3D8DD7L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      z = z ^ z >>> 31;
      double r = 2 * ((z >>> 11) * 0x1p-53) - 1;
      out[i] = (float) (row.offset() + row.scale() * r);
    }
    return out;
  }

  List<String> names() {
    return rows.stream().map(Row::name).toList();
  }

  /** Values by name; for small tables. */
  Map<String, float[]> all() {
    Map<String, float[]> out = new LinkedHashMap<>();
    for (Row row : rows) {
      out.put(row.name(), values(row));
    }
    return out;
  }

  float[] values(int row) {
    return values(rows.get(row));
  }

  /** The container of the published file, with its prefix; small tables only. */
  Map<String, Object> torchTensors() {
    Map<String, Object> out = new LinkedHashMap<>();
    for (Row row : rows) {
      out.put("module." + row.name(), TorchFiles.Tensor.floats(values(row), row.shape()));
    }
    return out;
  }

  /** Writes a safetensors file, one tensor in memory at a time. */
  void writeSafetensors(Path file) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Row row : rows) {
      long end = at + 4L * row.count();
      String shape = Arrays.toString(row.shape());
      header.append(header.length() > 1 ? "," : "");
      header.append(
          String.format(
              "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
              row.name(), shape, at, end));
      at = end;
    }
    header.append('}');
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      out.write(text);
      for (Row row : rows) {
        float[] values = values(row);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
      }
    }
  }
}
