package org.stereo4d.io.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What precedes the elements of an array: magic, version, and a Python dictionary of type, order
 * and shape.
 *
 * @param type element type
 * @param itemBytes bytes of one element in the file
 * @param byteOrder of each element
 * @param fortranOrder first index fastest
 * @param shape sizes, {@code >= 0}
 * @param headerBytes bytes before the first element
 */
record NpyHeader(
    NpyType type,
    int itemBytes,
    ByteOrder byteOrder,
    boolean fortranOrder,
    int[] shape,
    int headerBytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself trusts no header above 10 000 characters. */
  private static final int MAX_DICTIONARY_BYTES = 1 << 16;

  /**
   * Reads a header, version 1, 2 or 3.
   *
   * @param what file and field, the beginning of messages
   */
  static NpyHeader read(InputStream in, String what) throws IOException {
    byte[] start = readFully(in, 8, what);
    if (!Arrays.equals(Arrays.copyOf(start, 6), MAGIC)) {
      throw new IOException(what + ": is no NumPy array, expected it to start with \\x93NUMPY");
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new IOException(what + ": has NumPy format version " + version + ", expected 1 to 3");
    }
    byte[] size = readFully(in, version == 1 ? 2 : 4, what);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << 8 | (size[i] & 0xff);
    }
    if (length > MAX_DICTIONARY_BYTES) {
      throw new IOException(
          what + ": header has " + length + " bytes, expected at most " + MAX_DICTIONARY_BYTES);
    }
    byte[] text = readFully(in, (int) length, what);
    String dictionary =
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return new NpyDictionary(dictionary, what).header(8 + size.length + (int) length);
  }

  private static byte[] readFully(InputStream in, int count, String what) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(what + ": ends within the header of the array");
    }
    return bytes;
  }

  /** Number of elements. */
  long count() {
    return product(shape);
  }

  /** Product of sizes, or {@link Long#MAX_VALUE} when it is larger. */
  static long product(int[] shape) {
    long count = 1;
    for (int side : shape) {
      if (side == 0) {
        return 0;
      }
    }
    for (int side : shape) {
      if (count > Long.MAX_VALUE / side) {
        return Long.MAX_VALUE;
      }
      count *= side;
    }
    return count;
  }

  /** Values of the Java array per element: 2 for complex numbers, the width for bytes, else 1. */
  int lanes() {
    return lanes(type, itemBytes);
  }

  static int lanes(NpyType type, int itemBytes) {
    return type.isComplex() ? 2 : type == NpyType.BYTES ? itemBytes : 1;
  }

  /** {@code float32 of shape (2, 3)}. */
  String describe() {
    return type + " of shape " + shapeText(shape);
  }

  static String shapeText(int[] shape) {
    StringBuilder text = new StringBuilder("(");
    for (int side : shape) {
      text.append(text.length() > 1 ? ", " : "").append(side);
    }
    return text.append(shape.length == 1 ? ",)" : ")").toString();
  }

  /** The header in format version 1, padded so that the elements start at a multiple of 64. */
  static byte[] bytes(NpyType type, int itemBytes, int[] shape) {
    int width = type == NpyType.UNICODE ? itemBytes / 4 : itemBytes;
    char order = itemBytes == 1 || type == NpyType.BYTES ? '|' : '<';
    String dictionary =
        "{'descr': '"
            + order
            + type.code()
            + width
            + "', 'fortran_order': False, 'shape': "
            + shapeText(shape)
            + ", }";
    int unpadded = 10 + dictionary.length() + 1;
    String text = dictionary + " ".repeat(Math.floorMod(-unpadded, 64)) + "\n";
    byte[] out = Arrays.copyOf(MAGIC, 10 + text.length());
    out[6] = 1;
    out[8] = (byte) text.length();
    out[9] = (byte) (text.length() >> 8);
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, out, 10, text.length());
    return out;
  }

  static void write(OutputStream out, NpyType type, int itemBytes, int[] shape) throws IOException {
    out.write(bytes(type, itemBytes, shape));
  }
}
