package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/** Reads safetensors: length of the header, header in JSON, bytes. */
final class SafetensorsFile {
  private static final long MAX_HEADER_BYTES = 8 << 20; // 60 000 tensors

  private SafetensorsFile() {}

  /** Whether a file starts like this format. */
  static boolean accepts(ByteBuffer start, long fileBytes) {
    if (start.remaining() < 10) {
      return false;
    }
    long header = start.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    return header >= 2 && header <= fileBytes - 8 && start.get(8) == '{';
  }

  static TensorCatalog read(Path path, FileChannel channel, Limits limits) throws IOException {
    ByteRange file = new ByteRange.OfFile(channel, 0, channel.size(), ByteOrder.LITTLE_ENDIAN);
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    file.read(0, length);
    long headerBytes = length.getLong(0);
    if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, channel.size() - 8)) {
      throw new IOException(path + ": header length is " + headerBytes);
    }
    ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
    file.read(8, header);
    long dataStart = 8 + headerBytes;
    ByteRange data =
        new ByteRange.OfFile(
            channel, dataStart, channel.size() - dataStart, ByteOrder.LITTLE_ENDIAN);
    TensorCatalog catalog = new TensorCatalog(path, channel.size(), limits);
    try {
      String text = new String(header.array(), StandardCharsets.UTF_8);
      Map<String, Object> entries = Json.object(Json.parse(text, limits), "header");
      for (Map.Entry<String, Object> entry : entries.entrySet()) {
        if (!entry.getKey().equals("__metadata__")) {
          add(catalog, entry.getKey(), Json.object(entry.getValue(), entry.getKey()), data);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": header: " + e.getMessage(), e);
    }
    return catalog;
  }

  private static void add(
      TensorCatalog catalog, String name, Map<String, Object> entry, ByteRange data)
      throws IOException {
    String code = String.valueOf(entry.get("dtype"));
    long[] sizes = integers(catalog, name, entry, "shape");
    long[] offsets = integers(catalog, name, entry, "data_offsets");
    Optional<TensorType> type = TensorType.ofSafetensors(code);
    if (type.isEmpty()) {
      catalog.refuse(name, "a tensor of type " + code);
      return;
    }
    long bytes = type.get().itemBytes();
    for (long size : sizes) {
      if (size < 0 || (bytes != 0 && size > catalog.fileBytes() / bytes)) {
        throw catalog.error(name, "shape does not fit the file");
      }
      bytes *= size;
    }
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[1] > data.length()
        || offsets[1] - offsets[0] != bytes) {
      throw catalog.error(
          name, "data_offsets do not lie in the file or span other than " + bytes + " bytes");
    }
    ByteRange.OfFile file = (ByteRange.OfFile) data;
    ByteRange own =
        new ByteRange.OfFile(file.channel(), file.offset() + offsets[0], bytes, file.order());
    catalog.add(name, type.get(), sizes, TensorLayout.rowMajor(sizes), 0, () -> own);
  }

  private static long[] integers(
      TensorCatalog catalog, String name, Map<String, Object> entry, String field)
      throws IOException {
    List<?> values = entry.get(field) instanceof List<?> list ? list : List.of(Json.NULL);
    long[] out = new long[values.size()];
    for (int i = 0; i < out.length; i++) {
      if (!(values.get(i) instanceof Double number) || number != Math.rint(number)) {
        throw catalog.error(name, field + " must be a list of whole numbers");
      }
      out[i] = (long) (double) number;
    }
    return out;
  }
}
