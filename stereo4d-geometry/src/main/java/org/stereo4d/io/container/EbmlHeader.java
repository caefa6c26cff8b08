package org.stereo4d.io.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Id and size in front of an element.
 *
 * @param id with its length marker, as it is written
 * @param size bytes of the data; -1 when unknown
 * @param bytes bytes of id and size together
 */
record EbmlHeader(long id, long size, int bytes) {
  /** The longest header. */
  static final int MOST_BYTES = 12;

  private static final int MOST_ID_BYTES = 4;

  static EbmlHeader read(ByteBuffer in, String what) throws IOException {
    int start = in.position();
    if (!in.hasRemaining()) {
      throw new EOFException(what + ": ends where an element is expected");
    }
    int idBytes = Integer.numberOfLeadingZeros(in.get(start) & 0xff) - 23;
    if (idBytes > MOST_ID_BYTES) {
      throw new IOException(
          what + ": byte " + (in.get(start) & 0xff) + " at " + start + " begins no element id");
    }
    long id = number(in, idBytes, what);
    if (!in.hasRemaining()) {
      throw new EOFException(what + ": ends within the header of an element");
    }
    int first = in.get(in.position()) & 0xff;
    int sizeBytes = Integer.numberOfLeadingZeros(first) - 23;
    if (sizeBytes > 8) {
      throw new IOException(what + String.format(": element %x has no valid size", id));
    }
    long mask = (1L << (7 * sizeBytes)) - 1;
    long size = number(in, sizeBytes, what) & mask;
    return new EbmlHeader(id, size == mask ? -1 : size, in.position() - start);
  }

  private static long number(ByteBuffer in, int bytes, String what) throws IOException {
    if (in.remaining() < bytes) {
      throw new EOFException(what + ": ends within the header of an element");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (in.get() & 0xff);
    }
    return value;
  }

  int idBytes() {
    return idBytes(id);
  }

  static int idBytes(long id) {
    return id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1;
  }

  /** Fewest bytes that code a size; all ones are kept for "unknown". */
  static int sizeBytes(long size) {
    int bytes = 1;
    while (size >= (1L << (7 * bytes)) - 1) {
      bytes++;
    }
    return bytes;
  }

  static void put(ByteBuffer out, long id, long size, int sizeBytes) {
    for (int i = idBytes(id) - 1; i >= 0; i--) {
      out.put((byte) (id >> 8 * i));
    }
    long coded = size | 1L << (7 * sizeBytes);
    for (int i = sizeBytes - 1; i >= 0; i--) {
      out.put((byte) (coded >> 8 * i));
    }
  }
}
