package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;

/**
 * Cells of a row that collect one pixel after another. Cell k is column {@code k - 1}, so that taps
 * one column outside have a place that is not read.
 */
final class CellSums {
  private static final int CELL_OF_THREE = 6;

  private final int channels;
  private final int cell;
  private final float sliver;
  private final int firstCell;
  private final int lastCell;

  /** Colours, weight, weighted disparity and coverage of each cell. */
  private final float[] sums;

  /** Of one pixel. */
  private final float[] samples;

  /** Pixels whose first tap is a cell from the first to the last take part. */
  CellSums(int channels, float sliver, int firstCell, int lastCell, int width) {
    this.channels = channels;
    this.cell = channels + 3;
    this.sliver = sliver;
    this.firstCell = firstCell;
    this.lastCell = lastCell;
    this.samples = new float[channels];
    this.sums = new float[(width + 2) * cell];
  }

  /**
   * Adds those of pixels {@code [start, end)} that take part.
   *
   * @param whole whole parts of the motion of the pixels of the row
   * @param second broken parts
   * @param colors interleaved samples
   * @param from index of the first sample of the row
   */
  void add(
      RowKernel.Source source,
      float[] whole,
      float[] second,
      float[] colors,
      int from,
      int start,
      int end) {
    for (int x = start; x < end; x++) {
      int k = cell(whole, x);
      int color = from + x * channels;
      if (k >= 0 && channels == 3) {
        add(source, second[x], x, k, colors[color], colors[color + 1], colors[color + 2]);
      } else if (k >= 0) {
        for (int c = 0; c < channels; c++) {
          samples[c] = colors[color + c];
        }
        add(source, second[x], x, k);
      }
    }
  }

  /** The same for levels 0..255. */
  void add(
      RowKernel.Source source,
      float[] whole,
      float[] second,
      byte[] levels,
      int from,
      int start,
      int end) {
    for (int x = start; x < end; x++) {
      int k = cell(whole, x);
      int color = from + x * channels;
      if (k >= 0 && channels == 3) {
        int red = levels[color] & 0xff;
        int green = levels[color + 1] & 0xff;
        add(source, second[x], x, k, red, green, levels[color + 2] & 0xff);
      } else if (k >= 0) {
        for (int c = 0; c < channels; c++) {
          samples[c] = levels[color + c] & 0xff;
        }
        add(source, second[x], x, k);
      }
    }
  }

  /** Cell of the first tap of a pixel; negative if it takes no part. */
  private int cell(float[] whole, int x) {
    float motion = whole[x];
    int k = x + 1 + (int) motion;
    return k >= firstCell && k <= lastCell && Math.abs(motion) <= whole.length ? k : -1;
  }

  private void add(
      RowKernel.Source source, float s, int x, int k, float red, float green, float blue) {
    float px = source.px()[source.from() + x];
    float weight = source.weight(px);
    float far = weight * s;
    addTap(k * CELL_OF_THREE, red, green, blue, px, weight - far, 1 - s);
    addTap((k + 1) * CELL_OF_THREE, red, green, blue, px, far, s);
  }

  private void addTap(
      int i, float red, float green, float blue, float px, float weight, float cover) {
    float[] into = sums;
    into[i] += weight * red;
    into[i + 1] += weight * green;
    into[i + 2] += weight * blue;
    into[i + 3] += weight;
    into[i + 4] += weight * px;
    into[i + 5] += cover;
  }

  /** Adds a pixel whose samples were copied. */
  private void add(RowKernel.Source source, float s, int x, int k) {
    float px = source.px()[source.from() + x];
    float weight = source.weight(px);
    float far = weight * s;
    addTap(k * cell, px, weight - far, 1 - s);
    addTap((k + 1) * cell, px, far, s);
  }

  private void addTap(int at, float px, float weight, float cover) {
    int i = at;
    for (float sample : samples) {
      sums[i++] += weight * sample;
    }
    sums[i] += weight;
    sums[i + 1] += weight * px;
    sums[i + 2] += cover;
  }

  /**
   * Divides cells {@code [start, end)}, none of which lies outside, and empties them and their
   * neighbours.
   *
   * @param least sum of weights under which a cell is darkened
   * @param out takes colours, interleaved
   * @param to index of the first sample of the row
   */
  void divide(int start, int end, float least, float[] out, int to, RowKernel.Target target) {
    for (int k = start; k < end; k++) {
      float scale = finish(k, least, target);
      int i = k * cell;
      int o = to + (k - 1) * channels;
      if (channels == 3) {
        out[o] = sums[i] * scale;
        out[o + 1] = sums[i + 1] * scale;
        out[o + 2] = sums[i + 2] * scale;
      } else {
        for (int c = 0; c < channels; c++) {
          out[o + c] = sums[i + c] * scale;
        }
      }
    }
    Arrays.fill(sums, (start - 1) * cell, (end + 1) * cell, 0);
  }

  /** The same for levels 0..255, which are rounded to the nearest. */
  void divide(int start, int end, float least, byte[] out, int to, RowKernel.Target target) {
    for (int k = start; k < end; k++) {
      float scale = finish(k, least, target);
      int i = k * cell;
      int o = to + (k - 1) * channels;
      if (channels == 3) {
        out[o] = level(sums[i] * scale);
        out[o + 1] = level(sums[i + 1] * scale);
        out[o + 2] = level(sums[i + 2] * scale);
      } else {
        for (int c = 0; c < channels; c++) {
          out[o + c] = level(sums[i + c] * scale);
        }
      }
    }
    Arrays.fill(sums, (start - 1) * cell, (end + 1) * cell, 0);
  }

  private static byte level(float sample) {
    return (byte) Float.floatToRawIntBits(sample + RowWeights.LEVEL_ROUNDING);
  }

  /** Gives coverage and disparity of a cell, and what its sums of colours are multiplied with. */
  private float finish(int k, float least, RowKernel.Target target) {
    int i = k * cell + channels;
    float weight = sums[i];
    float near = sums[i + 1];
    float covered = sums[i + 2];
    float inverse = 1 / (weight > least ? weight : least);
    int x = target.from() + k - 1;
    target.coverage()[x] = covered;
    target.disparity()[x] =
        weight > least ? near * inverse : weight > 0 ? near / weight : Float.NaN;
    return covered < sliver ? 0 : inverse;
  }
}
