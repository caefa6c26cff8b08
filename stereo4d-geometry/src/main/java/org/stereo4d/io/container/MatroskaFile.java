package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stereo4d.run.Limits;

/** The elements of the first segment of a file, with its tracks in memory. */
final class MatroskaFile {
  static final long SEGMENT = 0x18538067L;
  static final long CLUSTER = 0x1f43b675L;

  private static final int MAX_ELEMENTS = 1 << 20;

  private final FileChannel channel;
  private final Path path;
  private final Limits limits;
  private final EbmlHeader segment;
  private final long segmentOffset;
  private final List<Part> parts;

  private MatroskaFile(
      FileChannel channel,
      Path path,
      Limits limits,
      EbmlHeader segment,
      long segmentOffset,
      List<Part> parts) {
    this.channel = channel;
    this.path = path;
    this.limits = limits;
    this.segment = segment;
    this.segmentOffset = segmentOffset;
    this.parts = parts;
  }

  /**
   * One element of the segment.
   *
   * @param offset in the file
   * @param size with its header
   */
  record Part(long id, long offset, long size, int headerBytes) {
    long end() {
      return offset + size;
    }
  }

  static MatroskaFile open(FileChannel channel, Path path, Limits limits) throws IOException {
    EbmlHeader ebml = header(channel, 0, path);
    long at = ebml.bytes() + Math.max(0, ebml.size());
    while (at < channel.size()) {
      EbmlHeader header = header(channel, at, path);
      if (header.id() == SEGMENT) {
        long start = at + header.bytes();
        long end =
            header.size() < 0 ? channel.size() : Math.min(channel.size(), start + header.size());
        List<Part> parts = parts(channel, path, start, end);
        return new MatroskaFile(channel, path, limits, header, at, parts);
      }
      if (header.size() < 0) {
        break;
      }
      at += header.bytes() + header.size();
    }
    throw new IOException(path + ": has no Segment, is no complete Matroska file");
  }

  private static EbmlHeader header(FileChannel channel, long at, Path path) throws IOException {
    int count = (int) Math.min(EbmlHeader.MOST_BYTES, channel.size() - at);
    byte[] bytes = SphericalVideo.bytes(channel, at, Math.max(0, count), path);
    return EbmlHeader.read(ByteBuffer.wrap(bytes), path + ": offset " + at);
  }

  private static List<Part> parts(FileChannel channel, Path path, long start, long end)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    for (long at = start; at < end; at = parts.get(parts.size() - 1).end()) {
      EbmlHeader header = header(channel, at, path);
      long size = header.bytes() + header.size();
      if (header.size() < 0) {
        size = sizeOfUnknown(channel, path, at, header, end);
      }
      size = Math.min(size, end - at); // a recording that was cut off ends early
      if (parts.size() == MAX_ELEMENTS) {
        throw new IOException(path + ": has more than " + MAX_ELEMENTS + " elements");
      }
      parts.add(new Part(header.id(), at, size, header.bytes()));
    }
    return parts;
  }

  /** A cluster of unknown size lasts until an element that cannot be in a cluster. */
  private static long sizeOfUnknown(
      FileChannel channel, Path path, long start, EbmlHeader cluster, long end) throws IOException {
    if (cluster.id() != CLUSTER) {
      throw new IOException(
          path + String.format(": element %x at %d has no size", cluster.id(), start));
    }
    long at = start + cluster.bytes();
    for (int i = 0; at < end; i++) {
      EbmlHeader header = header(channel, at, path);
      boolean inside = EbmlHeader.idBytes(header.id()) < 4 && header.size() >= 0;
      if (!inside || i == MAX_ELEMENTS) {
        break;
      }
      at += header.bytes() + header.size();
    }
    return Math.min(at, end) - start;
  }

  EbmlElement load(Part part) throws IOException {
    String what = path + String.format(": element %x", part.id);
    limits.requireBytes(4 * part.size, what);
    if (part.size > Integer.MAX_VALUE / 4) {
      throw new IOException(what + " has " + part.size + " bytes, too many to hold");
    }
    byte[] bytes = SphericalVideo.bytes(channel, part.offset, (int) part.size, path);
    return EbmlElement.parse(ByteBuffer.wrap(bytes), what);
  }

  private Part tracksPart() throws IOException {
    return parts.stream()
        .filter(part -> part.id == EbmlElement.TRACKS)
        .findFirst()
        .orElseThrow(() -> new IOException(path + ": has no Tracks element"));
  }

  private EbmlElement videoEntry(EbmlElement tracks) throws IOException {
    for (EbmlElement entry : tracks.children()) {
      Optional<Long> type = entry.child(EbmlElement.TRACK_TYPE).flatMap(EbmlElement::unsigned);
      if (entry.id() == EbmlElement.TRACK_ENTRY && type.isPresent() && type.get() == 1) {
        return entry;
      }
    }
    throw new IOException(path + ": has no video track");
  }

  SphericalMetadata metadata() throws IOException {
    Optional<EbmlElement> video = videoEntry(load(tracksPart())).child(EbmlElement.VIDEO);
    return video.isEmpty()
        ? SphericalMetadata.NONE
        : MatroskaProjection.read(video.get(), path.toString());
  }

  /** The file with other metadata. */
  Splice with(SphericalMetadata metadata) throws IOException {
    Part part = tracksPart();
    EbmlElement tracks = load(part);
    EbmlElement entry = videoEntry(tracks);
    Optional<EbmlElement> video = entry.child(EbmlElement.VIDEO);
    EbmlElement changed = video.orElseGet(() -> EbmlElement.master(EbmlElement.VIDEO));
    if (video.isEmpty()) {
      entry.children().add(changed);
    }
    MatroskaProjection.replace(changed, metadata);
    MatroskaRelocation relocation = new MatroskaRelocation(this, channel, path);
    return relocation.splice(part, tracks);
  }

  List<Part> parts() {
    return parts;
  }

  EbmlHeader segment() {
    return segment;
  }

  long segmentOffset() {
    return segmentOffset;
  }

  /** What positions in the segment are relative to. */
  long segmentStart() {
    return segmentOffset + segment.bytes();
  }
}
