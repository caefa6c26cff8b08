package org.stereo4d.image;

import java.util.Arrays;
import org.stereo4d.run.Check;

/**
 * Float pixels, interleaved (H, W, C), as a view on one array.
 *
 * <p>Kernels read {@link #array()} at {@code offset() + y * stride() + x * channels() + c}.
 */
public final class FloatImage {
  private final float[] array;
  private final int offset;
  private final int stride;
  private final int width;
  private final int height;
  private final int channels;

  private FloatImage(float[] array, int offset, int stride, ImageSize size, int channels) {
    this.array = array;
    this.offset = offset;
    this.stride = stride;
    this.width = size.width();
    this.height = size.height();
    this.channels = channels;
  }

  /** A black image. */
  public static FloatImage create(ImageSize size, int channels) {
    return wrap(new float[sampleCount(size, channels)], size, channels);
  }

  /** An image on the given array, which is not copied. */
  public static FloatImage wrap(float[] array, ImageSize size, int channels) {
    int samples = sampleCount(size, channels);
    Check.that(
        array.length == samples,
        "array must hold %s x %s samples, held %s",
        size,
        channels,
        array.length);
    return new FloatImage(array, 0, size.width() * channels, size, channels);
  }

  /** An image from its channels one after the other (C, H, W), copied. */
  public static FloatImage ofPlanes(float[] planes, ImageSize size, int channels) {
    FloatImage out = create(size, channels);
    Check.that(
        planes.length == out.array.length,
        "planes must hold %s x %s samples, held %s",
        size,
        channels,
        planes.length);
    int area = size.area();
    for (int c = 0; c < channels; c++) {
      for (int i = 0, to = c; i < area; i++, to += channels) {
        out.array[to] = planes[c * area + i];
      }
    }
    return out;
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
  public float[] array() {
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

  /** One sample. */
  public float at(int x, int y, int channel) {
    checkInside(x, y, channel);
    return array[index(x, y) + channel];
  }

  /** Sets one sample. */
  public void set(int x, int y, int channel, float value) {
    checkInside(x, y, channel);
    array[index(x, y) + channel] = value;
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
  public FloatImage crop(int x, int y, ImageSize cropSize) {
    checkCrop(x, y, cropSize, width, height);
    return new FloatImage(array, index(x, y), stride, cropSize, channels);
  }

  static void checkCrop(int x, int y, ImageSize crop, int width, int height) {
    Check.that(
        x >= 0 && y >= 0 && x <= width - crop.width() && y <= height - crop.height(),
        "crop %s at (%s, %s) must lie inside %sx%s",
        crop,
        x,
        y,
        width,
        height);
  }

  /** Whether rows follow each other without gaps from the first element of the array. */
  public boolean isContiguous() {
    return offset == 0 && stride == width * channels && array.length == height * stride;
  }

  /** The samples as (H, W, C) without gaps; the array itself when it already is. */
  public float[] contiguous() {
    return isContiguous() ? array : copy().array;
  }

  /** A copy without gaps. */
  public FloatImage copy() {
    float[] out = new float[width * height * channels];
    int row = width * channels;
    for (int y = 0; y < height; y++) {
      System.arraycopy(array, offset + y * stride, out, y * row, row);
    }
    return wrap(out, size(), channels);
  }

  /** A copy of the samples as channels one after the other (C, H, W). */
  public float[] planes() {
    float[] out = new float[width * height * channels];
    for (int c = 0, to = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0, i = index(0, y) + c; x < width; x++, i += channels, to++) {
          out[to] = array[i];
        }
      }
    }
    return out;
  }

  /** One channel as an image of its own. */
  public FloatImage channel(int channel) {
    Check.that(
        channel >= 0 && channel < channels,
        "channel must be in [0, %s), was %s",
        channels,
        channel);
    FloatImage out = create(size(), 1);
    for (int y = 0; y < height; y++) {
      for (int x = 0, i = index(0, y) + channel; x < width; x++, i += channels) {
        out.array[y * width + x] = array[i];
      }
    }
    return out;
  }

  /** Luma 0.299 R + 0.587 G + 0.114 B of an RGB image; a one-channel image is copied. */
  public FloatImage luma() {
    if (channels == 1) {
      return copy();
    }
    Check.that(channels >= 3, "luma needs 1 or at least 3 channels, had %s", channels);
    FloatImage out = create(size(), 1);
    for (int y = 0; y < height; y++) {
      for (int x = 0, i = index(0, y); x < width; x++, i += channels) {
        out.array[y * width + x] =
            0.299f * array[i] + 0.587f * array[i + 1] + 0.114f * array[i + 2];
      }
    }
    return out;
  }

  /** 8-bit copy: {@code round(255 v)} clamped to 0..255; NaN becomes 0. */
  public ByteImage toBytes() {
    ByteImage out = ByteImage.create(size(), channels);
    byte[] bytes = out.array();
    int row = width * channels;
    for (int y = 0; y < height; y++) {
      int from = offset + y * stride;
      int to = y * row;
      for (int k = 0; k < row; k++) {
        float v = array[from + k] * 255f + 0.5f;
        bytes[to + k] = (byte) (v >= 255f ? 255 : v > 0 ? (int) v : 0);
      }
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatImage that
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
    return "FloatImage[" + width + "x" + height + "x" + channels + "]";
  }
}
