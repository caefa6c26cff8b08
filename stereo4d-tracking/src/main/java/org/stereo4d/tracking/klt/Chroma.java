package org.stereo4d.tracking.klt;

import org.stereo4d.image.ByteImage;

/**
 * The colours of a picture without their brightness: the shares of red and blue in the light of
 * each pixel, smoothed as {@link LumaFrame} is. Light and shadow on a surface do not change them,
 * so they tell bodies apart. Four bytes per pixel.
 */
final class Chroma {
  /** Of a gray picture, or one whose colours are not asked for: all points are alike. */
  static final Chroma NONE = new Chroma(new short[0], new short[0], 0, 0);

  private static final float STEPS = 16384;

  /** Added to each channel, levels times sixteen, so that noise in the dark is no colour. */
  private static final int DARK = 16 * 5;

  private final short[] red;
  private final short[] blue;
  private final int width;
  private final int height;

  private Chroma(short[] red, short[] blue, int width, int height) {
    this.red = red;
    this.blue = blue;
    this.width = width;
    this.height = height;
  }

  static Chroma of(ByteImage image) {
    int width = image.width();
    int height = image.height();
    if (image.channels() < 3 || Math.min(width, height) < 2) {
      return NONE;
    }
    int[] reds = LumaFrame.smoothed(channel(image, 0), width, height);
    int[] greens = LumaFrame.smoothed(channel(image, 1), width, height);
    int[] blues = LumaFrame.smoothed(channel(image, 2), width, height);
    short[] red = new short[reds.length];
    short[] blue = new short[reds.length];
    for (int i = 0; i < red.length; i++) {
      float scale = STEPS / (reds[i] + greens[i] + blues[i] + 3 * DARK);
      red[i] = (short) (scale * (reds[i] + DARK));
      blue[i] = (short) (scale * (blues[i] + DARK));
    }
    return new Chroma(red, blue, width, height);
  }

  private static int[] channel(ByteImage image, int channel) {
    int[] out = new int[image.size().area()];
    byte[] array = image.array();
    for (int y = 0, to = 0; y < image.height(); y++) {
      int i = image.index(0, y) + channel;
      for (int x = 0; x < image.width(); x++, i += image.channels(), to++) {
        out[to] = array[i] & 0xff;
      }
    }
    return out;
  }

  boolean isKnown() {
    return red.length > 0;
  }

  /** Share of red at an index place; of the nearest place inside the picture. */
  float red(double xIndex, double yIndex) {
    return at(red, xIndex, yIndex);
  }

  /** Share of blue at an index place. */
  float blue(double xIndex, double yIndex) {
    return at(blue, xIndex, yIndex);
  }

  /** The largest difference of a share at an index place from a colour; 0 where none is known. */
  float difference(double xIndex, double yIndex, float otherRed, float otherBlue) {
    return isKnown()
        ? difference(red(xIndex, yIndex), blue(xIndex, yIndex), otherRed, otherBlue)
        : 0;
  }

  /** The largest difference of the shares of red, green or blue of two colours. */
  static float difference(float red, float blue, float otherRed, float otherBlue) {
    float r = otherRed - red;
    float b = otherBlue - blue;
    return Math.max(Math.abs(r + b), Math.max(Math.abs(r), Math.abs(b)));
  }

  private float at(short[] shares, double xIndex, double yIndex) {
    if (shares.length == 0) {
      return 0;
    }
    double px = Math.max(0, Math.min(width - 1, xIndex));
    double py = Math.max(0, Math.min(height - 1, yIndex));
    int x = Math.min((int) px, width - 2);
    int y = Math.min((int) py, height - 2);
    float tx = (float) (px - x);
    float ty = (float) (py - y);
    int i = y * width + x;
    float top = shares[i] + tx * (shares[i + 1] - shares[i]);
    float bottom = shares[i + width] + tx * (shares[i + width + 1] - shares[i + width]);
    return (top + ty * (bottom - top)) * (1 / STEPS);
  }
}
