package org.stereo4d.network.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bytes that hold elements, in a file or in memory. */
interface ByteRange {
  /** Number of bytes. */
  long length();

  /** Byte order of the elements. */
  ByteOrder order();

  /** Fills a buffer with the bytes from a position on; the caller stays within the length. */
  void read(long position, ByteBuffer into) throws IOException;

  /** A range that is looked for when it is needed. */
  @FunctionalInterface
  interface Source {
    ByteRange locate() throws IOException;
  }

  /** Part of an open file. */
  record OfFile(FileChannel channel, long offset, long length, ByteOrder order)
      implements ByteRange {
    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      long at = offset + position;
      while (into.hasRemaining()) {
        int n = channel.read(into, at);
        if (n < 0) {
          throw new EOFException("the file ends before offset " + (at + into.remaining()));
        }
        at += n;
      }
    }
  }

  /** Bytes in memory. */
  record OfArray(ByteBuffer bytes) implements ByteRange {
    @Override
    public long length() {
      return bytes.capacity();
    }

    @Override
    public ByteOrder order() {
      return bytes.order();
    }

    @Override
    public void read(long position, ByteBuffer into) {
      into.put(bytes.duplicate().position((int) position).limit((int) position + into.remaining()));
    }
  }
}
