package org.stereo4d.io.png;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Limits;

/**
 * The IHDR chunk.
 *
 * @param size width and height
 * @param bitDepth bits per stored sample: 1, 2, 4, 8 or 16
 * @param colorType 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGBA
 * @param interlaced Adam7
 */
record PngHeader(ImageSize size, int bitDepth, int colorType, boolean interlaced) {
  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGBA = 6;

  static PngHeader parse(byte[] data, Limits limits, String what) throws IOException {
    if (data.length != 13) {
      throw new IOException(what + ": IHDR has " + data.length + " bytes, expected 13");
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    int width = in.getInt();
    int height = in.getInt();
    int depth = in.get();
    int type = in.get();
    int compression = in.get();
    int filter = in.get();
    int interlace = in.get();
    if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw new IOException(
          what
              + ": IHDR has methods "
              + compression
              + ", "
              + filter
              + ", "
              + interlace
              + ", expected 0, 0 and 0 or 1");
    }
    boolean known =
        switch (type) {
          case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GRAY_ALPHA, RGBA -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known) {
      throw new IOException(what + ": IHDR has colour type " + type + " with " + depth + " bits");
    }
    limits.requireImage(width, height, mostBytesPerPixel(type, depth), what + ": IHDR");
    return new PngHeader(new ImageSize(width, height), depth, type, interlace == 1);
  }

  /** Bytes of a decoded pixel, with the alpha that a tRNS chunk may add. */
  private static int mostBytesPerPixel(int type, int depth) {
    int channels = type == GRAY || type == GRAY_ALPHA ? 2 : 4;
    return channels * (depth == 16 ? 2 : 1);
  }

  /** Samples per pixel in the file. */
  int storedChannels() {
    return switch (colorType) {
      case RGB -> 3;
      case GRAY_ALPHA -> 2;
      case RGBA -> 4;
      default -> 1;
    };
  }

  /** Bytes of a row of so many pixels, without its filter byte. */
  int rowBytes(int width) {
    return (int) (((long) width * storedChannels() * bitDepth + 7) / 8);
  }

  /** Distance in bytes of the pixel to the left that filters refer to. */
  int filterStep() {
    return Math.max(1, storedChannels() * bitDepth / 8);
  }
}
