package org.stereo4d.image;

import java.util.Arrays;
import org.stereo4d.run.Parallel;

/**
 * Resizes images with one filter, axis by axis.
 *
 * <p>Arithmetic is in float; 8-bit results are rounded once, at the end, and clamped. NaN spreads
 * to every output pixel whose filter touches it. An image of the wanted size is copied.
 *
 * <p>For each output row the source rows it needs are summed first (long loops over contiguous
 * memory) and the summed row is resampled afterwards, so the only scratch memory is two source rows
 * per block of output rows.
 */
public final class ImageResizer {
  private static final int BLOCK_ROWS = 16;

  private final ResizeFilter filter;

  /** A resizer that uses a filter. */
  public ImageResizer(ResizeFilter filter) {
    this.filter = filter;
  }

  /** The filter. */
  public ResizeFilter filter() {
    return filter;
  }

  /** A float image in another size. */
  public FloatImage resize(FloatImage image, ImageSize size) {
    if (image.size().equals(size)) {
      return image.copy();
    }
    FloatImage out = FloatImage.create(size, image.channels());
    if (filter == ResizeFilter.NEAREST) {
      int channels = image.channels();
      copyNearest(
          image.size(),
          size,
          (x, y, outX, outY) ->
              System.arraycopy(
                  image.array(), image.index(x, y), out.array(), out.index(outX, outY), channels));
      return out;
    }
    int row = image.width() * image.channels();
    int outRow = size.width() * image.channels();
    resample(
        image.size(),
        size,
        image.channels(),
        (y, into) -> System.arraycopy(image.array(), image.index(0, y), into, 0, row),
        (y, values) -> System.arraycopy(values, 0, out.array(), y * outRow, outRow));
    return out;
  }

  /** An 8-bit image in another size. */
  public ByteImage resize(ByteImage image, ImageSize size) {
    if (image.size().equals(size)) {
      return image.copy();
    }
    ByteImage out = ByteImage.create(size, image.channels());
    if (filter == ResizeFilter.NEAREST) {
      int channels = image.channels();
      copyNearest(
          image.size(),
          size,
          (x, y, outX, outY) ->
              System.arraycopy(
                  image.array(), image.index(x, y), out.array(), out.index(outX, outY), channels));
      return out;
    }
    int row = image.width() * image.channels();
    int outRow = size.width() * image.channels();
    resample(
        image.size(),
        size,
        image.channels(),
        (y, into) -> {
          byte[] bytes = image.array();
          for (int i = 0, from = image.index(0, y); i < row; i++) {
            into[i] = bytes[from + i] & 0xff;
          }
        },
        (y, values) -> {
          byte[] bytes = out.array();
          for (int i = 0, to = y * outRow; i < outRow; i++) {
            bytes[to + i] = (byte) Math.min(255, Math.max(0, (int) (values[i] + 0.5f)));
          }
        });
    return out;
  }

  /** A mask in another size: each output pixel takes the source pixel under its index. */
  public static Mask resizeNearest(Mask mask, ImageSize size) {
    ByteImage resized = new ImageResizer(ResizeFilter.NEAREST).resize(mask.toImage(), size);
    boolean[] out = new boolean[size.area()];
    for (int i = 0; i < out.length; i++) {
      out[i] = resized.array()[i] != 0;
    }
    return Mask.wrap(out, size);
  }

  /** Copies a pixel of the source to a pixel of the output. */
  @FunctionalInterface
  private interface PixelCopy {
    void copy(int x, int y, int outX, int outY);
  }

  private static void copyNearest(ImageSize in, ImageSize out, PixelCopy pixel) {
    int[] columns = ResampleTaps.of(ResizeFilter.NEAREST, in.width(), out.width()).first;
    int[] rows = ResampleTaps.of(ResizeFilter.NEAREST, in.height(), out.height()).first;
    Parallel.blocks(
        out.height(),
        BLOCK_ROWS,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            for (int x = 0; x < columns.length; x++) {
              pixel.copy(columns[x], rows[y], x, y);
            }
          }
        });
  }

  /** Moves a row of samples between an image and a buffer. */
  @FunctionalInterface
  private interface RowAccess {
    void move(int y, float[] row);
  }

  private void resample(
      ImageSize in, ImageSize out, int channels, RowAccess source, RowAccess target) {
    ResampleTaps columns = ResampleTaps.of(filter, in.width(), out.width());
    ResampleTaps rows = ResampleTaps.of(filter, in.height(), out.height());
    int length = in.width() * channels;
    Parallel.blocks(
        out.height(),
        BLOCK_ROWS,
        (start, end) -> {
          float[] row = new float[length];
          float[] sum = new float[length];
          float[] resampled = new float[out.width() * channels];
          for (int y = start; y < end; y++) {
            sumRows(rows, y, source, row, sum);
            resampleRow(columns, channels, sum, resampled);
            target.move(y, resampled);
          }
        });
  }

  private static void sumRows(
      ResampleTaps taps, int y, RowAccess source, float[] row, float[] sum) {
    Arrays.fill(sum, 0);
    for (int k = 0; k < taps.count[y]; k++) {
      float weight = taps.weights[y * taps.stride + k];
      if (weight != 0) {
        source.move(taps.first[y] + k, row);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weight * row[i];
        }
      }
    }
  }

  private static void resampleRow(ResampleTaps taps, int channels, float[] row, float[] out) {
    if (channels == 3) {
      resampleRgb(taps, row, out);
      return;
    }
    for (int x = 0, to = 0; x < taps.first.length; x++) {
      int weights = x * taps.stride;
      for (int c = 0; c < channels; c++, to++) {
        float sum = 0;
        int from = taps.first[x] * channels + c;
        for (int k = 0; k < taps.count[x]; k++, from += channels) {
          float weight = taps.weights[weights + k];
          sum += weight == 0 ? 0 : weight * row[from];
        }
        out[to] = sum;
      }
    }
  }

  private static void resampleRgb(ResampleTaps taps, float[] row, float[] out) {
    for (int x = 0, to = 0; x < taps.first.length; x++, to += 3) {
      int weights = x * taps.stride;
      int from = taps.first[x] * 3;
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int k = 0; k < taps.count[x]; k++, from += 3) {
        float weight = taps.weights[weights + k];
        if (weight != 0) {
          red += weight * row[from];
          green += weight * row[from + 1];
          blue += weight * row[from + 2];
        }
      }
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  }
}
