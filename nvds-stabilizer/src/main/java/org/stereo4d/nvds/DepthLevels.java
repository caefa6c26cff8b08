package org.stereo4d.nvds;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * The stretch of inverse depth to [0, 1] or to 16 bits.
 *
 * @param low value of 0; finite
 * @param high value of 1; {@code >= low}
 */
public record DepthLevels(float low, float high) {
  /** Largest 16-bit level. */
  public static final int LEVELS = 65_535;

  /** Checks the order. */
  public DepthLevels {
    Check.that(
        Float.isFinite(low) && Float.isFinite(high) && low <= high,
        "low and high must be finite and rise, were %s and %s",
        low,
        high);
  }

  /** Smallest and largest finite value of some maps; 0 and 0 when there is none. */
  public static DepthLevels of(Iterable<InverseDepthMap> maps) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (InverseDepthMap map : maps) {
      for (float v : map.values().contiguous()) {
        if (Float.isFinite(v)) {
          low = Math.min(low, v);
          high = Math.max(high, v);
        }
      }
    }
    return low <= high ? new DepthLevels(low, high) : new DepthLevels(0, 0);
  }

  /** Whether there is nothing between the ends. */
  public boolean isEmpty() {
    return !(high - low > 0);
  }

  /** {@code (x - low) / (high - low)} clamped to [0, 1]; 0 everywhere when the levels are empty. */
  public FloatImage unit(InverseDepthMap map) {
    return map(map, 1, v -> (v - low) / (high - low));
  }

  /**
   * Levels 0 to 65535, {@code floor(65535 (x - low) / (high - low))}, in single precision as the
   * reference, so that a value never gets the level above it; NaN and empty levels give 0.
   */
  public FloatImage levels(InverseDepthMap map) {
    return map(map, LEVELS, v -> (float) Math.floor(LEVELS * (v - low) / (high - low)));
  }

  @FunctionalInterface
  private interface Stretch {
    float apply(float value);
  }

  private FloatImage map(InverseDepthMap map, float largest, Stretch stretch) {
    FloatImage out = map.values().copy();
    float[] values = out.array();
    for (int i = 0; i < values.length; i++) {
      float v = isEmpty() || Float.isNaN(values[i]) ? 0 : stretch.apply(values[i]);
      values[i] = Math.max(0, Math.min(largest, v));
    }
    return out;
  }
}
