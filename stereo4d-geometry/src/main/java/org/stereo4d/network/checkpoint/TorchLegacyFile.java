package org.stereo4d.network.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.network.checkpoint.Pickled.Mapping;
import org.stereo4d.network.checkpoint.Pickled.Sequence;
import org.stereo4d.network.checkpoint.Pickled.Storage;
import org.stereo4d.network.checkpoint.Pickled.Tensor;
import org.stereo4d.run.Limits;

/**
 * Reads the older container: pickles of the magic number, version, system, objects and keys; then,
 * for each key, an eight-byte count of elements and the elements.
 */
final class TorchLegacyFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  /** PROTO 2, LONG1 of ten bytes, the magic number from its lowest byte. */
  private static final byte[] START = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9
  };

  private TorchLegacyFile() {}

  /** Whether a file starts like this format. */
  static boolean accepts(ByteBuffer start) {
    return start.remaining() >= START.length
        && start.slice(0, START.length).equals(ByteBuffer.wrap(START));
  }

  static TensorCatalog read(Path path, FileChannel channel, Limits limits) throws IOException {
    long size = channel.size();
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    PickleInput input = new PickleInput(in, size, path.toString());
    if (!MAGIC.equals(PickleMachine.read(input))) {
      throw input.error("magic number is another than " + MAGIC.toString(16));
    }
    Object version = PickleMachine.read(input);
    if (!Long.valueOf(VERSION).equals(version)) {
      throw input.error("version is not " + VERSION);
    }
    ByteOrder order = order(PickleMachine.read(input));
    TensorTree tree = TensorTree.of(PickleMachine.read(input), path.toString());
    Object keys = PickleMachine.read(input);
    Map<String, Long> starts =
        storages(keys, tree, new ByteRange.OfFile(channel, 0, size, order), input);
    TensorCatalog catalog = new TensorCatalog(path, size, limits);
    tree.refused().forEach(catalog::refuse);
    for (Map.Entry<String, Tensor> entry : tree.tensors().entrySet()) {
      add(catalog, entry.getKey(), entry.getValue(), starts, channel, order);
    }
    return catalog;
  }

  private static ByteOrder order(Object system) {
    if (system instanceof Mapping mapping) {
      int at = mapping.keys.indexOf("little_endian");
      if (at >= 0 && Boolean.FALSE.equals(mapping.values.get(at))) {
        return ByteOrder.BIG_ENDIAN;
      }
    }
    return ByteOrder.LITTLE_ENDIAN;
  }

  /** Where the elements of each key start: the blocks follow the last pickle in key order. */
  private static Map<String, Long> storages(
      Object keys, TensorTree tree, ByteRange file, PickleInput input) throws IOException {
    Map<String, Integer> itemBytes = new HashMap<>();
    for (Tensor tensor : tree.tensors().values()) {
      tensor.storage.type.ifPresent(type -> itemBytes.put(tensor.storage.key, type.itemBytes()));
    }
    Map<String, Long> starts = new HashMap<>();
    long at = input.position();
    List<Object> list = keys instanceof Sequence sequence ? sequence.items : List.of();
    for (Object key : list) {
      Integer item = itemBytes.get(key);
      if (item == null) {
        break; // of a tensor inside a placeholder: what follows cannot be placed
      }
      if (at > file.length() - Long.BYTES) {
        throw input.error("the file ends before storage " + key);
      }
      ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(file.order());
      file.read(at, count);
      long elements = count.getLong(0);
      at += Long.BYTES;
      if (elements < 0 || elements > (file.length() - at) / item) {
        throw input.error("storage " + key + " has " + elements + " elements, more than the file");
      }
      starts.put((String) key, at);
      at += elements * item;
    }
    return starts;
  }

  private static void add(
      TensorCatalog catalog,
      String name,
      Tensor tensor,
      Map<String, Long> starts,
      FileChannel channel,
      ByteOrder order) {
    Storage storage = tensor.storage;
    ByteRange.Source source =
        () -> {
          Long start = starts.get(storage.key);
          if (start == null) {
            throw catalog.error(name, "its storage " + storage.key + " is not in the file");
          }
          long item = storage.type.map(TensorType::itemBytes).orElse(1);
          if (storage.count > (catalog.fileBytes() - start) / item) {
            throw catalog.error(name, "its storage reaches beyond the file");
          }
          return new ByteRange.OfFile(channel, start, storage.count * item, order);
        };
    catalog.add(
        name,
        tensor.type,
        tensor.sizes,
        tensor.strides,
        tensor.offset + storage.viewOffset,
        source);
  }
}
