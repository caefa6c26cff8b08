package org.stereo4d.io.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.stereo4d.run.Check;

/** Elements of a file to the Java arrays that hold them, and back. */
final class NpyCodec {
  private NpyCodec() {}

  /**
   * Decodes from the position of a buffer of the file's byte order.
   *
   * @param values how many values of the held array to fill; see {@link NpyHeader#lanes}
   */
  static void decode(ByteBuffer in, NpyHeader header, Object held, int index, int values) {
    switch (header.type()) {
      case BOOL -> {
        boolean[] out = (boolean[]) held;
        for (int i = 0; i < values; i++) {
          out[index + i] = in.get() != 0;
        }
      }
      case INT8, UINT8, BYTES -> in.get((byte[]) held, index, values);
      case INT16, UINT16 -> in.asShortBuffer().get((short[]) held, index, values);
      case INT32, UINT32 -> in.asIntBuffer().get((int[]) held, index, values);
      case INT64, UINT64 -> in.asLongBuffer().get((long[]) held, index, values);
      case FLOAT16 -> {
        float[] out = (float[]) held;
        for (int i = 0; i < values; i++) {
          out[index + i] = Float16.toFloat(in.getShort());
        }
      }
      case FLOAT32, COMPLEX64 -> in.asFloatBuffer().get((float[]) held, index, values);
      case FLOAT64, COMPLEX128 -> in.asDoubleBuffer().get((double[]) held, index, values);
      case UNICODE -> {
        String[] out = (String[]) held;
        for (int i = 0; i < values; i++) {
          out[index + i] = text(in, header.itemBytes() / 4);
        }
      }
    }
  }

  private static String text(ByteBuffer in, int width) {
    StringBuilder out = new StringBuilder();
    int zeros = 0;
    for (int i = 0; i < width; i++) {
      int point = in.getInt();
      if (point == 0) {
        zeros++; // only zeros in front of another character belong to the text
        continue;
      }
      boolean valid = Character.isValidCodePoint(point) && (point < 0xd800 || point > 0xdfff);
      Check.that(valid, "holds the code point 0x%x, expected Unicode text", point);
      out.append("\0".repeat(zeros)).appendCodePoint(point);
      zeros = 0;
    }
    return out.toString();
  }

  /** One item of a BYTES array without its padding. */
  static int trimmedLength(byte[] items, int start, int width) {
    int length = width;
    while (length > 0 && items[start + length - 1] == 0) {
      length--;
    }
    return length;
  }

  /** Encodes {@code values} values, little endian, into a buffer that has room for them. */
  static void encode(
      NpyType type, int itemBytes, Object held, int index, int values, ByteBuffer out) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = index; i < index + values; i++) {
      switch (type) {
        case BOOL -> out.put((byte) (((boolean[]) held)[i] ? 1 : 0));
        case INT8, UINT8, BYTES -> out.put(((byte[]) held)[i]);
        case INT16, UINT16 -> out.putShort(((short[]) held)[i]);
        case INT32, UINT32 -> out.putInt(((int[]) held)[i]);
        case INT64, UINT64 -> out.putLong(((long[]) held)[i]);
        case FLOAT16 -> out.putShort(Float16.ofFloat(((float[]) held)[i]));
        case FLOAT32, COMPLEX64 -> out.putFloat(((float[]) held)[i]);
        case FLOAT64, COMPLEX128 -> out.putDouble(((double[]) held)[i]);
        case UNICODE -> putText(((String[]) held)[i], itemBytes / 4, out);
      }
    }
  }

  private static void putText(String text, int width, ByteBuffer out) {
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < width; i++) {
      out.putInt(i < points.length ? points[i] : 0);
    }
  }

  /** Text of a BYTES item: UTF-8, or Latin-1 where it is none. */
  static String text(byte[] items, int start, int width) {
    int length = trimmedLength(items, start, width);
    String utf8 = new String(items, start, length, StandardCharsets.UTF_8);
    boolean malformed = utf8.indexOf('\ufffd') >= 0;
    return malformed ? new String(items, start, length, StandardCharsets.ISO_8859_1) : utf8;
  }
}
