package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stereo4d.run.Limits;

/** The top-level boxes of a file, with {@code moov} in memory. */
final class Mp4File {
  /** Bytes of a video sample entry before its boxes. */
  private static final int SAMPLE_ENTRY_BYTES = 78;

  private static final int STSD_BYTES = 8;
  private static final int MAX_TOP_BOXES = 1 << 20;

  /** Spherical Video V1: an XML note in a uuid box of the track. */
  private static final byte[] V1_UUID = {
    (byte) 0xff,
    (byte) 0xcc,
    (byte) 0x82,
    0x63,
    (byte) 0xf8,
    0x55,
    0x4a,
    (byte) 0x93,
    (byte) 0x88,
    0x14,
    0x58,
    0x7a,
    0x02,
    0x52,
    0x1f,
    (byte) 0xdd
  };

  private final FileChannel channel;
  private final Path path;
  private final Limits limits;
  private final List<Top> tops;
  private final Top moovTop;
  private final Mp4Box moov;

  private Mp4File(FileChannel channel, Path path, Limits limits, List<Top> tops, Top moovTop)
      throws IOException {
    this.channel = channel;
    this.path = path;
    this.limits = limits;
    this.tops = tops;
    this.moovTop = moovTop;
    this.moov = load(moovTop);
  }

  /** One top-level box: where it is and what it is. */
  record Top(String type, long offset, long size) {
    long end() {
      return offset + size;
    }
  }

  static Mp4File open(FileChannel channel, Path path, Limits limits) throws IOException {
    List<Top> tops = tops(channel, path);
    Top moov =
        tops.stream()
            .filter(top -> top.type.equals("moov"))
            .findFirst()
            .orElseThrow(() -> new IOException(path + ": has no moov box, is no complete MP4"));
    return new Mp4File(channel, path, limits, tops, moov);
  }

  private static List<Top> tops(FileChannel channel, Path path) throws IOException {
    List<Top> tops = new ArrayList<>();
    long fileBytes = channel.size();
    for (long at = 0; fileBytes - at >= 8; at = tops.get(tops.size() - 1).end()) {
      int headerBytes = (int) Math.min(16, fileBytes - at);
      ByteBuffer header = ByteBuffer.wrap(SphericalVideo.bytes(channel, at, headerBytes, path));
      long size = header.getInt() & 0xffffffffL;
      String type = Mp4Box.type(header.getInt());
      if (size == 0) {
        size = fileBytes - at;
      } else if (size == 1 && header.remaining() == 8) {
        size = header.getLong();
      }
      if (size < 8 || size > fileBytes - at || tops.size() == MAX_TOP_BOXES) {
        throw new IOException(
            path
                + ": box '"
                + type
                + "' at "
                + at
                + " has size "
                + size
                + ", is no MP4 or cut off");
      }
      tops.add(new Top(type, at, size));
    }
    return tops;
  }

  private Mp4Box load(Top top) throws IOException {
    String what = path + ": box '" + top.type + "'";
    limits.requireBytes(2 * top.size, what);
    if (top.size > Integer.MAX_VALUE / 2) {
      throw new IOException(what + " has " + top.size + " bytes, too many to hold");
    }
    byte[] bytes = SphericalVideo.bytes(channel, top.offset, (int) top.size, path);
    List<Mp4Box> boxes = Mp4Box.parseAll(ByteBuffer.wrap(bytes), path.toString());
    return boxes.get(0);
  }

  private Mp4Box videoTrack() throws IOException {
    for (Mp4Box box : moov.children()) {
      if (box.type().equals("trak")) {
        Optional<Mp4Box> handler = box.at("mdia", "hdlr");
        byte[] lead = handler.map(Mp4Box::lead).orElse(new byte[0]);
        if (lead.length >= 12 && ByteBuffer.wrap(lead).getInt(8) == 0x76696465) { // vide
          return box;
        }
      }
    }
    throw new IOException(path + ": has no video track");
  }

  private List<Mp4Box> sampleEntries() throws IOException {
    Mp4Box stsd =
        videoTrack()
            .at("mdia", "minf", "stbl", "stsd")
            .orElseThrow(() -> new IOException(path + ": the video track has no stsd box"));
    if (stsd.children().isEmpty()) {
      stsd.open(STSD_BYTES, path.toString());
      for (Mp4Box entry : stsd.children()) {
        entry.open(SAMPLE_ENTRY_BYTES, path.toString());
      }
    }
    if (stsd.children().isEmpty()) {
      throw new IOException(path + ": the video track describes no samples");
    }
    return stsd.children();
  }

  SphericalMetadata metadata() throws IOException {
    return SphericalBoxes.read(sampleEntries().get(0), path.toString());
  }

  /** The file with other metadata. */
  Splice with(SphericalMetadata metadata) throws IOException {
    for (Mp4Box entry : sampleEntries()) {
      replace(entry, metadata);
    }
    for (Mp4Box box : videoTrack().children()) {
      byte[] lead = box.lead();
      if (box.type().equals("uuid")
          && lead.length >= V1_UUID.length
          && Arrays.equals(Arrays.copyOf(lead, V1_UUID.length), V1_UUID)) {
        box.retype("free");
      }
    }
    return new Mp4Relocation(channel, path, tops, moovTop, moov).splice(this::load);
  }

  private static void replace(Mp4Box entry, SphericalMetadata metadata) {
    List<Mp4Box> boxes = entry.children();
    boxes.removeIf(box -> box.type().equals("st3d") || box.type().equals("sv3d"));
    int at = 0;
    while (at < boxes.size() && !List.of("pasp", "clap").contains(boxes.get(at).type())) {
      at++;
    }
    List<Mp4Box> added = new ArrayList<>();
    metadata.layout().ifPresent(layout -> added.add(SphericalBoxes.st3d(layout)));
    metadata
        .projection()
        .ifPresent(projection -> added.add(SphericalBoxes.sv3d(metadata, projection)));
    boxes.addAll(at, added);
  }
}
