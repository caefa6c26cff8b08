package org.stereo4d.io.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Limits;

/** Reads and changes the stereo and projection metadata of MP4, QuickTime, Matroska and WebM. */
public final class SphericalVideo {
  private static final int EBML = 0x1a45dfa3;

  private SphericalVideo() {}

  /** Reads the metadata of the first video track; what the file does not say is empty. */
  public static SphericalMetadata read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads the metadata of the first video track; what the file does not say is empty. */
  public static SphericalMetadata read(Path path, Limits limits) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return isMatroska(channel, path)
          ? MatroskaFile.open(channel, path, limits).metadata()
          : Mp4File.open(channel, path, limits).metadata();
    }
  }

  /**
   * Writes a copy of a video with other metadata of its first video track; empty parts are removed.
   * Pictures and sound are the same byte for byte. An older Spherical V1 note of the track, which
   * would contradict, is blanked.
   *
   * @param target may be the source itself
   * @throws IllegalArgumentException if the container cannot express the metadata
   */
  public static void write(Path source, Path target, SphericalMetadata metadata)
      throws IOException {
    write(source, target, metadata, Limits.DEFAULTS);
  }

  /** As {@link #write(Path, Path, SphericalMetadata)} with limits of your own. */
  public static void write(Path source, Path target, SphericalMetadata metadata, Limits limits)
      throws IOException {
    try (FileChannel channel = FileChannel.open(source, StandardOpenOption.READ);
        AtomicOutput output = AtomicOutput.to(target)) {
      Splice splice =
          isMatroska(channel, source)
              ? MatroskaFile.open(channel, source, limits).with(metadata)
              : Mp4File.open(channel, source, limits).with(metadata);
      splice.write(output.temporary());
      output.commit();
    }
  }

  private static boolean isMatroska(FileChannel channel, Path path) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(4);
    readFully(channel, magic, 0, path);
    return magic.getInt(0) == EBML;
  }

  static void readFully(FileChannel channel, ByteBuffer into, long position, Path path)
      throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int n = channel.read(into, at);
      if (n < 0) {
        throw new EOFException(path + ": ends at " + at + ", expected more");
      }
      at += n;
    }
  }

  static byte[] bytes(FileChannel channel, long position, int count, Path path) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    readFully(channel, buffer, position, path);
    return buffer.array();
  }
}
