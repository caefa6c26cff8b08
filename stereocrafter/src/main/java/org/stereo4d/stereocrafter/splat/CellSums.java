package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;

/**
 * Cells of a row that collect one pixel after another. Cell k is column {@code k - 1}, so that taps
 * one column outside have a place that is not read.
 */
final class CellSums {
  private final int channels;
  private final int cell;
  private final float sliver;
  private final int firstCell;
  private final int lastCell;

  /** Colours, weight, weighted disparity and coverage of each cell. */
  private final float[] sums;

  /** Pixels whose first tap is a cell from the first to the last take part. */
  CellSums(int channels, float sliver, int firstCell, int lastCell, int width) {
    this.channels = channels;
    this.cell = channels + 3;
    this.sliver = sliver;
    this.firstCell = firstCell;
    this.lastCell = lastCell;
    this.sums = new float[(width + 2) * cell];
  }

  /** Empties cells {@code [start, end)}. */
  void clear(int start, int end) {
    Arrays.fill(sums, start * cell, end * cell, 0);
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
      float motion = whole[x];
      int k = x + 1 + (int) motion;
      if (k >= firstCell && k <= lastCell && Math.abs(motion) <= whole.length) {
        add(source, second[x], colors, from, x, k);
      }
    }
  }

  private void add(RowKernel.Source source, float s, float[] colors, int from, int x, int k) {
    float px = source.px()[source.from() + x];
    float weight = RowWeights.power((px - source.middle()) * source.exponentPerPx());
    float far = weight * s;
    int i = k * cell;
    int color = from + x * channels;
    if (channels == 3) {
      float red = colors[color];
      float green = colors[color + 1];
      float blue = colors[color + 2];
      addTap(i, red, green, blue, px, weight - far, 1 - s);
      addTap(i + 6, red, green, blue, px, far, s);
    } else {
      addTap(i, colors, color, px, weight - far, 1 - s);
      addTap(i + cell, colors, color, px, far, s);
    }
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

  private void addTap(int at, float[] colors, int from, float px, float weight, float cover) {
    int i = at;
    for (int c = 0; c < channels; c++, i++) {
      sums[i] += weight * colors[from + c];
    }
    sums[i] += weight;
    sums[i + 1] += weight * px;
    sums[i + 2] += cover;
  }

  /**
   * Divides cells {@code [start, end)}, none of which lies outside.
   *
   * @param least sum of weights under which a cell is darkened
   * @param out takes colours, interleaved
   * @param to index of the first sample of the row
   */
  void divide(int start, int end, float least, float[] out, int to, RowKernel.Target target) {
    for (int k = start; k < end; k++) {
      int i = k * cell;
      int x = k - 1;
      float weight = sums[i + channels];
      float near = sums[i + channels + 1];
      float covered = sums[i + channels + 2];
      float inverse = 1 / (weight > least ? weight : least);
      float scale = covered < sliver ? 0 : inverse;
      for (int c = 0; c < channels; c++) {
        out[to + x * channels + c] = sums[i + c] * scale;
      }
      target.coverage()[target.from() + x] = covered;
      target.disparity()[target.from() + x] =
          weight > least ? near * inverse : weight > 0 ? near / weight : Float.NaN;
    }
  }
}
