package org.stereo4d.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/**
 * Portable float maps: {@code Pf} (1 channel) or {@code PF} (3), width, height, a scale whose sign
 * is the byte order (negative: little endian), then rows from bottom to top.
 */
public final class Pfm {
  private static final int LONGEST_WORD = 32;

  private Pfm() {}

  /** Reads a file as it is; the size of the scale is ignored, as other readers do. */
  public static FloatImage read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads a file as it is; the size of the scale is ignored, as other readers do. */
  public static FloatImage read(Path path, Limits limits) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      String magic = word(in, path);
      if (!magic.equals("Pf") && !magic.equals("PF")) {
        throw new IOException(path + ": begins with '" + magic + "', expected Pf or PF");
      }
      int channels = magic.equals("PF") ? 3 : 1;
      int width = side(in, path, "width");
      int height = side(in, path, "height");
      double scale = scale(in, path);
      limits.requireImage(width, height, 4 * channels, path + ": size");
      long bytes = 4L * width * height * channels;
      if (Files.size(path) < bytes) {
        throw new EOFException(
            path + ": has " + Files.size(path) + " bytes, expected " + bytes + " of pixels");
      }
      ByteOrder order = scale < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      return readRows(in, path, new ImageSize(width, height), channels, order);
    }
  }

  /** Reads a disparity map; what is not finite, the files' sign for unknown, becomes NaN. */
  public static DisparityMap readDisparity(Path path) throws IOException {
    FloatImage image = read(path);
    if (image.channels() != 1) {
      throw new IOException(path + ": has 3 channels, expected the 1 of a disparity map");
    }
    float[] values = image.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isFinite(values[i]) ? values[i] : Float.NaN;
    }
    return new DisparityMap(image);
  }

  private static FloatImage readRows(
      InputStream in, Path path, ImageSize size, int channels, ByteOrder order) throws IOException {
    int row = size.width() * channels;
    float[] out = new float[row * size.height()];
    byte[] bytes = new byte[4 * row];
    for (int y = size.height() - 1; y >= 0; y--) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException(path + ": ends within row " + y);
      }
      ByteBuffer.wrap(bytes).order(order).asFloatBuffer().get(out, y * row, row);
    }
    return FloatImage.wrap(out, size, channels);
  }

  private static int side(InputStream in, Path path, String name) throws IOException {
    String word = word(in, path);
    if (!word.matches("[0-9]{1,9}")) {
      throw new IOException(path + ": " + name + " is '" + word + "', expected a number");
    }
    return Integer.parseInt(word);
  }

  private static double scale(InputStream in, Path path) throws IOException {
    String word = word(in, path);
    try {
      double scale = Double.parseDouble(word);
      if (scale != 0 && Double.isFinite(scale)) {
        return scale;
      }
    } catch (NumberFormatException e) {
      throw new IOException(path + ": scale is '" + word + "', expected a number", e);
    }
    throw new IOException(path + ": scale is '" + word + "', expected not 0 and finite");
  }

  /** The next word and the one blank behind it. */
  private static String word(InputStream in, Path path) throws IOException {
    StringBuilder word = new StringBuilder();
    while (word.length() <= LONGEST_WORD) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException(path + ": ends within the header");
      }
      if (!Character.isWhitespace(c)) {
        word.append((char) c);
      } else if (!word.isEmpty()) {
        return word.toString();
      }
    }
    throw new IOException(path + ": header has the word '" + word + "...', expected a short one");
  }

  /** Writes an image of 1 or 3 channels, little endian. */
  public static void write(Path path, FloatImage image) throws IOException {
    Check.that(
        image.channels() == 1 || image.channels() == 3,
        "a PFM file has 1 or 3 channels, the image had %s",
        image.channels());
    int row = image.width() * image.channels();
    String head =
        (image.channels() == 1 ? "Pf\n" : "PF\n")
            + image.width()
            + " "
            + image.height()
            + "\n-1.0\n";
    AtomicOutput.write(
        path,
        out -> {
          out.write(head.getBytes(StandardCharsets.US_ASCII));
          ByteBuffer bytes = ByteBuffer.allocate(4 * row).order(ByteOrder.LITTLE_ENDIAN);
          for (int y = image.height() - 1; y >= 0; y--) {
            bytes.clear().asFloatBuffer().put(image.array(), image.index(0, y), row);
            out.write(bytes.array());
          }
        });
  }
}
