package org.stereo4d.image;

import java.util.Arrays;
import org.stereo4d.run.Check;

/**
 * 8-bit pixels 0..255, interleaved (H, W, C), as a view on one array.
 *
 * <p>Kernels read {@code array()[offset() + y * stride() + x * channels() + c] & 0xff}.
 */
public final class ByteImage {
  private final byte[] array;
  private final int offset;
  private final int stride;
  private final int width;
  private final int height;
  private final int channels;

  private ByteImage(byte[] array, int offset, int stride, ImageSize size, int channels) {
    this.array = array;
    this.offset = offset;
    this.stride = stride;
    this.width = size.width();
    this.height = size.height();
    this.channels = channels;
  }

  /** A black image. */
  public static ByteImage create(ImageSize size, int channels) {
    return wrap(new byte[sampleCount(size, channels)], size, channels);
  }

  /** An image on the given array, which is not copied. */
  public static ByteImage wrap(byte[] array, ImageSize size, int channels) {
    int samples = sampleCount(size, channels);
    Check.that(
        array.length == samples,
        "array must hold %s x %s samples, held %s",
        size,
        channels,
        array.length);
    return new ByteImage(array, 0, size.width() * channels, size, channels);
  }

  private static int sampleCount(ImageSize size, int channels) {
    Check.that(channels > 0, "channels must be > 0, was %s", channels);
    long samples = (long) size.area() * channels;
    Check.that(samples <= Integer.MAX_VALUE - 8, "%s x %s samples exceed an array", size, channels);
    return (int) samples;
  }

  /** Width and height. */
  public ImageSize size() {
    return new ImageSize(width, height);
  }

  /** Pixels per row. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** Samples per pixel. */
  public int channels() {
    return channels;
  }

  /** The memory, shared with every crop. */
  public byte[] array() {
    return array;
  }

  /** Index of the first sample. */
  public int offset() {
    return offset;
  }

  /** Samples from one row to the next. */
  public int stride() {
    return stride;
  }

  /** Index of the first sample of a pixel. */
  public int index(int x, int y) {
    return offset + y * stride + x * channels;
  }

  /** One sample, 0..255. */
  public int at(int x, int y, int channel) {
    checkInside(x, y, channel);
    return array[index(x, y) + channel] & 0xff;
  }

  /** Sets one sample, 0..255. */
  public void set(int x, int y, int channel, int value) {
    checkInside(x, y, channel);
    Check.that(value >= 0 && value <= 255, "value must be in 0..255, was %s", value);
    array[index(x, y) + channel] = (byte) value;
  }

  private void checkInside(int x, int y, int channel) {
    Check.that(
        x >= 0 && x < width && y >= 0 && y < height && channel >= 0 && channel < channels,
        "(x %s, y %s, channel %s) must lie inside %sx%sx%s",
        x,
        y,
        channel,
        width,
        height,
        channels);
  }

  /** A view on a rectangle; writing to it writes to this image. */
  public ByteImage crop(int x, int y, ImageSize cropSize) {
    FloatImage.checkCrop(x, y, cropSize, width, height);
    return new ByteImage(array, index(x, y), stride, cropSize, channels);
  }

  /** Whether rows follow each other without gaps from the first element of the array. */
  public boolean isContiguous() {
    return offset == 0 && stride == width * channels && array.length == height * stride;
  }

  /** The samples as (H, W, C) without gaps; the array itself when it already is. */
  public byte[] contiguous() {
    return isContiguous() ? array : copy().array;
  }

  /** A copy without gaps. */
  public ByteImage copy() {
    byte[] out = new byte[width * height * channels];
    int row = width * channels;
    for (int y = 0; y < height; y++) {
      System.arraycopy(array, offset + y * stride, out, y * row, row);
    }
    return wrap(out, size(), channels);
  }

  /** Float copy with values {@code v / 255}. */
  public FloatImage toFloat() {
    FloatImage out = FloatImage.create(size(), channels);
    float[] floats = out.array();
    int row = width * channels;
    for (int y = 0; y < height; y++) {
      int from = offset + y * stride;
      int to = y * row;
      for (int k = 0; k < row; k++) {
        floats[to + k] = (array[from + k] & 0xff) / 255f;
      }
    }
    return out;
  }

  /**
   * 8-bit luma, {@code (4899 R + 9617 G + 1868 B + 8192) >> 14}: the rounding of the common native
   * library. A one-channel image is copied.
   */
  public ByteImage luma() {
    if (channels == 1) {
      return copy();
    }
    Check.that(channels >= 3, "luma needs 1 or at least 3 channels, had %s", channels);
    ByteImage out = create(size(), 1);
    for (int y = 0; y < height; y++) {
      for (int x = 0, i = index(0, y); x < width; x++, i += channels) {
        int sum =
            4899 * (array[i] & 0xff) + 9617 * (array[i + 1] & 0xff) + 1868 * (array[i + 2] & 0xff);
        out.array[y * width + x] = (byte) ((sum + 8192) >> 14);
      }
    }
    return out;
  }

  /** This one-channel image with its values repeated in three channels. */
  public ByteImage grayToRgb() {
    Check.that(channels == 1, "grayToRgb needs 1 channel, had %s", channels);
    ByteImage out = create(size(), 3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        byte v = array[index(x, y)];
        int i = out.index(x, y);
        out.array[i] = v;
        out.array[i + 1] = v;
        out.array[i + 2] = v;
      }
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteImage that
        && width == that.width
        && height == that.height
        && channels == that.channels
        && Arrays.equals(contiguous(), that.contiguous());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(contiguous()) * 31 + width;
  }

  @Override
  public String toString() {
    return "ByteImage[" + width + "x" + height + "x" + channels + "]";
  }
}
