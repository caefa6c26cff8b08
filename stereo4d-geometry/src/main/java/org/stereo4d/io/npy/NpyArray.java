package org.stereo4d.io.npy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/**
 * An array of NumPy in memory, in C order.
 *
 * <p>Accessors such as {@link #floats} return the array itself when it already has that form, else
 * a converted copy; the package documentation tells which type is held how.
 */
public final class NpyArray {
  private static final int ENCODE_VALUES = 1 << 13;

  private final NpyType type;
  private final int itemBytes;
  private final int[] shape;
  private final Object held;

  NpyArray(NpyType type, int itemBytes, int[] shape, Object held) {
    this.type = type;
    this.itemBytes = itemBytes;
    this.shape = shape;
    this.held = held;
  }

  /** A float32 array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(float[] values, int... shape) {
    return wrap(NpyType.FLOAT32, values, orFlat(shape, values.length));
  }

  /** A float64 array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(double[] values, int... shape) {
    return wrap(NpyType.FLOAT64, values, orFlat(shape, values.length));
  }

  /** An int32 array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(int[] values, int... shape) {
    return wrap(NpyType.INT32, values, orFlat(shape, values.length));
  }

  /** An int64 array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(long[] values, int... shape) {
    return wrap(NpyType.INT64, values, orFlat(shape, values.length));
  }

  /** A uint8 array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(byte[] values, int... shape) {
    return wrap(NpyType.UINT8, values, orFlat(shape, values.length));
  }

  /** A bool array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(boolean[] values, int... shape) {
    return wrap(NpyType.BOOL, values, orFlat(shape, values.length));
  }

  /** A text array; without a shape it has one dimension. The values are not copied. */
  public static NpyArray of(String[] values, int... shape) {
    return wrap(NpyType.UNICODE, values, orFlat(shape, values.length));
  }

  /** A float64 without dimensions. */
  public static NpyArray scalar(double value) {
    return wrap(NpyType.FLOAT64, new double[] {value});
  }

  /** An int64 without dimensions. */
  public static NpyArray scalar(long value) {
    return wrap(NpyType.INT64, new long[] {value});
  }

  /** A bool without dimensions. */
  public static NpyArray scalar(boolean value) {
    return wrap(NpyType.BOOL, new boolean[] {value});
  }

  /** A text without dimensions. */
  public static NpyArray scalar(String value) {
    return wrap(NpyType.UNICODE, new String[] {value});
  }

  /** Byte strings of one dimension, padded with zeros to the longest. */
  public static NpyArray ofBytes(byte[]... items) {
    int width = 1;
    for (byte[] item : items) {
      width = Math.max(width, item.length);
    }
    byte[] all = new byte[Math.multiplyExact(width, items.length)];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(items[i], 0, all, i * width, items[i].length);
    }
    return new NpyArray(NpyType.BYTES, width, new int[] {items.length}, all);
  }

  private static int[] orFlat(int[] shape, int length) {
    return shape.length == 0 ? new int[] {length} : shape;
  }

  /**
   * An array of any type on the values that hold it, which are not copied.
   *
   * @param held Java array of the kind named in the package documentation; for BYTES the items,
   *     padded to one width
   * @param shape sizes, {@code >= 0}; none for a scalar
   */
  public static NpyArray wrap(NpyType type, Object held, int... shape) {
    Check.that(
        held.getClass() == type.allocate(0).getClass(),
        "values of %s must be a %s, were %s",
        type,
        type.allocate(0).getClass().getSimpleName(),
        held.getClass().getSimpleName());
    for (int side : shape) {
      Check.that(side >= 0, "shape must be >= 0, was %s", NpyHeader.shapeText(shape));
    }
    long count = NpyHeader.product(shape);
    int values = Array.getLength(held);
    int item =
        switch (type) {
          case UNICODE -> 4 * longest((String[]) held);
          case BYTES -> count == 0 ? 1 : Math.max(1, (int) (values / count));
          default -> type.itemBytes();
        };
    Check.that(
        values == count * NpyHeader.lanes(type, item),
        "%s of shape %s must have %s values, had %s",
        type,
        NpyHeader.shapeText(shape),
        count * NpyHeader.lanes(type, item),
        values);
    return new NpyArray(type, item, shape.clone(), held);
  }

  private static int longest(String[] texts) {
    int longest = 1;
    for (String text : texts) {
      longest = Math.max(longest, text.codePointCount(0, text.length()));
    }
    return longest;
  }

  /** Reads a {@code .npy} file. */
  public static NpyArray read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads a {@code .npy} file. */
  public static NpyArray read(Path path, Limits limits) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        NpyStream stream = NpyStream.open(in, Files.size(path), limits, path.toString())) {
      return read(stream);
    }
  }

  static NpyArray read(NpyStream stream) throws IOException {
    NpyHeader header = stream.header();
    return new NpyArray(header.type(), header.itemBytes(), header.shape(), stream.readAll());
  }

  /** Writes a {@code .npy} file. */
  public void write(Path path) throws IOException {
    AtomicOutput.write(path, this::writeTo);
  }

  void writeTo(OutputStream out) throws IOException {
    NpyHeader.write(out, type, itemBytes, shape);
    int values = Array.getLength(held);
    int valueBytes = Math.max(1, itemBytes / NpyHeader.lanes(type, itemBytes));
    int piece = Math.max(1, ENCODE_VALUES / valueBytes);
    ByteBuffer buffer = ByteBuffer.allocate(piece * valueBytes);
    for (int at = 0; at < values; at += piece) {
      buffer.clear();
      NpyCodec.encode(type, itemBytes, held, at, Math.min(piece, values - at), buffer);
      out.write(buffer.array(), 0, buffer.position());
    }
  }

  /** Bytes of the file that {@link #write} makes. */
  long fileBytes() {
    return NpyHeader.bytes(type, itemBytes, shape).length + count() * itemBytes;
  }

  /** Element type. */
  public NpyType type() {
    return type;
  }

  /** Sizes; empty for a scalar. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Number of elements. */
  public long count() {
    return NpyHeader.product(shape);
  }

  /** The Java array as it is held, not copied. */
  public Object values() {
    return held;
  }

  /** Real numbers as doubles. */
  public double[] doubles() {
    return (double[]) as(new double[0]);
  }

  /** Real numbers rounded to float. */
  public float[] floats() {
    return (float[]) as(new float[0]);
  }

  /** Integers that fit 32 bits. */
  public int[] ints() {
    return (int[]) as(new int[0]);
  }

  /** Integers that fit 64 bits. */
  public long[] longs() {
    return (long[]) as(new long[0]);
  }

  /** Flags; integers must be 0 or 1. */
  public boolean[] booleans() {
    return (boolean[]) as(new boolean[0]);
  }

  /** 8-bit integers, signed or not, as they are. */
  public byte[] bytes() {
    return (byte[]) as(new byte[0]);
  }

  /** Text; byte strings are taken as UTF-8, or as Latin-1 where they are none. */
  public String[] strings() {
    if (type != NpyType.BYTES) {
      return (String[]) as(new String[0]);
    }
    String[] out = new String[(int) count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = NpyCodec.text((byte[]) held, i * itemBytes, itemBytes);
    }
    return out;
  }

  /** Items of a BYTES array without their padding; trailing zeros of an item are lost. */
  public byte[][] byteStrings() {
    Check.that(type == NpyType.BYTES, "is %s, expected byte strings", type);
    byte[] all = (byte[]) held;
    byte[][] out = new byte[(int) count()][];
    for (int i = 0; i < out.length; i++) {
      int start = i * itemBytes;
      int length = NpyCodec.trimmedLength(all, start, itemBytes);
      out[i] = Arrays.copyOfRange(all, start, start + length);
    }
    return out;
  }

  private Object as(Object sample) {
    if (NpyCast.isIdentity(type, sample)) {
      return held;
    }
    int length = (int) count();
    Object out = Array.newInstance(sample.getClass().getComponentType(), length);
    NpyCast.cast(type, held, 0, out, 0, length);
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NpyArray that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.deepEquals(new Object[] {held}, new Object[] {that.held});
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {type, shape, held});
  }

  @Override
  public String toString() {
    return "NpyArray[" + type + " of shape " + NpyHeader.shapeText(shape) + "]";
  }
}
