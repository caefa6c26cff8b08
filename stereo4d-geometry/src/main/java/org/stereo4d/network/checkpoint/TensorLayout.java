package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.stereo4d.run.Limits;

/**
 * Where the elements of a tensor lie: element (i, j, ...) is number {@code offset + i strides[0] +
 * j strides[1] + ...} of its bytes.
 */
final class TensorLayout {
  private static final int MAX_RANK = 64;

  /** Elements spread thinner than this are read one by one. */
  private static final long SPARSE_FACTOR = 4;

  private final TensorType type;
  private final int[] shape;
  private final long[] strides;
  private final long offset;
  private final int count;
  private final ByteRange.Source source;
  private final Bounds bounds;

  private TensorLayout(
      TensorType type,
      int[] shape,
      long[] strides,
      long offset,
      ByteRange.Source source,
      Bounds bounds) {
    this.bounds = bounds;
    this.type = type;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    this.source = source;
  }

  /**
   * Checks sizes against the file.
   *
   * @param sizes of the tensor, outermost first
   * @param strides elements from one index to the next, of each axis
   * @param offset number of the first element in the bytes
   * @param source finds the bytes
   * @param bounds what the tensor may not exceed
   */
  static TensorLayout of(
      TensorType type,
      long[] sizes,
      long[] strides,
      long offset,
      ByteRange.Source source,
      Bounds bounds)
      throws IOException {
    String what = bounds.what;
    if (sizes.length > MAX_RANK || strides.length != sizes.length || offset < 0) {
      throw new IOException(
          what
              + ": has "
              + sizes.length
              + " sizes, "
              + strides.length
              + " strides and the offset "
              + offset);
    }
    long most = Math.min(bounds.fileBytes, Integer.MAX_VALUE - 8L) / type.itemBytes();
    long count = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 0 || strides[i] < 0) {
        throw new IOException(what + ": has a negative size or stride");
      }
      if (sizes[i] > most || (count != 0 && sizes[i] > most / count)) {
        throw new IOException(
            what
                + ": has the shape "
                + Arrays.toString(sizes)
                + ", expected at most the "
                + bounds.fileBytes
                + " bytes of the file");
      }
      count *= sizes[i];
    }
    bounds.limits.requireBytes(count * type.itemBytes(), what);
    int[] shape = Arrays.stream(sizes).mapToInt(size -> (int) size).toArray();
    return new TensorLayout(type, shape, strides.clone(), offset, source, bounds);
  }

  /**
   * What a layout is checked against.
   *
   * @param fileBytes size of the file, which no tensor may exceed
   * @param limits of the reader
   * @param what file and tensor, the beginning of messages
   */
  record Bounds(long fileBytes, Limits limits, String what) {}

  /** Strides of elements that follow each other in row-major order. */
  static long[] rowMajor(long[] sizes) {
    long[] out = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      out[i] = stride;
      stride *= Math.max(1, sizes[i]);
    }
    return out;
  }

  TensorType type() {
    return type;
  }

  int[] shape() {
    return shape.clone();
  }

  long offset() {
    return offset;
  }

  int count() {
    return count;
  }

  boolean isContiguous() {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] > 1 && strides[i] != expected) {
        return false;
      }
      expected *= Math.max(1, shape[i]);
    }
    return true;
  }

  /** The bytes, after a check that every element lies inside them. */
  ByteRange locate() throws IOException {
    ByteRange range = source.locate();
    long elements = range.length() / type.itemBytes();
    long last = offset;
    boolean inside = count == 0 || offset < elements;
    for (int i = 0; i < shape.length && inside && count > 0; i++) {
      if (shape[i] > 1) {
        inside = strides[i] <= (elements - 1 - last) / (shape[i] - 1);
        last += inside ? (shape[i] - 1) * strides[i] : 0;
      }
    }
    if (!inside) {
      throw new IOException(
          bounds.what
              + ": shape "
              + Arrays.toString(shape)
              + ", strides "
              + Arrays.toString(strides)
              + ", offset "
              + offset
              + " lie outside its "
              + elements
              + " stored elements");
    }
    return range;
  }

  /** Refuses a Java array for all elements that is larger than the limits. */
  void requireArray(int bytesPerElement) throws IOException {
    bounds.limits.requireBytes((long) count * bytesPerElement, bounds.what);
  }

  /** The elements in row-major order, in the byte order of the range. */
  ByteBuffer gather(ByteRange range) throws IOException {
    int item = type.itemBytes();
    ByteBuffer out = ByteBuffer.allocate(count * item).order(range.order());
    if (count == 0) {
      return out;
    }
    long span = item;
    for (int i = 0; i < shape.length; i++) {
      span += (shape[i] - 1) * strides[i] * item;
    }
    boolean dense = span <= Math.min(SPARSE_FACTOR * count * item, Integer.MAX_VALUE - 8);
    ByteBuffer all = ByteBuffer.allocate(dense ? (int) span : item);
    if (dense) {
      range.read(offset * item, all);
    }
    int[] index = new int[shape.length];
    for (int n = 0; n < count; n++) {
      long at = 0;
      for (int i = 0; i < shape.length; i++) {
        at += index[i] * strides[i];
      }
      if (dense) {
        out.put(all.array(), (int) at * item, item);
      } else {
        all.clear();
        range.read((offset + at) * item, all);
        out.put(all.array(), 0, item);
      }
      for (int i = shape.length - 1; i >= 0 && ++index[i] == shape[i]; i--) {
        index[i] = 0;
      }
    }
    return out.flip();
  }
}
