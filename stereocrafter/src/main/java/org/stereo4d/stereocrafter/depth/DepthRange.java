package org.stereo4d.stereocrafter.depth;

import java.util.Arrays;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Range of raw nearness that becomes [0, 1].
 *
 * @param low what becomes 0; finite
 * @param high what becomes 1; finite, >= low
 */
public record DepthRange(double low, double high) {
  /** Ranges narrower than this hold no depth. */
  public static final double LEAST_WIDTH = 1e-8;

  private static final double FLAT = 0.5;
  private static final int ROWS = 64;

  /** Checks the order. */
  public DepthRange {
    Check.that(
        Double.isFinite(low) && Double.isFinite(high) && low <= high,
        "low and high must be finite and in order, were %s and %s",
        low,
        high);
  }

  /** The smallest and largest known value; 0 to 0 when none is known. */
  public static DepthRange of(InverseDepthMap map) {
    FloatImage values = map.values();
    float[] lows = new float[values.height()];
    float[] highs = new float[values.height()];
    Parallel.blocks(
        values.height(),
        ROWS,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            int from = values.index(0, y);
            for (int i = from; i < from + values.width(); i++) {
              float v = values.array()[i];
              boolean known = Math.abs(v) <= Float.MAX_VALUE;
              low = known && v < low ? v : low;
              high = known && v > high ? v : high;
            }
            lows[y] = low;
            highs[y] = high;
          }
        });
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int y = 0; y < lows.length; y++) {
      low = Math.min(low, lows[y]);
      high = Math.max(high, highs[y]);
    }
    return low <= high ? new DepthRange(low, high) : new DepthRange(0, 0);
  }

  /**
   * The range between two percentiles of the known values, in percent: a few extreme pixels do not
   * squeeze the rest.
   */
  public static DepthRange ofPercentiles(InverseDepthMap map, double low, double high) {
    Check.that(low >= 0 && low <= high && high <= 100, "0 <= %s <= %s <= 100 must hold", low, high);
    float[] sorted = map.values().contiguous().clone();
    int count = 0;
    for (float v : sorted) {
      if (Float.isFinite(v)) {
        sorted[count++] = v;
      }
    }
    if (count == 0) {
      return new DepthRange(0, 0);
    }
    Arrays.sort(sorted, 0, count);
    return new DepthRange(
        sorted[(int) Math.rint((count - 1) * low / 100)],
        sorted[(int) Math.rint((count - 1) * high / 100)]);
  }

  /** The range that holds both. */
  public DepthRange union(DepthRange other) {
    return new DepthRange(Math.min(low, other.low), Math.max(high, other.high));
  }

  /**
   * Values of the range brought to [0, 1]; a range without width gives 0.5 everywhere, so that flat
   * depth has no parallax.
   */
  public InverseDepthMap normalize(InverseDepthMap map) {
    double width = high - low;
    return width < LEAST_WIDTH ? line(map, low, 0, FLAT) : line(map, low, 1 / width, 0);
  }

  /** {@code (v - low) factor + offset}, clamped to [0, 1]; unknown stays unknown. */
  static InverseDepthMap line(InverseDepthMap map, double low, double factor, double offset) {
    FloatImage out = map.values().copy();
    float[] v = out.array();
    Parallel.blocks(
        v.length,
        ROWS * 1024,
        (start, end) -> line(v, start, end, (float) low, (float) factor, (float) offset));
    return new InverseDepthMap(out);
  }

  private static void line(float[] v, int start, int end, float low, float factor, float offset) {
    for (int i = start; i < end; i++) {
      v[i] = Math.max(0f, Math.min(1f, (v[i] - low) * factor + offset));
    }
  }
}
