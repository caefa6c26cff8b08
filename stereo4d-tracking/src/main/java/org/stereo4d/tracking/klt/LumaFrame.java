package org.stereo4d.tracking.klt;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/**
 * The brightness of a picture in 1/64 levels, smoothed by the binomial kernel {@code (1 2 1) / 4}
 * both ways: what templates are cut from and matched with. Two bytes per pixel.
 */
final class LumaFrame {
  /** Steps per grey level. */
  static final float STEPS = 64;

  /** Grey levels per unit of a sample that two fractions in 1/256 were multiplied into. */
  static final float FIXED_LEVEL = 1 / (65536 * STEPS);

  private final short[] steps;
  private final int width;
  private final int height;

  private final Chroma chroma;

  private LumaFrame(short[] steps, Chroma chroma, ImageSize size) {
    this.steps = steps;
    this.chroma = chroma;
    this.width = size.width();
    this.height = size.height();
  }

  /** Brightness of an RGB or gray picture, and its colours if asked for. */
  static LumaFrame of(ByteImage image, boolean withColor) {
    int width = image.width();
    int height = image.height();
    int[] raw = new int[width * height];
    boolean color = image.channels() >= 3;
    byte[] array = image.array();
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0, i = image.index(0, y); x < width; x++, i += image.channels(), to++) {
        raw[to] =
            color
                ? 4899 * (array[i] & 0xff)
                        + 9617 * (array[i + 1] & 0xff)
                        + 1868 * (array[i + 2] & 0xff)
                    >> 8
                : (array[i] & 0xff) << 6;
      }
    }
    int[] sums = smoothed(raw, width, height);
    short[] steps = new short[raw.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (short) (sums[i] + 8 >> 4);
    }
    return new LumaFrame(steps, withColor ? Chroma.of(image) : Chroma.NONE, image.size());
  }

  /** Sixteen times the means by the kernel; edges are repeated outward. */
  static int[] smoothed(int[] raw, int width, int height) {
    int[] across = new int[raw.length];
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        int left = raw[row + Math.max(0, x - 1)];
        int right = raw[row + Math.min(width - 1, x + 1)];
        across[row + x] = left + 2 * raw[row + x] + right;
      }
    }
    int[] out = new int[raw.length];
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int row = y * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++) {
        out[row + x] = across[above + x] + 2 * across[row + x] + across[below + x];
      }
    }
    return out;
  }

  /** Colours; none when they were not asked for. */
  Chroma chroma() {
    return chroma;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** A distance of less than 32768 px in 1/65536 px. */
  static int fixed(double px) {
    return (int) Math.rint(px * 65536);
  }

  /** Whether an index coordinate lies between the outer pixel centres. */
  boolean holds(double xIndex, double yIndex) {
    return xIndex >= 0 && yIndex >= 0 && xIndex <= width - 1 && yIndex <= height - 1;
  }

  /** Bilinear brightness at a place that this frame {@link #holds}, grey levels. */
  float at(double xIndex, double yIndex) {
    int x = Math.min((int) xIndex, Math.max(0, width - 2));
    int y = Math.min((int) yIndex, Math.max(0, height - 2));
    float tx = (float) (xIndex - x);
    float ty = (float) (yIndex - y);
    int right = width > 1 ? 1 : 0;
    int down = height > 1 ? width : 0;
    int i = y * width + x;
    float top = steps[i] + tx * (steps[i + right] - steps[i]);
    float bottom = steps[i + down] + tx * (steps[i + down + right] - steps[i + down]);
    return (top + ty * (bottom - top)) * (1 / STEPS);
  }

  /** The pixels in 1/64 levels, row by row, not copied. */
  short[] steps() {
    return steps;
  }

  /** The finest level of a pyramid. */
  float[] levels() {
    float[] out = new float[steps.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = steps[i] / STEPS;
    }
    return out;
  }
}
