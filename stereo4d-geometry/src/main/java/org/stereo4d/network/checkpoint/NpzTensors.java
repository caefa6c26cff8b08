package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.stereo4d.io.npy.Float16;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.run.Limits;

/** Tensors of a NumPy archive, one per member. */
final class NpzTensors {
  private NpzTensors() {}

  static TensorCatalog read(Path path, NpzFile npz, Limits limits) throws IOException {
    // Members may be compressed; their reader checks sizes against the limits and the header.
    TensorCatalog catalog = new TensorCatalog(path, Long.MAX_VALUE, limits);
    for (String name : npz.names()) {
      Optional<TensorType> type = TensorType.ofName(npz.type(name).name().toLowerCase(Locale.ROOT));
      if (type.isEmpty()) {
        catalog.refuse(name, "an array of type " + npz.type(name));
        continue;
      }
      long[] sizes = Arrays.stream(npz.shape(name)).asLongStream().toArray();
      catalog.add(
          name,
          type.get(),
          sizes,
          TensorLayout.rowMajor(sizes),
          0,
          () -> new ByteRange.OfArray(encode(npz.array(name), type.get())));
    }
    return catalog;
  }

  private static ByteBuffer encode(NpyArray array, TensorType type) throws IOException {
    int count = (int) array.count();
    if ((long) count * type.itemBytes() > Integer.MAX_VALUE - 8) {
      throw new IOException("array of " + count + " elements exceeds 2 GiB");
    }
    ByteBuffer out = ByteBuffer.allocate(count * type.itemBytes()).order(ByteOrder.LITTLE_ENDIAN);
    double[] floating = type.isFloating() ? array.doubles() : new double[0];
    long[] whole = type.isFloating() || type == TensorType.BOOL ? new long[0] : array.longs();
    boolean[] flags = type == TensorType.BOOL ? array.booleans() : new boolean[0];
    for (int i = 0; i < count; i++) {
      switch (type) {
        case BOOL -> out.put((byte) (flags[i] ? 1 : 0));
        case UINT8, INT8 -> out.put((byte) whole[i]);
        case UINT16, INT16 -> out.putShort((short) whole[i]);
        case UINT32, INT32 -> out.putInt((int) whole[i]);
        case UINT64, INT64 -> out.putLong(whole[i]);
        case FLOAT16 -> out.putShort(Float16.ofFloat((float) floating[i]));
        case BFLOAT16 -> throw new IOException("NumPy has no type " + type);
        case FLOAT32 -> out.putFloat((float) floating[i]);
        case FLOAT64 -> out.putDouble(floating[i]);
      }
    }
    return out.flip();
  }
}
