package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stereo4d.run.Limits;

/** The tensors found in a file, and the names that hold something else. */
final class TensorCatalog {
  private final Path path;
  private final long fileBytes;
  private final Limits limits;
  private final Map<String, Entry> tensors = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  TensorCatalog(Path path, long fileBytes, Limits limits) {
    this.path = path;
    this.fileBytes = fileBytes;
    this.limits = limits;
  }

  /** A tensor as the file states it, unchecked. */
  private record Entry(
      TensorType type, long[] sizes, long[] strides, long offset, ByteRange.Source source) {}

  long fileBytes() {
    return fileBytes;
  }

  Map<String, String> refused() {
    return refused;
  }

  Iterable<String> names() {
    return tensors.keySet();
  }

  void refuse(String name, String reason) {
    refused.put(name, reason);
  }

  void add(
      String name,
      TensorType type,
      long[] sizes,
      long[] strides,
      long offset,
      ByteRange.Source source) {
    tensors.put(name, new Entry(type, sizes, strides, offset, source));
  }

  IOException error(String name, String message) {
    return new IOException(path + ": tensor " + name + ": " + message);
  }

  /** The tensor with a full name, its sizes checked, known by another name. */
  CheckpointTensor tensor(String fullName, String name) throws IOException {
    Entry entry = tensors.get(fullName);
    if (entry == null) {
      throw new IOException(path + ": has no tensor " + fullName + reason(fullName));
    }
    TensorLayout.Bounds bounds =
        new TensorLayout.Bounds(fileBytes, limits, path + ": tensor " + fullName);
    return new CheckpointTensor(
        name,
        TensorLayout.of(
            entry.type, entry.sizes, entry.strides, entry.offset, entry.source, bounds));
  }

  /** Why a name is absent: it, or a container it would lie in, is not read. */
  String reason(String fullName) {
    for (Map.Entry<String, String> entry : refused.entrySet()) {
      String name = entry.getKey();
      if (name.isEmpty() || fullName.equals(name) || fullName.startsWith(name + ".")) {
        String where = name.isEmpty() ? "the file" : name;
        return ": " + where + " is " + entry.getValue() + ", which is not read";
      }
    }
    return ", it has " + tensors.size() + " others";
  }
}
