package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.stereo4d.run.Check;

/** The boxes {@code st3d} and {@code sv3d}, and the projection payloads Matroska shares. */
final class SphericalBoxes {
  private static final List<StereoLayout> MODES =
      List.of(
          StereoLayout.MONO,
          StereoLayout.TOP_BOTTOM,
          StereoLayout.LEFT_RIGHT,
          StereoLayout.BY_MESH,
          StereoLayout.RIGHT_LEFT);
  private static final double FRACTION = 0x1p32;
  private static final double ANGLE = 0x1p16;

  private SphericalBoxes() {}

  static Mp4Box st3d(StereoLayout layout) {
    int mode = MODES.indexOf(layout);
    Check.that(mode >= 0, "layout must be one that MP4 can say, was %s", layout);
    return new Mp4Box("st3d", new byte[] {0, 0, 0, 0, (byte) mode});
  }

  static Mp4Box sv3d(SphericalMetadata metadata, Projection projection) {
    Mp4Box sv3d = new Mp4Box("sv3d", new byte[0]);
    byte[] tool = metadata.tool().getBytes(StandardCharsets.UTF_8);
    sv3d.children()
        .add(new Mp4Box("svhd", ByteBuffer.allocate(5 + tool.length).putInt(0).put(tool).array()));
    Mp4Box proj = new Mp4Box("proj", new byte[0]);
    ByteBuffer pose = ByteBuffer.allocate(16).putInt(0);
    pose.putInt(fixed(metadata.yawDegrees())).putInt(fixed(metadata.pitchDegrees()));
    pose.putInt(fixed(metadata.rollDegrees()));
    proj.children().add(new Mp4Box("prhd", pose.array()));
    proj.children().add(new Mp4Box(type(projection), payload(projection)));
    sv3d.children().add(proj);
    return sv3d;
  }

  private static int fixed(double degrees) {
    return (int) Math.rint(degrees * ANGLE);
  }

  private static String type(Projection projection) {
    if (projection instanceof Projection.Equirectangular) {
      return "equi";
    }
    if (projection instanceof Projection.Cubemap) {
      return "cbmp";
    }
    Check.that(
        projection instanceof Projection.Mesh,
        "projection must be one that MP4 can say, was %s",
        projection);
    return "mshp";
  }

  /** Version and flags, then the fields of the projection's box. */
  static byte[] payload(Projection projection) {
    if (projection instanceof Projection.Equirectangular e) {
      ByteBuffer out = ByteBuffer.allocate(20).putInt(0);
      for (double fraction : new double[] {e.top(), e.bottom(), e.left(), e.right()}) {
        out.putInt((int) (long) Math.min(0xffffffffL, Math.rint(fraction * FRACTION)));
      }
      return out.array();
    }
    if (projection instanceof Projection.Cubemap c) {
      return ByteBuffer.allocate(12).putInt(0).putInt(c.layout()).putInt(c.paddingPx()).array();
    }
    if (projection instanceof Projection.Mesh m) {
      byte[] data = m.data();
      ByteBuffer out = ByteBuffer.allocate(12 + data.length).putInt(0).putInt(0);
      out.put(m.encoding().getBytes(StandardCharsets.US_ASCII)).put(data);
      CRC32 crc = new CRC32();
      crc.update(out.array(), 8, 4 + data.length);
      return out.putInt(4, (int) crc.getValue()).array();
    }
    return new byte[0];
  }

  /** Metadata of a video sample entry that has been opened. */
  static SphericalMetadata read(Mp4Box entry, String what) throws IOException {
    Optional<StereoLayout> layout = Optional.empty();
    Optional<Mp4Box> st3d = entry.child("st3d");
    if (st3d.isPresent()) {
      ByteBuffer in = fields(st3d.get(), 1, what);
      int mode = in.get() & 0xff;
      if (mode >= MODES.size()) {
        throw new IOException(what + ": st3d has stereo mode " + mode + ", expected 0 to 4");
      }
      layout = Optional.of(MODES.get(mode));
    }
    Optional<Mp4Box> sv3d = entry.child("sv3d");
    if (sv3d.isEmpty()) {
      return new SphericalMetadata(layout, Optional.empty(), 0, 0, 0, "");
    }
    return readSv3d(sv3d.get(), layout, what);
  }

  private static SphericalMetadata readSv3d(Mp4Box sv3d, Optional<StereoLayout> layout, String what)
      throws IOException {
    Optional<Mp4Box> svhd = sv3d.child("svhd");
    String tool = "";
    if (svhd.isPresent()) {
      byte[] lead = svhd.get().lead();
      int end = Math.min(4, lead.length);
      while (end < lead.length && lead[end] != 0) {
        end++;
      }
      byte[] name = Arrays.copyOfRange(lead, Math.min(4, lead.length), end);
      tool = new String(name, StandardCharsets.UTF_8);
    }
    Mp4Box proj =
        sv3d.child("proj").orElseThrow(() -> new IOException(what + ": sv3d has no proj box"));
    double[] pose = new double[3];
    Optional<Mp4Box> prhd = proj.child("prhd");
    if (prhd.isPresent()) {
      ByteBuffer in = fields(prhd.get(), 12, what);
      for (int i = 0; i < 3; i++) {
        pose[i] = in.getInt() / ANGLE;
      }
    }
    Optional<Projection> projection = Optional.empty();
    for (Mp4Box box : proj.children()) {
      switch (box.type()) {
        case "equi" -> projection = Optional.of(equirectangular(box.lead(), what));
        case "cbmp" -> projection = Optional.of(cubemap(box.lead(), what));
        case "mshp" -> projection = Optional.of(mesh(box.lead(), what));
        default -> {} // prhd, and what later versions may add
      }
    }
    try {
      return new SphericalMetadata(layout, projection, pose[0], pose[1], pose[2], tool);
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": prhd: " + e.getMessage(), e);
    }
  }

  private static ByteBuffer fields(Mp4Box box, int bytes, String what) throws IOException {
    return fields(box.lead(), bytes, box.type(), what);
  }

  /** What follows version and flags. */
  private static ByteBuffer fields(byte[] payload, int bytes, String type, String what)
      throws IOException {
    if (payload.length < 4 + bytes) {
      throw new IOException(
          what + ": " + type + " has " + payload.length + " bytes, expected " + (4 + bytes));
    }
    ByteBuffer in = ByteBuffer.wrap(payload);
    int version = in.getInt() >>> 24;
    if (version != 0) {
      throw new IOException(what + ": " + type + " has version " + version + ", expected 0");
    }
    return in;
  }

  static Projection equirectangular(byte[] payload, String what) throws IOException {
    ByteBuffer in = fields(payload, 16, "equi", what);
    double[] f = new double[4];
    for (int i = 0; i < 4; i++) {
      f[i] = (in.getInt() & 0xffffffffL) / FRACTION;
    }
    try {
      return new Projection.Equirectangular(f[0], f[1], f[2], f[3]);
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": equi: " + e.getMessage(), e);
    }
  }

  static Projection cubemap(byte[] payload, String what) throws IOException {
    ByteBuffer in = fields(payload, 8, "cbmp", what);
    int layout = in.getInt();
    int padding = in.getInt();
    if (padding < 0) {
      throw new IOException(what + ": cbmp has padding " + (padding & 0xffffffffL));
    }
    return new Projection.Cubemap(layout, padding);
  }

  static Projection mesh(byte[] payload, String what) throws IOException {
    ByteBuffer in = fields(payload, 8, "mshp", what);
    int stored = in.getInt();
    CRC32 crc = new CRC32();
    crc.update(payload, in.position(), in.remaining());
    if (stored != (int) crc.getValue()) {
      throw new IOException(
          String.format(
              "%s: mshp has CRC %08x, expected %08x", what, stored, (int) crc.getValue()));
    }
    String encoding = Mp4Box.type(in.getInt());
    byte[] data = new byte[in.remaining()];
    in.get(data);
    try {
      return new Projection.Mesh(encoding, data);
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": mshp: " + e.getMessage(), e);
    }
  }
}
