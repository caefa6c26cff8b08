package org.stereo4d.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Limits;

/**
 * Middlebury {@code .flo}, little endian: 202021.25f, int width, int height, then u and v of each
 * pixel, rows from top to bottom.
 */
public final class Flo {
  private static final float MAGIC = 202021.25f;

  /** Larger components mean unknown. */
  private static final float UNKNOWN_ABOVE = 1e9f;

  /** What the benchmark's own writer puts for unknown. */
  private static final float UNKNOWN = 1.66666675e9f;

  private static final int HEADER_BYTES = 12;

  private Flo() {}

  /** Reads a file; a pixel with an unknown component is NaN in both. */
  public static FlowField read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads a file; a pixel with an unknown component is NaN in both. */
  public static FlowField read(Path path, Limits limits) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      ByteBuffer head = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
      head.order(ByteOrder.LITTLE_ENDIAN);
      if (head.capacity() < HEADER_BYTES || head.getFloat() != MAGIC) {
        throw new IOException(path + ": does not begin with " + MAGIC + ", is no .flo file");
      }
      int width = head.getInt();
      int height = head.getInt();
      limits.requireImage(width, height, 8, path + ": size");
      long expected = HEADER_BYTES + 8L * width * height;
      if (Files.size(path) != expected) {
        throw new EOFException(path + ": has " + Files.size(path) + " bytes, expected " + expected);
      }
      return new FlowField(readRows(in, path, new ImageSize(width, height)));
    }
  }

  private static FloatImage readRows(InputStream in, Path path, ImageSize size) throws IOException {
    int row = 2 * size.width();
    float[] out = new float[row * size.height()];
    byte[] bytes = new byte[4 * row];
    for (int y = 0; y < size.height(); y++) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException(path + ": ends within row " + y);
      }
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out, y * row, row);
    }
    for (int i = 0; i < out.length; i += 2) {
      boolean known = Math.abs(out[i]) <= UNKNOWN_ABOVE && Math.abs(out[i + 1]) <= UNKNOWN_ABOVE;
      if (!known) {
        out[i] = Float.NaN;
        out[i + 1] = Float.NaN;
      }
    }
    return FloatImage.wrap(out, size, 2);
  }

  /** Writes a file; NaN becomes the benchmark's value for unknown. */
  public static void write(Path path, FlowField flow) throws IOException {
    FloatImage image = flow.px();
    int row = 2 * image.width();
    AtomicOutput.write(
        path,
        out -> {
          ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          head.putFloat(MAGIC).putInt(image.width()).putInt(image.height());
          out.write(head.array());
          ByteBuffer bytes = ByteBuffer.allocate(4 * row).order(ByteOrder.LITTLE_ENDIAN);
          for (int y = 0; y < image.height(); y++) {
            bytes.clear();
            for (int i = image.index(0, y), end = i + row; i < end; i++) {
              float v = image.array()[i];
              bytes.putFloat(Float.isNaN(v) ? UNKNOWN : v);
            }
            out.write(bytes.array());
          }
        });
  }
}
