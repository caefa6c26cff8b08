package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;

/**
 * One row in single precision, a plane for each channel.
 *
 * <p>Neighbours mostly move by the same number of whole pixels. What a pixel and the one after it
 * add to the cell between them if they do is found for the whole row, in loops without branches
 * that compilers turn into vectors; each run of pixels that do move alike is then copied to its
 * place. Only the ends of runs, and what falls on earlier runs, is added one by one.
 *
 * <p>Cell k of the new row is column {@code k - 1}, so that taps one column outside have a place
 * that is not read.
 */
final class PlanarRow implements RowKernel {
  /** The reference's least sum of weights, for a pixel of the smallest disparity. */
  static final double LEAST_WEIGHT = 1e-6;

  /** Twice this makes any positive number infinite. */
  private static final float LARGE = 0x1p100f;

  /** Cells that are faster added than copied. */
  private static final int SHORT_RUN = 12;

  /** Planes behind those of the colours. */
  private static final int WEIGHT = 0;

  private static final int NEAR = 1;
  private static final int COVER = 2;

  private final int width;
  private final int channels;
  private final SplatOptions options;
  private final float[] px;
  private final float[] whole;
  private final float[] second;
  private final float[] rounded;
  private final float[] weight1;
  private final float[] weight2;

  /** Colours; plane {@code channels + NEAR} is disparity. Weights have no plane of their own. */
  private final float[][] values;

  /** Of pixel x: its second tap and the first tap of pixel x + 1. */
  private final float[][] pairs;

  private final float[][] sums;
  private final float[] scale;

  /** Values of the next pixel. */
  private final float[] nextWeight;

  private final float[] next;

  /** Last cell that holds a sum. */
  private int touched;

  PlanarRow(int width, int channels, SplatOptions options) {
    this.width = width;
    this.channels = channels;
    this.options = options;
    int length = width + 2;
    this.px = new float[length];
    this.whole = new float[length];
    this.second = new float[length];
    this.rounded = new float[length];
    this.weight1 = new float[length];
    this.weight2 = new float[length];
    this.values = new float[channels][length];
    this.pairs = new float[channels + 3][length];
    this.sums = new float[channels + 3][length];
    this.scale = new float[length];
    this.nextWeight = new float[length];
    this.next = new float[length];
  }

  @Override
  public float[] range(float[] px, int from) {
    return RowWeights.range(px, from, from + width);
  }

  private void load(float[] samples, int from) {
    if (channels == 3) {
      float[] red = values[0];
      float[] green = values[1];
      float[] blue = values[2];
      for (int x = 0; x < width; x++) {
        int i = from + 3 * x;
        red[x] = samples[i];
        green[x] = samples[i + 1];
        blue[x] = samples[i + 2];
      }
      return;
    }
    for (int c = 0; c < channels; c++) {
      for (int x = 0, i = from + c; x < width; x++, i += channels) {
        values[c][x] = samples[i];
      }
    }
  }

  private void load(byte[] samples, int from) {
    if (channels == 3) {
      float[] red = values[0];
      float[] green = values[1];
      float[] blue = values[2];
      for (int x = 0; x < width; x++) {
        int i = from + 3 * x;
        red[x] = Float.intBitsToFloat(RowWeights.LEVEL_ROUNDING_BITS | (samples[i] & 0xff));
        green[x] = Float.intBitsToFloat(RowWeights.LEVEL_ROUNDING_BITS | (samples[i + 1] & 0xff));
        blue[x] = Float.intBitsToFloat(RowWeights.LEVEL_ROUNDING_BITS | (samples[i + 2] & 0xff));
      }
    } else {
      for (int c = 0; c < channels; c++) {
        for (int x = 0, i = from + c; x < width; x++, i += channels) {
          values[c][x] = Float.intBitsToFloat(RowWeights.LEVEL_ROUNDING_BITS | (samples[i] & 0xff));
        }
      }
    }
    for (float[] value : values) {
      add(value, -RowWeights.LEVEL_ROUNDING);
    }
  }

  private static void add(float[] values, float amount) {
    for (int x = 0; x < values.length; x++) {
      values[x] += amount;
    }
  }

  @Override
  public void run(
      SourceRow source, float[] colors, int from, float[] out, int to, SplatRow target) {
    load(colors, from);
    run(source, target);
    store(out, to);
  }

  @Override
  public void run(SourceRow source, byte[] levels, int from, byte[] out, int to, SplatRow target) {
    load(levels, from);
    run(source, target);
    store(out, to);
  }

  private void run(SourceRow source, SplatRow target) {
    System.arraycopy(source.px(), source.from(), px, 0, width);
    move(px, source.shift(), whole, second);
    weigh(px, source.middle(), source.exponentPerPx(), weight1, rounded);
    scaleByPowers(weight1, rounded);
    split(weight1, weight2, second);
    pair();
    moveRuns();
    divide(source.leastWeight(), target);
  }

  private void pair() {
    shift(weight1, nextWeight);
    for (int c = 0; c < channels; c++) {
      shift(values[c], next);
      pair(weight2, values[c], nextWeight, next, pairs[c]);
    }
    shift(px, next);
    pair(weight2, px, nextWeight, next, pairs[channels + NEAR]);
    sum(weight2, nextWeight, pairs[channels + WEIGHT]);
    shift(second, next);
    pairCover(second, next, pairs[channels + COVER]);
  }

  /** The values of the next pixels: compilers read vectors of several arrays at one index only. */
  private static void shift(float[] from, float[] to) {
    System.arraycopy(from, 1, to, 0, from.length - 1);
  }

  /** Whole and broken part of the motion of each pixel. */
  private static void move(float[] px, float shift, float[] whole, float[] second) {
    for (int x = 0; x < whole.length; x++) {
      float motion = px[x] * shift;
      float nearest = (motion + RowWeights.ROUNDING) - RowWeights.ROUNDING;
      float rest = motion - nearest;
      // 1 if the rest is negative, else 0
      float down = Math.min((Math.abs(rest) - rest) * LARGE * LARGE, 1f);
      float floor = nearest - down;
      whole[x] = floor;
      second[x] = motion - floor;
    }
  }

  /** Weights without their power of two, and that power as the low bits of a float. */
  private static void weigh(
      float[] px, float middle, float exponentPerPx, float[] mantissa, float[] power) {
    for (int x = 0; x < px.length; x++) {
      float exponent = (px[x] - middle) * exponentPerPx;
      float rounded = exponent + RowWeights.ROUNDING;
      float t = exponent - (rounded - RowWeights.ROUNDING);
      mantissa[x] = RowWeights.mantissa(t);
      power[x] = rounded;
    }
  }

  private static void scaleByPowers(float[] mantissa, float[] power) {
    for (int x = 0; x < mantissa.length; x++) {
      mantissa[x] =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(mantissa[x])
                  + (Float.floatToRawIntBits(power[x]) << RowWeights.EXPONENT_BITS));
    }
  }

  private static void split(float[] weight1, float[] weight2, float[] second) {
    for (int x = 0; x < weight1.length; x++) {
      float w = weight1[x];
      float w2 = w * second[x];
      weight2[x] = w2;
      weight1[x] = w - w2;
    }
  }

  private static void pair(
      float[] weight, float[] value, float[] nextWeight, float[] nextValue, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = weight[x] * value[x] + nextWeight[x] * nextValue[x];
    }
  }

  private static void sum(float[] a, float[] b, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = a[x] + b[x];
    }
  }

  private static void pairCover(float[] second, float[] nextSecond, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = second[x] + (1 - nextSecond[x]);
    }
  }

  private void moveRuns() {
    boolean perTap = options.tapRule() == TapRule.PER_TAP;
    int lowest = perTap ? -1 : 0;
    int highest = perTap ? width - 1 : width - 2;
    float[] steps = whole; // in a local variable, which loops read faster
    touched = -1;
    int x = 0;
    while (x < width) {
      float run = steps[x];
      int start = x++;
      int bits = Float.floatToRawIntBits(run);
      while (x < width && Float.floatToRawIntBits(steps[x]) == bits) {
        x++;
      }
      if (!(Math.abs(run) <= width)) {
        continue; // unknown, or far outside
      }
      int base = (int) run;
      int first = Math.max(start, lowest - base);
      int end = Math.min(x, highest - base + 1);
      if (first < end) {
        clearUpTo(first + base + 1);
        addTap(first, first + base + 1, weight1[first], 1 - second[first]);
        for (int c = 0; end - first > 1 && c < channels + 3; c++) {
          addPairs(c, first, end, base + 1);
        }
        addTap(end - 1, end + base + 1, weight2[end - 1], second[end - 1]);
        touched = Math.max(touched, end + base + 1);
      }
    }
    clearUpTo(width + 2);
  }

  /** Clears cells that no run reached before a cell. */
  private void clearUpTo(int cell) {
    if (touched + 1 < cell) {
      for (float[] sum : sums) {
        Arrays.fill(sum, touched + 1, cell, 0);
      }
      touched = cell - 1;
    }
  }

  /** Adds one tap of one pixel to all planes. */
  private void addTap(int x, int cell, float weight, float cover) {
    boolean isNew = cell > touched;
    for (int c = 0; c < channels; c++) {
      add(c, cell, isNew, weight * values[c][x]);
    }
    add(channels + WEIGHT, cell, isNew, weight);
    add(channels + NEAR, cell, isNew, weight * px[x]);
    add(channels + COVER, cell, isNew, cover);
  }

  private void add(int plane, int cell, boolean isNew, float value) {
    float[] sum = sums[plane];
    sum[cell] = isNew ? value : sum[cell] + value;
  }

  /** Adds one plane of what lies between pixels {@code [start, end)} that move alike. */
  private void addPairs(int plane, int start, int end, int base) {
    float[] sum = sums[plane];
    float[] pair = pairs[plane];
    int last = end - 1;
    int x = start;
    for (; x < last && x + 1 + base <= touched; x++) {
      sum[x + 1 + base] += pair[x];
    }
    if (last - x >= SHORT_RUN) {
      System.arraycopy(pair, x, sum, x + 1 + base, last - x);
    } else {
      for (; x < last; x++) {
        sum[x + 1 + base] = pair[x];
      }
    }
  }

  private void divide(float least, SplatRow target) {
    float[] weight = sums[channels + WEIGHT];
    float[] near = sums[channels + NEAR];
    float[] cover = sums[channels + COVER];
    float sliver = (float) options.sliverThreshold();
    invert(weight, least, scale);
    float[] disparity = rounded;
    multiply(near, scale, disparity);
    for (int k = 1; k <= width; k++) {
      float sum = weight[k];
      if (cover[k] < sliver) {
        scale[k] = 0;
      }
      if (!(sum > least)) {
        disparity[k] = sum > 0 ? near[k] / sum : Float.NaN;
      }
    }
    System.arraycopy(disparity, 1, target.disparity(), target.from(), width);
    System.arraycopy(cover, 1, target.coverage(), target.from(), width);
  }

  private static void invert(float[] weight, float least, float[] out) {
    for (int k = 0; k < out.length; k++) {
      out[k] = 1 / Math.max(weight[k], least);
    }
  }

  private static void multiply(float[] a, float[] b, float[] out) {
    for (int k = 0; k < out.length; k++) {
      out[k] = a[k] * b[k];
    }
  }

  private static void multiplyAndRound(float[] a, float[] b, float[] out) {
    for (int k = 0; k < out.length; k++) {
      out[k] = a[k] * b[k] + RowWeights.LEVEL_ROUNDING;
    }
  }

  private void store(float[] samples, int from) {
    for (int c = 0; c < channels; c++) {
      multiply(sums[c], scale, pairs[c]);
    }
    if (channels == 3) {
      float[] red = pairs[0];
      float[] green = pairs[1];
      float[] blue = pairs[2];
      for (int x = 0; x < width; x++) {
        int i = from + 3 * x;
        samples[i] = red[x + 1];
        samples[i + 1] = green[x + 1];
        samples[i + 2] = blue[x + 1];
      }
      return;
    }
    for (int c = 0; c < channels; c++) {
      for (int k = 1, i = from + c; k <= width; k++, i += channels) {
        samples[i] = pairs[c][k];
      }
    }
  }

  private void store(byte[] samples, int from) {
    for (int c = 0; c < channels; c++) {
      multiplyAndRound(sums[c], scale, pairs[c]);
    }
    if (channels == 3) {
      float[] red = pairs[0];
      float[] green = pairs[1];
      float[] blue = pairs[2];
      for (int x = 0; x < width; x++) {
        int i = from + 3 * x;
        samples[i] = (byte) Float.floatToRawIntBits(red[x + 1]);
        samples[i + 1] = (byte) Float.floatToRawIntBits(green[x + 1]);
        samples[i + 2] = (byte) Float.floatToRawIntBits(blue[x + 1]);
      }
      return;
    }
    for (int c = 0; c < channels; c++) {
      for (int k = 1, i = from + c; k <= width; k++, i += channels) {
        samples[i] = (byte) Float.floatToRawIntBits(pairs[c][k]);
      }
    }
  }
}
