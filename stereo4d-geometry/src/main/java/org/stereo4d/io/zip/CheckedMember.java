package org.stereo4d.io.zip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** Gives exactly the announced bytes of a member and checks their CRC at the end. */
final class CheckedMember extends InputStream {
  private final InputStream in;
  private final ZipMember member;
  private final String what;
  private final CRC32 crc = new CRC32();
  private long left;
  private boolean checked;

  CheckedMember(InputStream in, ZipMember member, String what) {
    this.in = in;
    this.member = member;
    this.what = what;
    this.left = member.bytes();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      checkEnd();
      return -1;
    }
    int n = readInflated(into, offset, (int) Math.min(left, length));
    if (n < 0) {
      throw new EOFException(what + ": ends " + left + " bytes early of " + member.bytes());
    }
    crc.update(into, offset, n);
    left -= n;
    if (left == 0) {
      checkEnd();
    }
    return n;
  }

  private int readInflated(byte[] into, int offset, int length) throws IOException {
    try {
      return in.read(into, offset, length);
    } catch (ZipException | EOFException e) {
      throw new IOException(what + ": compressed data is damaged: " + e.getMessage(), e);
    }
  }

  private void checkEnd() throws IOException {
    if (checked) {
      return;
    }
    checked = true;
    if (crc.getValue() != member.crc32()) {
      throw new IOException(
          String.format("%s: CRC is %08x, expected %08x", what, crc.getValue(), member.crc32()));
    }
    if (!member.stored() && readInflated(new byte[1], 0, 1) >= 0) {
      throw new IOException(what + ": inflates to more than " + member.bytes() + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
