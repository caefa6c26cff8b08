package org.stereo4d.io.png;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Walks through the chunks of a file: length, type, data, CRC. */
final class PngChunks {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final InputStream in;
  private final String what;
  private final CRC32 crc = new CRC32();
  private String type = "";
  private int left;

  PngChunks(InputStream in, String what) throws IOException {
    this.in = in;
    this.what = what;
    if (!Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE)) {
      throw new IOException(what + ": is no PNG file");
    }
  }

  /** Type of the current chunk. */
  String type() {
    return type;
  }

  /** Moves to the next chunk; what is left of the current one is read first. */
  void next() throws IOException {
    if (!type.isEmpty()) {
      finish();
    }
    ByteBuffer head = ByteBuffer.wrap(readFully(8));
    left = head.getInt();
    byte[] name = Arrays.copyOfRange(head.array(), 4, 8);
    type = new String(name, StandardCharsets.ISO_8859_1);
    if (left < 0 || !type.matches("[A-Za-z]{4}")) {
      throw new IOException(what + ": chunk has type and length that no chunk can have");
    }
    crc.reset();
    crc.update(name);
  }

  /** Some bytes of the current chunk; -1 at its end. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(into, offset, Math.min(left, length));
    if (n < 0) {
      throw new EOFException(what + ": ends within chunk " + type);
    }
    crc.update(into, offset, n);
    left -= n;
    return n;
  }

  /** All bytes of a chunk that must be small. */
  byte[] readAll(int most) throws IOException {
    if (left > most) {
      throw new IOException(
          what + ": chunk " + type + " has " + left + " bytes, expected at most " + most);
    }
    byte[] data = readFully(left);
    crc.update(data);
    left = 0;
    return data;
  }

  private void finish() throws IOException {
    byte[] skipped = new byte[8192];
    while (left > 0) {
      read(skipped, 0, skipped.length);
    }
    int stored = ByteBuffer.wrap(readFully(4)).getInt();
    if (stored != (int) crc.getValue()) {
      throw new IOException(what + ": chunk " + type + " is damaged (CRC)");
    }
  }

  private byte[] readFully(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(what + ": ends early, after chunk '" + type + "'");
    }
    return bytes;
  }
}
