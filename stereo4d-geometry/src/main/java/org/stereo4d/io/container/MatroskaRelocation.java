package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.io.container.MatroskaFile.Part;

/** Puts changed {@code Tracks} back and moves every position that points to what moved. */
final class MatroskaRelocation {
  private static final long CLUSTER_POSITION = 0xa7;
  private static final int LEAST_VOID_BYTES = 2;

  /** Timecode and position come first in a cluster, within a few bytes. */
  private static final int CLUSTER_HEAD_BYTES = 64;

  private final MatroskaFile file;
  private final FileChannel channel;
  private final Path path;

  /** Parts with new content; an empty array for a part that is gone. */
  private final Map<Part, byte[]> changed = new HashMap<>();

  /** Elements that hold positions, parsed, with the positions as they were. */
  private final Map<Part, EbmlElement> pointers = new LinkedHashMap<>();

  private final Map<EbmlElement, Long> oldPositions = new LinkedHashMap<>();

  MatroskaRelocation(MatroskaFile file, FileChannel channel, Path path) {
    this.file = file;
    this.channel = channel;
    this.path = path;
  }

  Splice splice(Part tracksPart, EbmlElement tracks) throws IOException {
    long growth = tracks.size() - tracksPart.size();
    changed.put(tracksPart, tracks.toBytes());
    if (growth != 0) {
      absorb(tracksPart, growth);
      collectPointers();
      settle();
    }
    Splice out = new Splice(channel).copy(0, file.segmentOffset());
    long end = file.segmentStart();
    long body = 0;
    for (Part part : file.parts()) {
      body += newSize(part) - part.size();
      end = part.end();
    }
    out.add(segmentHeader(body));
    Map<Part, Long> places = places();
    for (Part part : file.parts()) {
      byte[] bytes = changed.get(part);
      if (bytes == null) {
        copy(out, part, places.getOrDefault(part, part.offset()));
      } else {
        out.add(bytes);
      }
    }
    return out.copy(end, channel.size() - end);
  }

  private long newSize(Part part) {
    byte[] bytes = changed.get(part);
    return bytes == null ? part.size() : bytes.length;
  }

  /** Lets a Void in front of the clusters take the growth, or makes one of what shrinks. */
  private void absorb(Part tracksPart, long growth) {
    for (Part part : file.parts()) {
      if (part.id() == MatroskaFile.CLUSTER) {
        return;
      }
      long left = part.size() - growth;
      boolean takes = left == 0 || left >= LEAST_VOID_BYTES && left < Integer.MAX_VALUE;
      if (part.id() == EbmlElement.VOID && takes) {
        changed.put(part, left == 0 ? new byte[0] : voidElement((int) left));
        return;
      }
    }
    if (growth <= -LEAST_VOID_BYTES) {
      byte[] tracks = changed.getOrDefault(tracksPart, new byte[0]);
      byte[] gap = voidElement((int) -growth);
      changed.put(
          tracksPart, ByteBuffer.allocate(tracks.length + gap.length).put(tracks).put(gap).array());
    }
  }

  private static byte[] voidElement(int bytes) {
    int sizeBytes = bytes - 1 > 8 ? 8 : 1;
    ByteBuffer out = ByteBuffer.allocate(bytes);
    EbmlHeader.put(out, EbmlElement.VOID, bytes - 1L - sizeBytes, sizeBytes);
    return out.array();
  }

  private void collectPointers() throws IOException {
    for (Part part : file.parts()) {
      if (part.id() == EbmlElement.SEEK_HEAD || part.id() == EbmlElement.CUES) {
        EbmlElement element = file.load(part);
        pointers.put(part, element);
        collect(element);
      }
    }
  }

  private void collect(EbmlElement element) {
    long id = element.id();
    if (id == EbmlElement.SEEK_POSITION
        || id == EbmlElement.CUE_CLUSTER_POSITION
        || id == EbmlElement.CUE_REFERENCE_CLUSTER) {
      element.unsigned().ifPresent(position -> oldPositions.put(element, position));
    }
    for (EbmlElement child : element.children()) {
      collect(child);
    }
  }

  /**
   * Rewrites positions until nothing moves any more: a position that needs one more byte moves what
   * follows it. Positions never become shorter, so this ends.
   */
  private void settle() {
    long before;
    long after = totalSize();
    do {
      before = after;
      Map<Long, Long> moves = moves();
      oldPositions.forEach((element, old) -> element.setUnsigned(moves.getOrDefault(old, old)));
      pointers.forEach((part, element) -> changed.put(part, element.toBytes()));
      after = totalSize();
    } while (after != before);
  }

  private long totalSize() {
    return file.parts().stream().mapToLong(this::newSize).sum();
  }

  /** New offset in a segment with the header of the old one, for each part. */
  private Map<Part, Long> places() {
    Map<Part, Long> places = new HashMap<>();
    long at = file.segmentStart();
    for (Part part : file.parts()) {
      places.put(part, at);
      at += newSize(part);
    }
    return places;
  }

  /** Old to new position in the segment. */
  private Map<Long, Long> moves() {
    Map<Long, Long> moves = new HashMap<>();
    long start = file.segmentStart();
    places().forEach((part, place) -> moves.put(part.offset() - start, place - start));
    return moves;
  }

  private byte[] segmentHeader(long growth) throws IOException {
    EbmlHeader segment = file.segment();
    if (segment.size() < 0 || growth == 0) {
      return SphericalVideo.bytes(channel, file.segmentOffset(), segment.bytes(), path);
    }
    long size = segment.size() + growth;
    int idBytes = segment.idBytes();
    int sizeBytes = Math.max(segment.bytes() - idBytes, EbmlHeader.sizeBytes(size));
    ByteBuffer out = ByteBuffer.allocate(idBytes + sizeBytes);
    EbmlHeader.put(out, segment.id(), size, sizeBytes);
    return out.array();
  }

  /** A part as it is, but for the position that a cluster may state of itself. */
  private void copy(Splice out, Part part, long place) throws IOException {
    if (part.id() != MatroskaFile.CLUSTER || place == part.offset()) {
      out.copy(part.offset(), part.size());
      return;
    }
    int count = (int) Math.min(part.size(), part.headerBytes() + CLUSTER_HEAD_BYTES);
    ByteBuffer head = ByteBuffer.wrap(SphericalVideo.bytes(channel, part.offset(), count, path));
    head.position(part.headerBytes());
    movePosition(head, place - file.segmentStart());
    out.add(head.array()).copy(part.offset() + count, part.size() - count);
  }

  private void movePosition(ByteBuffer head, long position) throws IOException {
    while (head.remaining() >= EbmlHeader.MOST_BYTES) {
      EbmlHeader header = EbmlHeader.read(head, path.toString());
      boolean early =
          List.of(0xe7L, 0xabL, EbmlElement.VOID, CLUSTER_POSITION).contains(header.id());
      if (!early || header.size() < 0 || header.size() > Math.min(8, head.remaining())) {
        return;
      }
      int bytes = (int) header.size();
      if (header.id() == CLUSTER_POSITION && (bytes == 8 || position >>> (8 * bytes) == 0)) {
        for (int i = 0; i < bytes; i++) {
          head.put(head.position() + i, (byte) (position >> 8 * (bytes - 1 - i)));
        }
      }
      head.position(head.position() + bytes);
    }
  }
}
