package org.stereo4d.stereocrafter.depth;

import java.util.Arrays;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

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
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float v : map.values().contiguous()) {
      if (Float.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
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
    FloatImage out = map.values().copy();
    float[] v = out.array();
    double width = high - low;
    for (int i = 0; i < v.length; i++) {
      double scaled = width < LEAST_WIDTH ? v[i] * 0 + FLAT : (v[i] - low) / width;
      v[i] = (float) (scaled < 0 ? 0 : scaled > 1 ? 1 : scaled);
    }
    return new InverseDepthMap(out);
  }
}
