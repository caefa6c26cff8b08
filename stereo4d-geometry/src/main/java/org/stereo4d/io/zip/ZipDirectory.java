package org.stereo4d.io.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the central directory: end record, zip64 end record, then one entry per member.
 *
 * <p>Names and layout follow PKWARE's application note 6.3, sections 4.3.12 to 4.3.16 and 4.5.3.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END64_LOCATOR = 0x07064b50;
  private static final int END64_LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int MAX_COMMENT = 0xffff;
  private static final long IN_ZIP64 = 0xffffffffL;
  private static final int ENCRYPTED = 1;

  /** Directories of archives we read hold a few members; this is room for half a million. */
  private static final long MAX_DIRECTORY_BYTES = 64L << 20;

  private final Path path;
  private final FileChannel channel;

  ZipDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  Map<String, ZipMember> read() throws IOException {
    long fileBytes = channel.size();
    int tailBytes = (int) Math.min(fileBytes, END_BYTES + MAX_COMMENT);
    ByteBuffer tail = bytesAt(fileBytes - tailBytes, tailBytes);
    int end = findEnd(tail);
    long endOffset = fileBytes - tailBytes + end;
    long count = tail.getShort(end + 10) & 0xffff;
    long bytes = tail.getInt(end + 12) & 0xffffffffL;
    long offset = tail.getInt(end + 16) & 0xffffffffL;
    if (count == 0xffff || bytes == IN_ZIP64 || offset == IN_ZIP64) {
      ByteBuffer end64 = findEnd64(endOffset);
      count = end64.getLong(32);
      bytes = end64.getLong(40);
      offset = end64.getLong(48);
    }
    if (offset < 0 || bytes < 0 || bytes > MAX_DIRECTORY_BYTES || offset > endOffset - bytes) {
      throw damaged("directory has " + bytes + " bytes at " + offset);
    }
    if (count < 0 || count > bytes / ENTRY_BYTES) {
      throw damaged("directory of " + bytes + " bytes cannot hold " + count + " members");
    }
    return entries(bytesAt(offset, (int) bytes), (int) count);
  }

  private ByteBuffer bytesAt(long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    ZipArchive.readFully(channel, buffer, position, path);
    return buffer;
  }

  private int findEnd(ByteBuffer tail) throws IOException {
    for (int at = tail.capacity() - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END
          && at + END_BYTES + (tail.getShort(at + 20) & 0xffff) <= tail.capacity()) {
        return at;
      }
    }
    throw new IOException(path + ": is no zip archive, or cut off: has no end record");
  }

  private ByteBuffer findEnd64(long endOffset) throws IOException {
    if (endOffset < END64_LOCATOR_BYTES) {
      throw damaged("zip64 locator is missing");
    }
    ByteBuffer locator = bytesAt(endOffset - END64_LOCATOR_BYTES, END64_LOCATOR_BYTES);
    long at = locator.getLong(8);
    if (locator.getInt(0) != END64_LOCATOR || at < 0 || at > endOffset - END64_BYTES) {
      throw damaged("zip64 locator is missing or points to " + at);
    }
    ByteBuffer end64 = bytesAt(at, END64_BYTES);
    if (end64.getInt(0) != END64) {
      throw damaged("zip64 end record is missing at " + at);
    }
    return end64;
  }

  private Map<String, ZipMember> entries(ByteBuffer in, int count) throws IOException {
    Map<String, ZipMember> members = new LinkedHashMap<>();
    for (int i = 0, at = 0; i < count; i++) {
      if (in.capacity() - at < ENTRY_BYTES || in.getInt(at) != ENTRY) {
        throw damaged("directory entry " + i + " of " + count + " is missing");
      }
      int nameBytes = in.getShort(at + 28) & 0xffff;
      int extraBytes = in.getShort(at + 30) & 0xffff;
      int commentBytes = in.getShort(at + 32) & 0xffff;
      int next = at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
      if (next > in.capacity()) {
        throw damaged("directory entry " + i + " of " + count + " is cut off");
      }
      String name = new String(in.array(), at + ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
      ZipMember member = member(in, at, name, at + ENTRY_BYTES + nameBytes, extraBytes);
      if (members.put(name, member) != null) {
        throw damaged("member " + name + " appears twice");
      }
      at = next;
    }
    return members;
  }

  private ZipMember member(ByteBuffer in, int at, String name, int extraAt, int extraBytes)
      throws IOException {
    int flags = in.getShort(at + 8);
    int method = in.getShort(at + 10) & 0xffff;
    if ((flags & ENCRYPTED) != 0) {
      throw damaged("member " + name + " is encrypted, expected plain data");
    }
    if (method != 0 && method != 8) {
      throw damaged("member " + name + " uses compression method " + method + ", expected 0 or 8");
    }
    long crc = in.getInt(at + 16) & 0xffffffffL;
    long[] values = {
      in.getInt(at + 24) & 0xffffffffL,
      in.getInt(at + 20) & 0xffffffffL,
      in.getInt(at + 42) & 0xffffffffL
    };
    readZip64(in, extraAt, extraBytes, values, name);
    long bytes = values[0];
    long compressed = values[1];
    long offset = values[2];
    if (bytes < 0 || compressed < 0 || offset < 0 || offset > channel.size() - compressed) {
      throw damaged(
          "member " + name + " has " + compressed + " bytes at " + offset + ", inflated " + bytes);
    }
    if (method == 0 && bytes != compressed) {
      throw damaged("member " + name + " is stored, yet has sizes " + compressed + " and " + bytes);
    }
    return new ZipMember(name, method == 0, compressed, bytes, crc, offset);
  }

  /** Replaces those of size, compressed size and offset that only fit the zip64 extra field. */
  private void readZip64(ByteBuffer in, int at, int count, long[] values, String name)
      throws IOException {
    int i = at;
    int end = at + count;
    while (i + 4 <= end) {
      int id = in.getShort(i) & 0xffff;
      int size = in.getShort(i + 2) & 0xffff;
      int from = i + 4;
      i = from + size;
      if (i > end) {
        throw damaged("member " + name + " has a cut extra field");
      }
      for (int k = 0; id == 1 && k < values.length; k++) {
        if (values[k] == IN_ZIP64 && from + 8 <= i) {
          values[k] = in.getLong(from);
          from += 8;
        }
      }
    }
  }

  private IOException damaged(String what) {
    return new IOException(path + ": damaged zip archive: " + what);
  }
}
