package org.stereo4d.stereocrafter.splat;

/**
 * Cells of a row that collect one pixel after another. Cell k is column {@code k - 1}, so that taps
 * one column outside have a place that is not read.
 *
 * <p>Bytes are added by code of their own: making floats of them first takes up to a tenth longer.
 */
final class CellSums {
  private static final int CELL_OF_THREE = 6;

  private final int width;
  private final int channels;
  private final int cell;
  private final float sliver;
  private final int firstCell;
  private final int lastCell;

  /** Colours, weight, weighted disparity and coverage of each cell; zeros between rows. */
  private final float[] sums;

  /** Of one pixel. */
  private final float[] samples;

  /** Pixels whose first tap is a cell from the first to the last take part. */
  CellSums(int channels, float sliver, int firstCell, int lastCell, int width) {
    this.width = width;
    this.channels = channels;
    this.cell = channels + 3;
    this.sliver = sliver;
    this.firstCell = firstCell;
    this.lastCell = lastCell;
    this.samples = new float[channels];
    this.sums = new float[(width + 2) * cell];
  }

  /**
   * Adds RGB pixels {@code [start, end)} that move alike and take part. What a pixel gives to its
   * second cell is kept until the next one has been weighed, so that each cell is touched once.
   *
   * @param motion columns to the right from a pixel to its first tap
   * @param colors interleaved samples
   * @param from index of the first sample of the row
   */
  void add(RowKernel.Source source, int start, int end, int motion, float[] colors, int from) {
    float[] into = sums;
    float red = 0;
    float green = 0;
    float blue = 0;
    float far = 0;
    float farPx = 0;
    float second = 0;
    int i = (start + motion + 1) * CELL_OF_THREE;
    for (int x = start; x < end; x++, i += CELL_OF_THREE) {
      float px = source.px()[source.from() + x];
      float weight = source.weight(px);
      int color = from + 3 * x;
      float ownRed = colors[color];
      float ownGreen = colors[color + 1];
      float ownBlue = colors[color + 2];
      float cover = second;
      second = px * source.shift() - motion;
      cover += 1 - second;
      float before = far;
      far = weight * second;
      float near = weight - far;
      into[i] += red + near * ownRed;
      into[i + 1] += green + near * ownGreen;
      into[i + 2] += blue + near * ownBlue;
      into[i + 3] += before + near;
      into[i + 4] += farPx + near * px;
      into[i + 5] += cover;
      red = far * ownRed;
      green = far * ownGreen;
      blue = far * ownBlue;
      farPx = far * px;
    }
    into[i] += red;
    into[i + 1] += green;
    into[i + 2] += blue;
    into[i + 3] += far;
    into[i + 4] += farPx;
    into[i + 5] += second;
  }

  /** The same for levels 0..255. */
  void add(RowKernel.Source source, int start, int end, int motion, byte[] levels, int from) {
    float[] into = sums;
    float red = 0;
    float green = 0;
    float blue = 0;
    float far = 0;
    float farPx = 0;
    float second = 0;
    int i = (start + motion + 1) * CELL_OF_THREE;
    for (int x = start; x < end; x++, i += CELL_OF_THREE) {
      float px = source.px()[source.from() + x];
      float weight = source.weight(px);
      int level = from + 3 * x;
      float ownRed = levels[level] & 0xff;
      float ownGreen = levels[level + 1] & 0xff;
      float ownBlue = levels[level + 2] & 0xff;
      float cover = second;
      second = px * source.shift() - motion;
      cover += 1 - second;
      float before = far;
      far = weight * second;
      float near = weight - far;
      into[i] += red + near * ownRed;
      into[i + 1] += green + near * ownGreen;
      into[i + 2] += blue + near * ownBlue;
      into[i + 3] += before + near;
      into[i + 4] += farPx + near * px;
      into[i + 5] += cover;
      red = far * ownRed;
      green = far * ownGreen;
      blue = far * ownBlue;
      farPx = far * px;
    }
    into[i] += red;
    into[i + 1] += green;
    into[i + 2] += blue;
    into[i + 3] += far;
    into[i + 4] += farPx;
    into[i + 5] += second;
  }

  /**
   * Adds those pixels of a row that take part, however each moves.
   *
   * @param colors interleaved samples
   * @param from index of the first sample of the row
   */
  void add(RowKernel.Source source, float[] colors, int from) {
    for (int x = 0; x < width; x++) {
      float px = source.px()[source.from() + x];
      float motion = px * source.shift();
      float whole = RowWeights.floor(motion);
      int k = cell(whole, x);
      int color = from + x * channels;
      if (k >= 0 && channels == 3) {
        float second = motion - whole;
        add(source, second, px, k, colors[color], colors[color + 1], colors[color + 2]);
      } else if (k >= 0) {
        for (int c = 0; c < channels; c++) {
          samples[c] = colors[color + c];
        }
        add(source, motion - whole, px, k);
      }
    }
  }

  /** The same for levels 0..255. */
  void add(RowKernel.Source source, byte[] levels, int from) {
    for (int x = 0; x < width; x++) {
      float px = source.px()[source.from() + x];
      float motion = px * source.shift();
      float whole = RowWeights.floor(motion);
      int k = cell(whole, x);
      int color = from + x * channels;
      if (k >= 0 && channels == 3) {
        int red = levels[color] & 0xff;
        int green = levels[color + 1] & 0xff;
        add(source, motion - whole, px, k, red, green, levels[color + 2] & 0xff);
      } else if (k >= 0) {
        for (int c = 0; c < channels; c++) {
          samples[c] = levels[color + c] & 0xff;
        }
        add(source, motion - whole, px, k);
      }
    }
  }

  /** Cell of the first tap of a pixel; negative if it takes no part. */
  private int cell(float whole, int x) {
    int k = x + 1 + (int) whole;
    return k >= firstCell && k <= lastCell && Math.abs(whole) <= width ? k : -1;
  }

  private void add(
      RowKernel.Source source, float s, float px, int k, float red, float green, float blue) {
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
  private void add(RowKernel.Source source, float s, float px, int k) {
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
    clear(start - 1);
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
      clear(k);
    }
    clear(end);
  }

  /** The same for levels 0..255, which are rounded to the nearest. */
  void divide(int start, int end, float least, byte[] out, int to, RowKernel.Target target) {
    clear(start - 1);
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
      clear(k);
    }
    clear(end);
  }

  private static byte level(float sample) {
    return (byte) Float.floatToRawIntBits(sample + RowWeights.LEVEL_ROUNDING);
  }

  private void clear(int k) {
    int i = k * cell;
    if (channels == 3) {
      sums[i] = 0;
      sums[i + 1] = 0;
      sums[i + 2] = 0;
      sums[i + 3] = 0;
      sums[i + 4] = 0;
      sums[i + 5] = 0;
    } else {
      for (int c = 0; c < cell; c++) {
        sums[i + c] = 0;
      }
    }
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
