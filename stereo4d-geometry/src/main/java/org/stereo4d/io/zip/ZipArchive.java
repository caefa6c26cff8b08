package org.stereo4d.io.zip;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.stereo4d.run.Limits;

/** An open archive; members can be read in any order and by several threads at once. */
public final class ZipArchive implements AutoCloseable {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int LOCAL_HEADER_BYTES = 30;

  /** A deflated byte codes at most this many bytes. */
  private static final long MAX_DEFLATE_RATIO = 1032;

  private final Path path;
  private final Limits limits;
  private final FileChannel channel;
  private final Map<String, ZipMember> members;

  private ZipArchive(
      Path path, Limits limits, FileChannel channel, Map<String, ZipMember> members) {
    this.path = path;
    this.limits = limits;
    this.channel = channel;
    this.members = members;
  }

  /**
   * Opens an archive and reads its directory.
   *
   * @throws IOException if the file is no zip archive, or its directory contradicts itself
   */
  public static ZipArchive open(Path path, Limits limits) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ZipArchive(path, limits, channel, new ZipDirectory(path, channel).read());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Members in the order of the directory. */
  public Collection<ZipMember> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  /** The member of a name. */
  public Optional<ZipMember> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /**
   * Where the bytes of a member start in the file; for stored members they can be read from there.
   */
  public long dataOffset(ZipMember member) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(LOCAL_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, header, member.headerOffset(), path);
    if (header.getInt(0) != LOCAL_HEADER) {
      throw new IOException(path + ": member " + member.name() + " has no local header");
    }
    int names = (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
    long offset = member.headerOffset() + LOCAL_HEADER_BYTES + names;
    if (offset > channel.size() - member.compressedBytes()) {
      throw new IOException(
          path
              + ": member "
              + member.name()
              + " has "
              + member.compressedBytes()
              + " bytes at "
              + offset
              + ", expected them within the file of "
              + channel.size());
    }
    return offset;
  }

  /**
   * The bytes of a member. Reading to the end checks size and CRC; a mismatch is an {@link
   * IOException}.
   *
   * @throws IOException if the member is larger than the limits, or no such size can inflate from
   *     its compressed bytes
   */
  public InputStream read(ZipMember member) throws IOException {
    String what = path + ": member " + member.name();
    if (member.bytes() > limits.maxMemberBytes()) {
      throw new IOException(
          what
              + " has "
              + member.bytes()
              + " bytes, expected at most "
              + limits.maxMemberBytes()
              + " (Limits)");
    }
    if (!member.stored() && member.bytes() / MAX_DEFLATE_RATIO > member.compressedBytes()) {
      throw new IOException(
          what
              + " claims "
              + member.bytes()
              + " bytes from "
              + member.compressedBytes()
              + " compressed, more than deflate can code");
    }
    InputStream raw =
        new BufferedInputStream(
            new ChannelRange(channel, dataOffset(member), member.compressedBytes(), path), 1 << 16);
    InputStream plain = member.stored() ? raw : inflate(raw);
    return new CheckedMember(plain, member, what);
  }

  private static InputStream inflate(InputStream raw) {
    Inflater inflater = new Inflater(true);
    return new InflaterInputStream(raw, inflater, 1 << 16) {
      @Override
      public void close() throws IOException {
        inflater.end();
        super.close();
      }
    };
  }

  static void readFully(FileChannel channel, ByteBuffer buffer, long position, Path path)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int n = at < 0 ? -1 : channel.read(buffer, at);
      if (n < 0) {
        throw new EOFException(path + ": ends before offset " + (at + buffer.remaining()));
      }
      at += n;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A range of a file, followed by one zero byte that raw inflation needs. */
  private static final class ChannelRange extends InputStream {
    private final FileChannel channel;
    private final Path path;
    private long position;
    private long left;
    private boolean padded;

    ChannelRange(FileChannel channel, long position, long count, Path path) {
      this.channel = channel;
      this.position = position;
      this.left = count;
      this.path = path;
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
        if (padded) {
          return -1;
        }
        padded = true;
        into[offset] = 0;
        return 1;
      }
      int n = (int) Math.min(left, length);
      readFully(channel, ByteBuffer.wrap(into, offset, n), position, path);
      position += n;
      left -= n;
      return n;
    }
  }
}
