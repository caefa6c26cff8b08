package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * An EBML element in memory (RFC 8794): an id, a size, then data or, for the masters we change,
 * child elements.
 */
final class EbmlElement {
  static final long VOID = 0xec;
  static final long CRC_32 = 0xbf;
  static final long SEEK_HEAD = 0x114d9b74L;
  static final long SEEK = 0x4dbb;
  static final long SEEK_ID = 0x53ab;
  static final long SEEK_POSITION = 0x53ac;
  static final long CUES = 0x1c53bb6bL;
  static final long CUE_POINT = 0xbb;
  static final long CUE_TRACK_POSITIONS = 0xb7;
  static final long CUE_CLUSTER_POSITION = 0xf1;
  static final long CUE_REFERENCE = 0xdb;
  static final long CUE_REFERENCE_CLUSTER = 0x97;
  static final long TRACKS = 0x1654ae6bL;
  static final long TRACK_ENTRY = 0xae;
  static final long TRACK_TYPE = 0x83;
  static final long VIDEO = 0xe0;
  static final long STEREO_MODE = 0x53b8;
  static final long PROJECTION = 0x7670;

  /** Which children of which masters are opened; nothing nests deeper than this table. */
  private static final Map<Long, Set<Long>> OPENED =
      Map.of(
          TRACKS, Set.of(TRACK_ENTRY),
          TRACK_ENTRY, Set.of(VIDEO),
          VIDEO, Set.of(PROJECTION),
          SEEK_HEAD, Set.of(SEEK),
          CUES, Set.of(CUE_POINT),
          CUE_POINT, Set.of(CUE_TRACK_POSITIONS),
          CUE_TRACK_POSITIONS, Set.of(CUE_REFERENCE),
          PROJECTION, Set.of(),
          SEEK, Set.of(),
          CUE_REFERENCE, Set.of());

  /** An index of ten hours with a key frame per second has some hundred thousand. */
  private static final int MOST_ELEMENTS = 1 << 22;

  private final long id;
  private final List<EbmlElement> children = new ArrayList<>();
  private byte[] data;
  private int sizeBytes;

  private EbmlElement(long id, byte[] data, int sizeBytes) {
    this.id = id;
    this.data = data;
    this.sizeBytes = sizeBytes;
  }

  /** An element of data. */
  static EbmlElement of(long id, byte[] data) {
    return new EbmlElement(id, data, 1);
  }

  /** A master without children. */
  static EbmlElement master(long id) {
    return new EbmlElement(id, new byte[0], 1);
  }

  /** An unsigned number in as few bytes as hold it. */
  static EbmlElement unsigned(long id, long value) {
    EbmlElement element = of(id, new byte[1]);
    element.setUnsigned(value);
    return element;
  }

  /** Parses one whole element; {@code what} begins messages. */
  static EbmlElement parse(ByteBuffer in, String what) throws IOException {
    EbmlHeader header = EbmlHeader.read(in, what);
    if (header.size() < 0 || header.size() > in.remaining()) {
      throw new IOException(
          what
              + String.format(": element %x has size ", header.id())
              + header.size()
              + ", expected at most "
              + in.remaining());
    }
    byte[] data = new byte[(int) header.size()];
    in.get(data);
    EbmlElement element = new EbmlElement(header.id(), data, header.bytes() - header.idBytes());
    if (OPENED.containsKey(header.id())) {
      element.open(new Parse(what));
    }
    return element;
  }

  /** One parse: where the elements come from and how many there were. */
  private static final class Parse {
    private final String what;
    private int elements;

    Parse(String what) {
      this.what = what;
    }

    void count() throws IOException {
      if (++elements > MOST_ELEMENTS) {
        throw new IOException(what + ": has more than " + MOST_ELEMENTS + " elements");
      }
    }
  }

  private void open(Parse parse) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(data);
    data = new byte[0];
    Set<Long> opened = OPENED.getOrDefault(id, Set.of());
    while (in.hasRemaining()) {
      parse.count();
      int start = in.position();
      EbmlHeader header = EbmlHeader.read(in, parse.what);
      if (header.size() < 0 || header.size() > in.remaining()) {
        throw new IOException(
            parse.what + String.format(": element %x has size ", header.id()) + header.size());
      }
      byte[] body = new byte[(int) header.size()];
      in.get(body);
      int width = in.position() - start - body.length - header.idBytes();
      EbmlElement child = new EbmlElement(header.id(), body, width);
      if (opened.contains(header.id())) {
        child.open(parse);
      }
      children.add(child);
    }
  }

  long id() {
    return id;
  }

  byte[] data() {
    return data;
  }

  List<EbmlElement> children() {
    return children;
  }

  Optional<EbmlElement> child(long childId) {
    return children.stream().filter(child -> child.id == childId).findFirst();
  }

  /** The data as a big-endian unsigned number; empty when it is longer than 8 bytes. */
  Optional<Long> unsigned() {
    if (data.length > 8) {
      return Optional.empty();
    }
    long value = 0;
    for (byte b : data) {
      value = value << 8 | (b & 0xff);
    }
    return Optional.of(value);
  }

  /** Sets an unsigned number, never in fewer bytes than before. */
  void setUnsigned(long value) {
    int needed = Math.max(1, (71 - Long.numberOfLeadingZeros(value)) / 8);
    byte[] bytes = ByteBuffer.allocate(8).putLong(value).array();
    int length = Math.min(8, Math.max(needed, data.length));
    data = Arrays.copyOfRange(bytes, 8 - length, 8);
  }

  /** Bytes of the element with its header. */
  long size() {
    long body = bodySize();
    return EbmlHeader.idBytes(id) + (long) Math.max(sizeBytes, EbmlHeader.sizeBytes(body)) + body;
  }

  private long bodySize() {
    long body = data.length;
    for (EbmlElement child : children) {
      body += child.size();
    }
    return body;
  }

  /** The element with its header; checksums of masters with children are renewed. */
  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size()));
    put(out);
    return out.array();
  }

  private void put(ByteBuffer out) {
    long body = bodySize();
    int width = Math.max(sizeBytes, EbmlHeader.sizeBytes(body));
    EbmlHeader.put(out, id, body, width);
    int start = out.position();
    out.put(data);
    for (EbmlElement child : children) {
      child.put(out);
    }
    if (!children.isEmpty() && children.get(0).id == CRC_32 && children.get(0).data.length == 4) {
      int covered = start + (int) children.get(0).size();
      CRC32 crc = new CRC32();
      crc.update(out.array(), covered, out.position() - covered);
      out.putInt(covered - 4, Integer.reverseBytes((int) crc.getValue()));
    }
  }
}
