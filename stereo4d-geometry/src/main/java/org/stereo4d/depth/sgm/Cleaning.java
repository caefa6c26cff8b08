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
          float[] window = new float[9];
          for (int y = start; y < end; y++) {
            for (int x = 0; x < width; x++) {
              out[y * width + x] = medianAt(in, width, height, x, y, window);
            }
          }
        });
    return out;
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
