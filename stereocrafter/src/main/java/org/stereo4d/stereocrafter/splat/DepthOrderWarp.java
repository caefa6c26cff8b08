package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Hard depth order: sources are painted far to near, each into the two columns round its target, in
 * a buffer for the left taps and one for the right taps; a target is the weighted mean of what lies
 * on top in both.
 *
 * <p>Background that shows through the gaps of a stretched foreground is found by its source
 * column, which must rise along a row once gaps are filled from the background side, and is made a
 * hole. Gaps of any width are filled; the original stops after 100 columns.
 */
public final class DepthOrderWarp {
  /** A pixel that nothing reached. */
  public static final float NEVER_HIT = 1;

  /** A pixel where background shone through foreground. */
  public static final float SHINE_THROUGH = 0.5f;

  private static final float LEAST_TAP = 1e-5f;
  private static final int ROWS_PER_BLOCK = 16;

  /**
   * Result of the warp.
   *
   * @param image with holes filled from the background side
   * @param holes {@link #NEVER_HIT}, {@link #SHINE_THROUGH} or 0, one channel
   */
  public record Result(FloatImage image, FloatImage holes) {}

  /**
   * Makes another view.
   *
   * @param disparity finite
   * @param shift motion to the right in disparities; see {@link View}. Negative makes a right view,
   *     whose background lies to the right of holes
   */
  public Result warp(FloatImage image, DisparityMap disparity, double shift) {
    Check.that(
        image.size().equals(disparity.size()),
        "image %s and disparity %s must have one size",
        image.size(),
        disparity.size());
    Check.that(
        disparity.known().count() == disparity.size().area(), "disparity must be known everywhere");
    ImageSize size = image.size();
    FloatImage out = FloatImage.create(size, image.channels());
    FloatImage holes = FloatImage.create(size, 1);
    int padding = padding(disparity, shift);
    Parallel.blocks(
        size.height(),
        ROWS_PER_BLOCK,
        (start, end) -> {
          Row row = new Row(size.width(), padding, image.channels());
          for (int y = start; y < end; y++) {
            row.run(image, disparity, shift, y);
            row.store(out, holes, y, shift > 0);
          }
        });
    return new Result(out, holes);
  }

  /** Columns repeated on each side, so that the border moves in from outside. */
  private static int padding(DisparityMap disparity, double shift) {
    double largest = 0;
    for (float p : disparity.px().contiguous()) {
      largest = Math.max(largest, Math.abs(p * shift));
    }
    return (int) Math.min(largest + 2, disparity.size().width());
  }

  /** Buffers of one padded row; the source column travels as an extra channel. */
  private static final class Row {
    private final int width;
    private final int padding;
    private final int padded;
    private final int channels;
    private final float[] low;
    private final float[] high;
    private final float[] lowWeight;
    private final float[] highWeight;
    private final float[] mixed;
    private final long[] order;

    Row(int width, int padding, int channels) {
      this.width = width;
      this.padding = padding;
      this.padded = width + 2 * padding;
      this.channels = channels;
      int cells = padded * (channels + 1);
      this.low = new float[cells];
      this.high = new float[cells];
      this.mixed = new float[cells];
      this.lowWeight = new float[padded];
      this.highWeight = new float[padded];
      this.order = new long[padded];
    }

    void run(FloatImage image, DisparityMap disparity, double shift, int y) {
      Arrays.fill(lowWeight, 0);
      Arrays.fill(highWeight, 0);
      float[] px = disparity.px().array();
      for (int x = 0; x < padded; x++) {
        float p = px[disparity.px().index(source(x), y)];
        int bits = Float.floatToIntBits(p + 0f);
        int rising = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        order[x] = ((long) rising << 32) | x;
      }
      Arrays.sort(order);
      for (long entry : order) {
        int x = (int) entry;
        float p = px[disparity.px().index(source(x), y)];
        float target = Math.max(0, Math.min(padded - 1, (float) (x + shift * p)));
        int floor = (int) target;
        int ceil = target > floor ? floor + 1 : floor;
        float second = Math.max(LEAST_TAP, Math.min(1 - LEAST_TAP, target - floor));
        paint(high, ceil, image, x, y);
        highWeight[ceil] = second;
        paint(low, floor, image, x, y);
        lowWeight[floor] = 1 - second;
      }
      mix();
    }

    private int source(int x) {
      return Math.max(0, Math.min(width - 1, x - padding));
    }

    private void paint(float[] buffer, int target, FloatImage image, int x, int y) {
      int to = target * (channels + 1);
      System.arraycopy(image.array(), image.index(source(x), y), buffer, to, channels);
      buffer[to + channels] = x;
    }

    private void mix() {
      int cell = channels + 1;
      for (int x = 0; x < padded; x++) {
        float sum = lowWeight[x] + highWeight[x];
        for (int c = 0; c < cell; c++) {
          int k = x * cell + c;
          float weighted =
              (lowWeight[x] > 0 ? lowWeight[x] * low[k] : 0)
                  + (highWeight[x] > 0 ? highWeight[x] * high[k] : 0);
          mixed[k] = sum > 0 ? weighted / sum : -1;
        }
      }
    }

    /** Marks holes, fills them and writes the row without its padding. */
    void store(FloatImage out, FloatImage holes, int y, boolean backgroundLeft) {
      int cell = channels + 1;
      float[] marks = new float[width];
      float[] columns = new float[width];
      for (int x = 0; x < width; x++) {
        columns[x] = mixed[(x + padding) * cell + channels];
        marks[x] = columns[x] < 0 ? NEVER_HIT : 0;
      }
      markShineThrough(columns, marks, backgroundLeft);
      for (int step = 0; step < width; step++) {
        int x = backgroundLeft ? step : width - 1 - step;
        int background = backgroundLeft ? x - 1 : x + 1;
        boolean copy = marks[x] != 0 && background >= 0 && background < width;
        if (copy) {
          System.arraycopy(
              out.array(), out.index(background, y), out.array(), out.index(x, y), channels);
        } else {
          int from = (marks[x] == 0 ? x : nearestValid(marks, x)) + padding;
          System.arraycopy(mixed, from * cell, out.array(), out.index(x, y), channels);
        }
        holes.array()[y * width + x] = marks[x];
      }
    }

    /** A border hole has no background: the nearest column that was hit. */
    private static int nearestValid(float[] marks, int x) {
      for (int d = 1; d < marks.length; d++) {
        if (x - d >= 0 && marks[x - d] == 0) {
          return x - d;
        }
        if (x + d < marks.length && marks[x + d] == 0) {
          return x + d;
        }
      }
      return x;
    }

    private static void markShineThrough(float[] columns, float[] marks, boolean backgroundLeft) {
      int width = columns.length;
      int step = backgroundLeft ? 1 : -1;
      int first = backgroundLeft ? 0 : width - 1;
      for (int n = 1, x = first + step; n < width; n++, x += step) {
        columns[x] = columns[x] < 0 ? columns[x - step] : columns[x];
      }
      for (int n = 1, x = width - 1 - first - step; n < width; n++, x -= step) {
        float before = columns[x + step];
        boolean behind = backgroundLeft ? columns[x] > before : columns[x] < before;
        if (before >= 0 && behind) {
          columns[x] = before;
          marks[x] = marks[x] == 0 ? SHINE_THROUGH : marks[x];
        }
      }
    }
  }
}
