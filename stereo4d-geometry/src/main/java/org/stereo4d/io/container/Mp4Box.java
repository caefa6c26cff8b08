package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A box of ISO/IEC 14496-12 in memory: leading bytes, then child boxes, then trailing bytes too
 * short for a box. A box that is not opened has only leading bytes.
 */
final class Mp4Box {
  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "mfra", "sv3d", "proj");

  /** Real files nest seven levels; the bound keeps hostile ones off the stack. */
  private static final int DEEPEST = 16;

  /** Real files have some hundred boxes in moov. */
  private static final int MOST = 1 << 20;

  private static final int SHORT_HEADER_BYTES = 8;
  private static final int LONG_HEADER_BYTES = 16;

  private String type;
  private byte[] lead;
  private final List<Mp4Box> children = new ArrayList<>();
  private byte[] trail = {};

  Mp4Box(String type, byte[] lead) {
    this.type = type;
    this.lead = lead;
  }

  /**
   * Parses consecutive boxes.
   *
   * @param what where they come from, the beginning of messages
   */
  static List<Mp4Box> parseAll(ByteBuffer in, String what) throws IOException {
    Mp4Box all = new Mp4Box("file", new byte[0]);
    all.parseChildren(in, new Parse(what), 0);
    return all.children;
  }

  /** One parse: where the boxes come from and how many there were. */
  private static final class Parse {
    private final String what;
    private int boxes;

    Parse(String what) {
      this.what = what;
    }

    void count() throws IOException {
      if (++boxes > MOST) {
        throw new IOException(what + ": has more than " + MOST + " boxes in one");
      }
    }
  }

  private void parseChildren(ByteBuffer in, Parse parse, int depth) throws IOException {
    while (in.remaining() >= SHORT_HEADER_BYTES) {
      int start = in.position();
      long size = in.getInt() & 0xffffffffL;
      String childType = type(in.getInt());
      if (size == 1 && in.remaining() >= 8) {
        size = in.getLong();
      } else if (size == 0) {
        size = (long) in.limit() - start;
      }
      int header = in.position() - start;
      if (size < header || size > in.limit() - start) {
        throw new IOException(
            parse.what
                + ": box '"
                + childType
                + "' in '"
                + type
                + "' has size "
                + size
                + ", expected "
                + header
                + " to "
                + (in.limit() - start));
      }
      ByteBuffer body = in.slice(start + header, (int) size - header);
      parse.count();
      children.add(parse(childType, body, parse, depth + 1));
      in.position(start + (int) size);
    }
    trail = rest(in);
  }

  private static Mp4Box parse(String type, ByteBuffer body, Parse parse, int depth)
      throws IOException {
    if (!CONTAINERS.contains(type) || depth > DEEPEST) {
      return new Mp4Box(type, rest(body));
    }
    Mp4Box box = new Mp4Box(type, new byte[0]);
    box.parseChildren(body, parse, depth);
    return box;
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  static String type(int code) {
    byte[] bytes = ByteBuffer.allocate(4).putInt(code).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Makes a box that was not opened a container behind a number of leading bytes. */
  void open(int leadBytes, String what) throws IOException {
    if (lead.length < leadBytes) {
      throw new IOException(
          what + ": box '" + type + "' has " + lead.length + " bytes, expected " + leadBytes);
    }
    ByteBuffer body = ByteBuffer.wrap(lead);
    body.position(leadBytes);
    byte[] kept = Arrays.copyOf(lead, leadBytes);
    parseChildren(body.slice(), new Parse(what), DEEPEST - 4);
    lead = kept;
  }

  String type() {
    return type;
  }

  /** Bytes in front of the children, or all of them. */
  byte[] lead() {
    return lead;
  }

  void setLead(byte[] lead) {
    this.lead = lead;
  }

  /** Turns this box into another one of the same bytes, for example into {@code free}. */
  void retype(String type) {
    this.type = type;
  }

  List<Mp4Box> children() {
    return children;
  }

  Optional<Mp4Box> child(String type) {
    return children.stream().filter(box -> box.type.equals(type)).findFirst();
  }

  /** The box at a path of types below this one, the first at each step. */
  Optional<Mp4Box> at(String... path) {
    Optional<Mp4Box> box = Optional.of(this);
    for (String step : path) {
      box = box.flatMap(b -> b.child(step));
    }
    return box;
  }

  long size() {
    long body = lead.length + (long) trail.length;
    for (Mp4Box child : children) {
      body += child.size();
    }
    long size = body + SHORT_HEADER_BYTES;
    return size > 0xffffffffL ? body + LONG_HEADER_BYTES : size;
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size()));
    put(out);
    return out.array();
  }

  private void put(ByteBuffer out) {
    out.putInt((int) size()).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(lead);
    for (Mp4Box child : children) {
      child.put(out);
    }
    out.put(trail);
  }
}
