package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The absolute offsets in a {@code stco}, {@code co64} or {@code saio} box. */
final class OffsetTable {
  private final Mp4Box box;
  private final Path path;
  private final int headBytes;
  private final long[] offsets;
  private boolean wide;

  private OffsetTable(Mp4Box box, Path path, int headBytes, boolean wide, int count) {
    this.box = box;
    this.path = path;
    this.headBytes = headBytes;
    this.wide = wide;
    this.offsets = new long[count];
    ByteBuffer in = ByteBuffer.wrap(box.lead()).position(headBytes + 4);
    for (int i = 0; i < count; i++) {
      offsets[i] = wide ? in.getLong() : in.getInt() & 0xffffffffL;
    }
  }

  static OffsetTable of(Mp4Box box, Path path) throws IOException {
    byte[] lead = box.lead();
    boolean saio = box.type().equals("saio");
    int head = saio && lead.length >= 4 && (lead[3] & 1) != 0 ? 12 : 4;
    if (lead.length < head + 4) {
      throw new IOException(
          path
              + ": box '"
              + box.type()
              + "' has "
              + lead.length
              + " bytes, expected "
              + (head + 4));
    }
    boolean wide = saio ? lead[0] == 1 : box.type().equals("co64");
    long count = ByteBuffer.wrap(lead).getInt(head) & 0xffffffffL;
    if (count > (lead.length - head - 4) / (wide ? 8 : 4)) {
      throw new IOException(
          path + ": box '" + box.type() + "' has " + count + " entries, ends before");
    }
    return new OffsetTable(box, path, head, wide, (int) count);
  }

  /** Rewrites the box with all offsets from {@code start} on moved, wider when it must be. */
  void move(long shift, long start) throws IOException {
    boolean overflows = false;
    for (long offset : offsets) {
      overflows |= !wide && offset >= start && offset + shift > 0xffffffffL;
    }
    if (overflows) {
      widen();
    }
    ByteBuffer out = ByteBuffer.allocate(headBytes + 4 + offsets.length * (wide ? 8 : 4));
    out.put(box.lead(), 0, headBytes).putInt(offsets.length);
    for (long offset : offsets) {
      long moved = offset >= start ? offset + shift : offset;
      if (wide) {
        out.putLong(moved);
      } else {
        out.putInt((int) moved);
      }
    }
    box.setLead(out.array());
  }

  private void widen() throws IOException {
    if (!box.type().equals("stco")) {
      throw new IOException(
          path + ": box '" + box.type() + "' has 32-bit offsets that would overflow");
    }
    box.retype("co64");
    wide = true;
  }
}
