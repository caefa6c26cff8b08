package org.stereo4d.io.png;

import java.io.IOException;
import java.util.Map;

/** Turns unfiltered rows into 8- or 16-bit samples of 1 to 4 channels. */
final class PngPixels {
  private final PngHeader header;
  private final byte[] palette;
  private final byte[] transparency;
  private final String what;
  private final boolean wide;
  private final int channels;
  private byte[] samples8 = {};
  private short[] samples16 = {};

  PngPixels(PngHeader header, byte[] palette, byte[] transparency, String what) throws IOException {
    this.header = header;
    this.palette = palette;
    this.transparency = transparency;
    this.what = what;
    this.wide = header.bitDepth() == 16;
    boolean keyed = transparency.length > 0;
    int type = header.colorType();
    if (type == PngHeader.PALETTE && (palette.length == 0 || palette.length % 3 != 0)) {
      throw new IOException(
          what + ": PLTE has " + palette.length + " bytes, expected 3 per colour");
    }
    int keyBytes = type == PngHeader.GRAY ? 2 : type == PngHeader.RGB ? 6 : transparency.length;
    if (keyed && transparency.length != keyBytes) {
      throw new IOException(what + ": tRNS has " + transparency.length + " bytes");
    }
    int colors = type == PngHeader.PALETTE ? 3 : header.storedChannels();
    boolean addAlpha = keyed && type != PngHeader.GRAY_ALPHA && type != PngHeader.RGBA;
    this.channels = addAlpha ? colors + 1 : colors;
  }

  void allocate() {
    int count = header.size().area() * channels;
    if (wide) {
      samples16 = new short[count];
    } else {
      samples8 = new byte[count];
    }
  }

  PngImage image(Map<String, String> text) {
    return wide
        ? PngImage.of16(samples16, header.size(), channels, text)
        : PngImage.of8(samples8, header.size(), channels, text);
  }

  /** Puts {@code width} pixels at x0, x0 + step, ... of row y. */
  void putRow(byte[] row, int width, int x0, int y, int step) throws IOException {
    int rowStart = y * header.size().width();
    if (!wide
        && channels == header.storedChannels()
        && header.bitDepth() == 8
        && step == 1
        && header.colorType() != PngHeader.PALETTE) {
      System.arraycopy(row, 0, samples8, rowStart * channels, width * channels);
      return;
    }
    for (int i = 0; i < width; i++) {
      int out = (rowStart + x0 + i * step) * channels;
      if (header.colorType() == PngHeader.PALETTE) {
        putPalette(stored(row, i), out);
      } else {
        putSamples(row, i, out);
      }
    }
  }

  private void putPalette(int index, int out) throws IOException {
    if (3 * index + 2 >= palette.length) {
      throw new IOException(
          what + ": pixel has colour " + index + ", expected less than " + palette.length / 3);
    }
    System.arraycopy(palette, 3 * index, samples8, out, 3);
    if (channels == 4) {
      samples8[out + 3] = index < transparency.length ? transparency[index] : (byte) 255;
    }
  }

  private void putSamples(byte[] row, int pixel, int out) {
    int stored = header.storedChannels();
    boolean keyed = channels > stored;
    for (int c = 0; c < stored; c++) {
      int value = stored(row, pixel * stored + c);
      keyed = keyed && value == keyOf(c);
      put(out + c, header.bitDepth() < 8 ? value * 255 / ((1 << header.bitDepth()) - 1) : value);
    }
    if (channels > stored) {
      put(out + stored, keyed ? 0 : wide ? 65535 : 255);
    }
  }

  private int keyOf(int channel) {
    return (transparency[2 * channel] & 0xff) << 8 | (transparency[2 * channel + 1] & 0xff);
  }

  private void put(int index, int value) {
    if (wide) {
      samples16[index] = (short) value;
    } else {
      samples8[index] = (byte) value;
    }
  }

  private int stored(byte[] row, int index) {
    int depth = header.bitDepth();
    if (depth == 16) {
      return (row[2 * index] & 0xff) << 8 | (row[2 * index + 1] & 0xff);
    }
    if (depth == 8) {
      return row[index] & 0xff;
    }
    int bit = index * depth;
    return (row[bit >> 3] & 0xff) >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
  }
}
