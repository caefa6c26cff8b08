package org.stereo4d.depth.sgm;

import java.util.Arrays;
import org.stereo4d.run.Parallel;

/** Median, left-right check and speckle filter on disparities (NaN = unknown). */
final class Cleaning {
  private Cleaning() {}

  /** 3x3 median of the known values; unknown pixels stay unknown. */
  static float[] median(float[] in, int width, int height) {
    float[] out = new float[in.length];
    Parallel.rows(
        height,
        (start, end) -> {
          MedianRow row = new MedianRow(in, width, height);
          for (int y = start; y < end; y++) {
            row.run(y, out);
          }
        });
    return out;
  }

  /**
   * Medians of one row. Disparities count from the smallest tried, so none is negative and their
   * bits sort as integers do; the median of nine sorted columns is {@code med(max of the lows, med
   * of the middles, min of the highs)}, in loops that compile to vector code. Windows at the border
   * or with unknown values, whose bits are larger than all others, are sorted one by one.
   */
  private static final class MedianRow {
    private static final int UNKNOWN = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final float[] in;
    private final int width;
    private final int height;
    private final int[][] bits;
    private final int[] low;
    private final int[] middle;
    private final int[] high;
    private final int[] result;
    private final float[] window = new float[9];

    MedianRow(float[] in, int width, int height) {
      this.in = in;
      this.width = width;
      this.height = height;
      this.bits = new int[3][width];
      this.low = new int[width];
      this.middle = new int[width];
      this.high = new int[width];
      this.result = new int[width];
    }

    void run(int y, float[] out) {
      int base = y * width;
      boolean inside = y > 0 && y < height - 1 && width > 2;
      if (inside) {
        for (int j = 0; j < 3; j++) {
          load((y + j - 1) * width, bits[j]);
        }
        sortColumns(bits[0], bits[1], bits[2]);
        medians();
      }
      for (int x = 0; x < width; x++) {
        boolean quick =
            inside
                && x > 0
                && x < width - 1
                && Math.max(high[x], Math.max(high[x - 1], high[x + 1])) < UNKNOWN;
        out[base + x] =
            quick ? Float.intBitsToFloat(result[x]) : medianAt(in, width, height, x, y, window);
      }
    }

    private void load(int base, int[] to) {
      for (int x = 0; x < to.length; x++) {
        to[x] = Float.floatToRawIntBits(in[base + x]);
      }
    }

    private void sortColumns(int[] a, int[] b, int[] c) {
      for (int x = 0; x < low.length; x++) {
        int small = Math.min(a[x], b[x]);
        int large = Math.max(a[x], b[x]);
        low[x] = Math.min(small, c[x]);
        int rest = Math.max(small, c[x]);
        middle[x] = Math.min(rest, large);
        high[x] = Math.max(rest, large);
      }
    }

    private void medians() {
      for (int x = 1; x < result.length - 1; x++) {
        int lows = Math.max(low[x - 1], Math.max(low[x], low[x + 1]));
        int highs = Math.min(high[x - 1], Math.min(high[x], high[x + 1]));
        int m =
            Math.max(
                Math.min(middle[x - 1], middle[x]),
                Math.min(Math.max(middle[x - 1], middle[x]), middle[x + 1]));
        result[x] = Math.max(Math.min(lows, highs), Math.min(Math.max(lows, highs), m));
      }
    }
  }

  private static float medianAt(float[] in, int width, int height, int x, int y, float[] window) {
    float center = in[y * width + x];
    if (Float.isNaN(center)) {
      return center;
    }
    int n = 0;
    for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        float value = in[v * width + u];
        if (!Float.isNaN(value)) {
          int k = n++;
          while (k > 0 && window[k - 1] > value) {
            window[k] = window[k - 1];
            k--;
          }
          window[k] = value;
        }
      }
    }
    return window[(n - 1) / 2];
  }

  /** Drops matches that the other view does not confirm. */
  static void leftRight(float[] left, short[] right, int width, int minDisparity, double limitPx) {
    for (int k = 0; k < left.length; k++) {
      if (!Float.isNaN(left[k])) {
        int x = k % width;
        int partner = Math.round(x - minDisparity - left[k]);
        if (partner >= 0 && partner < width) {
          short other = right[k - x + partner];
          if (other < 0 || Math.abs(other - left[k]) > limitPx) {
            left[k] = Float.NaN;
          }
        }
      }
    }
  }

  /** Drops connected regions smaller than a size; neighbours differ by at most one pixel. */
  static void speckles(float[] map, int width, int height, int minSize) {
    int[] label = new int[map.length];
    int[] queue = new int[map.length];
    int labels = 0;
    for (int seed = 0; seed < map.length; seed++) {
      if (label[seed] != 0 || Float.isNaN(map[seed])) {
        continue;
      }
      int size = flood(map, width, height, seed, ++labels, label, queue);
      if (size < minSize) {
        for (int k = 0; k < size; k++) {
          map[queue[k]] = Float.NaN;
        }
      }
    }
    Arrays.fill(label, 0);
  }

  private static int flood(
      float[] map, int width, int height, int seed, int mark, int[] label, int[] queue) {
    int head = 0;
    int tail = 0;
    queue[tail++] = seed;
    label[seed] = mark;
    while (head < tail) {
      int k = queue[head++];
      int x = k % width;
      int y = k / width;
      for (int side = 0; side < 4; side++) {
        int u = x + (side == 0 ? 1 : side == 1 ? -1 : 0);
        int v = y + (side == 2 ? 1 : side == 3 ? -1 : 0);
        if (u >= 0 && u < width && v >= 0 && v < height) {
          int n = v * width + u;
          if (label[n] == 0 && Math.abs(map[n] - map[k]) <= 1) {
            label[n] = mark;
            queue[tail++] = n;
          }
        }
      }
    }
    return tail;
  }
}
