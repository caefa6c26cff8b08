package org.stereo4d.nvds.flowfilter;

import java.util.function.Consumer;

/**
 * Exact percentiles of many values without sorting or holding them: two passes over the values
 * count the upper and then the lower halves of their order-preserving bit patterns.
 */
final class Percentiles {
  private static final int BINS = 1 << 16;

  private Percentiles() {}

  /** Offers all values, the same ones in the same order each time. */
  @FunctionalInterface
  interface Values {
    /** Gives array after array of finite values. */
    void forEach(Consumer<float[]> consumer);
  }

  /** Percentile with linear interpolation between neighbours, for shares in [0, 1]. */
  static double[] of(Values values, double... shares) {
    long[] upper = new long[BINS];
    values.forEach(
        array -> {
          for (float v : array) {
            upper[order(v) >>> 16]++;
          }
        });
    long count = 0;
    for (long bin : upper) {
      count += bin;
    }
    long[] ranks = new long[2 * shares.length];
    for (int i = 0; i < shares.length; i++) {
      double place = shares[i] * (count - 1);
      ranks[2 * i] = (long) Math.floor(place);
      ranks[2 * i + 1] = Math.min(count - 1, ranks[2 * i] + 1);
    }
    double[] found = select(values, upper, ranks);
    double[] out = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      double t = shares[i] * (count - 1) - ranks[2 * i];
      out[i] = found[2 * i] + t * (found[2 * i + 1] - found[2 * i]);
    }
    return out;
  }

  private static double[] select(Values values, long[] upper, long[] ranks) {
    int[] bin = new int[ranks.length];
    long[] below = new long[ranks.length];
    int[] slot = new int[BINS];
    int slots = 0;
    for (int r = 0; r < ranks.length; r++) {
      while (below[r] + upper[bin[r]] <= ranks[r]) {
        below[r] += upper[bin[r]++];
      }
      if (slot[bin[r]] == 0) {
        slot[bin[r]] = ++slots;
      }
    }
    long[][] lower = new long[slots][BINS];
    values.forEach(
        array -> {
          for (float v : array) {
            int key = order(v);
            int s = slot[key >>> 16];
            if (s > 0) {
              lower[s - 1][key & 0xffff]++;
            }
          }
        });
    double[] out = new double[ranks.length];
    for (int r = 0; r < ranks.length; r++) {
      long[] fine = lower[slot[bin[r]] - 1];
      int k = 0;
      for (long seen = below[r]; seen + fine[k] <= ranks[r]; k++) {
        seen += fine[k];
      }
      out[r] = value(bin[r] << 16 | k);
    }
    return out;
  }

  /** Bits of a float, as an unsigned number that rises with it. */
  private static int order(float v) {
    int bits = Float.floatToRawIntBits(v);
    return bits < 0 ? ~bits : bits | 0x80000000;
  }

  private static float value(int order) {
    return Float.intBitsToFloat(order < 0 ? order & 0x7fffffff : ~order);
  }
}
