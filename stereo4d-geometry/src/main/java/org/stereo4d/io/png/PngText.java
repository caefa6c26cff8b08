package org.stereo4d.io.png;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.stereo4d.run.Check;

/** The chunks tEXt, zTXt and iTXt. A damaged one is dropped: it is not part of the picture. */
final class PngText {
  private static final int MAX_TEXT_BYTES = 1 << 20;

  private PngText() {}

  static void parse(String type, byte[] data, Map<String, String> into) {
    int end = zero(data, 0);
    if (end == data.length) {
      return;
    }
    String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
    switch (type) {
      case "tEXt" -> put(into, keyword, data, end + 1, false, StandardCharsets.ISO_8859_1);
      case "zTXt" -> put(into, keyword, data, end + 2, true, StandardCharsets.ISO_8859_1);
      default -> {
        int translated = zero(data, zero(data, Math.min(data.length, end + 3)) + 1) + 1;
        boolean compressed = end + 1 < data.length && data[end + 1] == 1;
        put(into, keyword, data, translated, compressed, StandardCharsets.UTF_8);
      }
    }
  }

  private static int zero(byte[] data, int start) {
    int i = Math.min(start, data.length);
    while (i < data.length && data[i] != 0) {
      i++;
    }
    return i;
  }

  private static void put(
      Map<String, String> into,
      String keyword,
      byte[] data,
      int start,
      boolean packed,
      Charset set) {
    if (start > data.length) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(data, start, data.length);
    if (packed) {
      try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
        bytes = in.readNBytes(MAX_TEXT_BYTES);
      } catch (IOException e) {
        return; // damaged text, see the class comment
      }
    }
    into.put(keyword, new String(bytes, set));
  }

  /** Data of a chunk: tEXt when the text is Latin-1, else iTXt; see {@link #typeOf}. */
  static byte[] format(String keyword, String value) throws IOException {
    Check.that(
        keyword.matches("[\\x20-\\x7e\\xa1-\\xff]{1,79}"),
        "text keyword must be 1 to 79 printable Latin-1 characters, was '%s'",
        keyword);
    Check.that(value.indexOf('\0') < 0, "text of '%s' must not contain a zero character", keyword);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(keyword.getBytes(StandardCharsets.ISO_8859_1));
    boolean plain = typeOf(value).equals("tEXt");
    out.write(
        new byte[plain ? 1 : 5]); // iTXt: not compressed, method 0, no language, no translation
    out.write(value.getBytes(plain ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  static String typeOf(String value) {
    return StandardCharsets.ISO_8859_1.newEncoder().canEncode(value) ? "tEXt" : "iTXt";
  }
}
