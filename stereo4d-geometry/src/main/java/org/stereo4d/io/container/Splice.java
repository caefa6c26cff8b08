package org.stereo4d.io.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file made of stretches of another file and of new bytes. */
final class Splice {
  private final FileChannel source;
  private final List<Part> parts = new ArrayList<>();

  Splice(FileChannel source) {
    this.source = source;
  }

  private record Part(byte[] bytes, long offset, long count) {}

  /** Adds new bytes. */
  Splice add(byte[] bytes) {
    parts.add(new Part(bytes, 0, bytes.length));
    return this;
  }

  /** Adds a stretch of the source. */
  Splice copy(long offset, long count) {
    if (count > 0) {
      parts.add(new Part(new byte[0], offset, count));
    }
    return this;
  }

  void write(Path target) throws IOException {
    try (FileChannel out =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Part part : parts) {
        if (part.bytes.length > 0) {
          ByteBuffer buffer = ByteBuffer.wrap(part.bytes);
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
        } else {
          copy(part, out);
        }
      }
    }
  }

  private void copy(Part part, FileChannel out) throws IOException {
    for (long done = 0; done < part.count; ) {
      long n = source.transferTo(part.offset + done, part.count - done, out);
      if (n <= 0) {
        throw new EOFException("source ends at " + (part.offset + done) + " while it is copied");
      }
      done += n;
    }
  }
}
