package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;

/**
 * One row in single precision, three channels at a time.
 *
 * <p>A cell holds the sums of one target pixel; cell k is column {@code k - 1}, so that taps one
 * column outside have a place that is not read. Neighbours mostly move by the same number of whole
 * pixels, so the sums of the second cell stay in local variables until that changes: half the
 * memory traffic, and no load waits for the store before it.
 */
final class NarrowRow implements RowKernel {
  /** The reference's least sum of weights, for a pixel of the smallest disparity. */
  static final double LEAST_WEIGHT = 1e-6;

  /** Red, green, blue, weight, weight x disparity, coverage, two unused. */
  private static final int CELL = 8;

  private static final int NO_RUN = Integer.MIN_VALUE;

  private final int width;
  private final int channels;
  private final SplatOptions options;
  private final float[] sums;

  NarrowRow(int width, int channels, SplatOptions options) {
    this.width = width;
    this.channels = channels;
    this.options = options;
    this.sums = new float[(width + 2) * CELL];
  }

  @Override
  public void run(SourceRow source, SplatRow target) {
    for (int first = 0; first < channels; first += 3) {
      int some = Math.min(3, channels - first);
      add(source, first, some);
      divide(first, some, source.leastWeight(), target);
    }
  }

  private void add(SourceRow row, int first, int some) {
    float[] cells = sums;
    float[] colors = row.colors();
    int lowest = options.tapRule() == TapRule.PER_TAP ? -1 : 0;
    int highest = options.tapRule() == TapRule.PER_TAP ? width - 1 : width - 2;
    int toSecond = Math.min(1, some - 1);
    int toThird = some - 1;
    int run = NO_RUN;
    int open = 0;
    float red = 0;
    float green = 0;
    float blue = 0;
    float weight = 0;
    float near = 0;
    float covered = 0;
    for (int x = 0, i = first; x < width; x++, i += channels) {
      float p = row.px()[row.from() + x];
      float motion = p * row.shift();
      float down = motion + RowWeights.ROUNDING - RowWeights.ROUNDING;
      down -= down > motion ? 1 : 0;
      // not for the unknown, nor for what lies far outside
      int whole = Math.abs(motion) <= width ? (int) down : NO_RUN;
      if (whole != run) {
        cells[open] += red;
        cells[open + 1] += green;
        cells[open + 2] += blue;
        cells[open + 3] += weight;
        cells[open + 4] += near;
        cells[open + 5] += covered;
        red = green = blue = weight = near = covered = 0;
        run = whole;
      }
      int cell = x + whole;
      if (cell < lowest || cell > highest) {
        continue;
      }
      int k = (cell + 1) * CELL;
      float second = motion - down;
      float w = RowWeights.power((p - row.middle()) * row.exponentPerPx());
      float w2 = w * second;
      float w1 = w - w2;
      float r = colors[i];
      float g = colors[i + toSecond];
      float b = colors[i + toThird];
      cells[k] += red + w1 * r;
      cells[k + 1] += green + w1 * g;
      cells[k + 2] += blue + w1 * b;
      cells[k + 3] += weight + w1;
      cells[k + 4] += near + w1 * p;
      cells[k + 5] += covered + (1 - second);
      red = w2 * r;
      green = w2 * g;
      blue = w2 * b;
      weight = w2;
      near = w2 * p;
      covered = second;
      open = k + CELL;
    }
    cells[open] += red;
    cells[open + 1] += green;
    cells[open + 2] += blue;
    cells[open + 3] += weight;
    cells[open + 4] += near;
    cells[open + 5] += covered;
  }

  /** Writes quotients and clears the cells for the next row. */
  private void divide(int first, int some, float least, SplatRow target) {
    float[] cells = sums;
    float[] out = target.colors();
    float sliver = (float) options.sliverThreshold();
    int toSecond = Math.min(1, some - 1);
    int toThird = some - 1;
    for (int x = 0, k = CELL, i = first; x < width; x++, k += CELL, i += channels) {
      float weight = cells[k + 3];
      float inverse = 1 / (weight > least ? weight : least);
      float covered = cells[k + 5];
      float scale = covered < sliver ? 0 : inverse;
      out[i + toThird] = cells[k + 2] * scale;
      out[i + toSecond] = cells[k + 1] * scale;
      out[i] = cells[k] * scale;
      target.coverage()[target.from() + x] = covered;
      target.disparity()[target.from() + x] =
          weight > least ? cells[k + 4] * inverse : weight > 0 ? cells[k + 4] / weight : Float.NaN;
    }
    Arrays.fill(cells, 0);
  }
}
