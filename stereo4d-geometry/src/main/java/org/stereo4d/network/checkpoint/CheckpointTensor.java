package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.stereo4d.io.npy.Float16;
import org.stereo4d.run.Check;

/**
 * A tensor in a file: known by name, type and shape, read when its elements are asked for, in
 * row-major order whatever the order in the file. The checkpoint must still be open then.
 */
public final class CheckpointTensor {
  private static final int CHUNK_BYTES = 1 << 20;

  private final String name;
  private final TensorLayout layout;

  CheckpointTensor(String name, TensorLayout layout) {
    this.name = name;
    this.layout = layout;
  }

  /** Name in its checkpoint. */
  public String name() {
    return name;
  }

  /** Type of the elements in the file. */
  public TensorType type() {
    return layout.type();
  }

  /** Sizes, outermost first; empty for a single number. */
  public int[] shape() {
    return layout.shape();
  }

  /** Number of elements. */
  public int count() {
    return layout.count();
  }

  /** The elements as floats; doubles and long integers are rounded. */
  public float[] floats() throws IOException {
    layout.requireArray(Float.BYTES);
    float[] out = new float[count()];
    TensorType type = type();
    forEachChunk(
        (first, count, bytes) -> {
          if (type == TensorType.FLOAT32) {
            bytes.asFloatBuffer().get(out, first, count);
          } else if (type.isFloating()) {
            for (int i = 0; i < count; i++) {
              out[first + i] = (float) floating(bytes, i, type);
            }
          } else {
            for (int i = 0; i < count; i++) {
              out[first + i] = integer(bytes, i, type);
            }
          }
        });
    return out;
  }

  /** The elements as doubles; long integers are rounded. */
  public double[] doubles() throws IOException {
    layout.requireArray(Double.BYTES);
    double[] out = new double[count()];
    TensorType type = type();
    forEachChunk(
        (first, count, bytes) -> {
          for (int i = 0; i < count; i++) {
            out[first + i] = type.isFloating() ? floating(bytes, i, type) : integer(bytes, i, type);
          }
        });
    return out;
  }

  /**
   * The elements of a tensor of integers; unsigned 64-bit values above the range of long are
   * negative.
   */
  public long[] longs() throws IOException {
    TensorType type = type();
    Check.that(!type.isFloating(), "%s must hold integers, holds %s", name, type);
    layout.requireArray(Long.BYTES);
    long[] out = new long[count()];
    forEachChunk(
        (first, count, bytes) -> {
          for (int i = 0; i < count; i++) {
            out[first + i] = integer(bytes, i, type);
          }
        });
    return out;
  }

  private static double floating(ByteBuffer bytes, int i, TensorType type) {
    return switch (type) {
      case FLOAT16 -> Float16.toFloat(bytes.getShort(2 * i));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
      case FLOAT32 -> bytes.getFloat(4 * i);
      case FLOAT64 -> bytes.getDouble(8 * i);
      case BOOL, UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          throw new IllegalArgumentException(type + " is no floating type");
    };
  }

  private static long integer(ByteBuffer bytes, int i, TensorType type) {
    return switch (type) {
      case BOOL -> bytes.get(i) == 0 ? 0 : 1;
      case UINT8 -> bytes.get(i) & 0xff;
      case INT8 -> bytes.get(i);
      case UINT16 -> bytes.getShort(2 * i) & 0xffff;
      case INT16 -> bytes.getShort(2 * i);
      case UINT32 -> bytes.getInt(4 * i) & 0xffffffffL;
      case INT32 -> bytes.getInt(4 * i);
      case UINT64, INT64 -> bytes.getLong(8 * i);
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
          throw new IllegalArgumentException(type + " is no integer type");
    };
  }

  /** Takes elements that follow each other, from the start of the buffer. */
  @FunctionalInterface
  private interface Chunk {
    void take(int first, int count, ByteBuffer bytes);
  }

  private void forEachChunk(Chunk chunk) throws IOException {
    ByteRange range = layout.locate();
    int item = type().itemBytes();
    if (!layout.isContiguous()) {
      chunk.take(0, count(), layout.gather(range));
      return;
    }
    int step = CHUNK_BYTES / item;
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(step, count()) * item).order(range.order());
    for (int first = 0; first < count(); first += step) {
      int count = Math.min(step, count() - first);
      buffer.clear().limit(count * item);
      range.read((layout.offset() + first) * item, buffer);
      chunk.take(first, count, buffer.flip());
    }
  }

  /**
   * Copies the elements as little-endian bytes.
   *
   * @param into little-endian, with exactly the bytes of all elements remaining
   */
  public void read(ByteBuffer into) throws IOException {
    Check.that(
        into.order() == ByteOrder.LITTLE_ENDIAN
            && into.remaining() == (long) count() * type().itemBytes(),
        "buffer must be little-endian with %s elements of %s remaining, was %s with %s bytes",
        count(),
        type(),
        into.order(),
        into.remaining());
    int item = type().itemBytes();
    forEachChunk(
        (first, count, bytes) -> {
          if (bytes.order() == ByteOrder.BIG_ENDIAN) {
            swap(bytes.array(), count, item);
          }
          into.put(bytes.array(), 0, count * item);
        });
  }

  private static void swap(byte[] bytes, int count, int item) {
    for (int i = 0; i < count; i++) {
      for (int a = i * item, b = a + item - 1; a < b; a++, b--) {
        byte t = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = t;
      }
    }
  }

  @Override
  public String toString() {
    return name + " " + type() + Arrays.toString(shape());
  }
}
