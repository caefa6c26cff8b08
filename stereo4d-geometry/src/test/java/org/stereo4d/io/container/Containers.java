package org.stereo4d.io.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Small MP4 and Matroska files made by hand. */
final class Containers {
  private Containers() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] ints(int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  static byte[] box(String type, byte[]... body) {
    byte[] all = join(body);
    return join(ints(8 + all.length), type.getBytes(StandardCharsets.ISO_8859_1), all);
  }

  /** Numbered bytes, so that a wrong offset shows. */
  static byte[] media(int count) {
    byte[] out = new byte[count];
    for (int i = 0; i < count; i++) {
      out[i] = (byte) (i * 7 + 1);
    }
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] track(byte[] extraInEntry, byte[]... tables) {
    byte[] entry =
        box("avc1", new byte[78], box("avcC", media(7)), box("pasp", ints(1, 1)), extraInEntry);
    byte[] stsd = box("stsd", ints(0, 1), entry);
    byte[] handler = box("hdlr", ints(0, 0), ascii("vide"), new byte[13]);
    byte[] stbl = box("stbl", join(new byte[][] {stsd}), join(tables));
    return box("trak", box("tkhd", new byte[84]), box("mdia", handler, box("minf", stbl)));
  }

  static byte[] ftyp() {
    return box("ftyp", ascii("isom"), ints(512));
  }

  /** EBML id, minimal size, body. */
  static byte[] element(long id, byte[]... body) {
    byte[] all = join(body);
    ByteBuffer out = ByteBuffer.allocate(all.length + EbmlHeader.MOST_BYTES);
    EbmlHeader.put(out, id, all.length, EbmlHeader.sizeBytes(all.length));
    out.put(all);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  static byte[] number(long id, int bytes, long value) {
    byte[] all = ByteBuffer.allocate(8).putLong(value).array();
    byte[] low = new byte[bytes];
    System.arraycopy(all, 8 - bytes, low, 0, bytes);
    return element(id, low);
  }
}
