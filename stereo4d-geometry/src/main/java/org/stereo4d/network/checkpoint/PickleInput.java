package org.stereo4d.network.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of pickles, counted and limited. */
final class PickleInput {
  /** Names of tensors and classes; published files need 2 MB at most. */
  static final int MAX_BYTES = 64 << 20;

  /** Longest name of a module or class. */
  static final int MAX_LINE = 1000;

  private final InputStream in;
  private final String what;
  private final long available;
  private long position;

  /**
   * @param available bytes that the stream has at most
   * @param what file and member, the beginning of messages
   */
  PickleInput(InputStream in, long available, String what) {
    this.in = in;
    this.what = what;
    this.available = available;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  IOException error(String message) {
    return new IOException(what + ": pickle at byte " + position + ": " + message);
  }

  int unsignedByte() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException(what + ": pickle ends at byte " + position + " without STOP");
    }
    count(1);
    return value;
  }

  private void count(long bytes) throws IOException {
    position += bytes;
    if (position > MAX_BYTES) {
      throw error("is longer than " + MAX_BYTES + " bytes");
    }
  }

  /** An unsigned little-endian number of 2, 4 or 8 bytes; 8 bytes must fit long. */
  long unsigned(int width) throws IOException {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) unsignedByte() << (8 * i);
    }
    if (value < 0) {
      throw error("a length of 2^63 or more");
    }
    return value;
  }

  /** Bytes whose number was read before; refused before they are allocated. */
  byte[] bytes(long length) throws IOException {
    if (length > available - position || length > MAX_BYTES) {
      throw error("claims " + length + " bytes, expected at most " + (available - position));
    }
    byte[] out = in.readNBytes((int) length);
    if (out.length < length) {
      throw new EOFException(what + ": pickle ends inside a value of " + length + " bytes");
    }
    count(length);
    return out;
  }

  String text(long length) throws IOException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Text up to a line end. */
  String line() throws IOException {
    StringBuilder out = new StringBuilder();
    for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
      if (out.length() == MAX_LINE) {
        throw error("a name of more than " + MAX_LINE + " characters");
      }
      out.append((char) c);
    }
    return out.toString();
  }
}
