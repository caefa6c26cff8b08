package org.stereo4d.stereocrafter.depth;

import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * A line {@code a v + b} that brings one depth to the scale of another.
 *
 * @param scale a, finite
 * @param offset b, finite
 */
public record ScaleShift(double scale, double offset) {
  /** Leaves values as they are. */
  public static final ScaleShift NONE = new ScaleShift(1, 0);

  private static final double LEAST_SPREAD = 1e-12;

  /** Checks that both are finite. */
  public ScaleShift {
    Check.that(
        Double.isFinite(scale) && Double.isFinite(offset),
        "scale and offset must be finite, were %s and %s",
        scale,
        offset);
  }

  /**
   * The least squares fit of some maps to others of the same frames; unknown values do not count.
   * Maps without any spread are only shifted.
   */
  public static ScaleShift fit(List<FloatImage> from, List<FloatImage> to) {
    Check.that(
        from.size() == to.size(), "%s and %s maps cannot be matched", from.size(), to.size());
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int k = 0; k < from.size(); k++) {
      float[] a = from.get(k).contiguous();
      float[] b = to.get(k).contiguous();
      for (int i = 0; i < a.length; i++) {
        if (Float.isFinite(a[i]) && Float.isFinite(b[i])) {
          n++;
          x += a[i];
          y += b[i];
          xx += a[i] * (double) a[i];
          xy += a[i] * (double) b[i];
        }
      }
    }
    if (n == 0) {
      return NONE;
    }
    double spread = n * xx - x * x;
    double scale = spread > LEAST_SPREAD * n * Math.max(xx, 1) ? (n * xy - x * y) / spread : 1;
    return new ScaleShift(scale, (y - scale * x) / n);
  }

  /** The values of a map on the line. */
  public FloatImage apply(FloatImage map) {
    FloatImage out = map.copy();
    float[] v = out.array();
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) (scale * v[i] + offset);
    }
    return out;
  }

  /** {@code (1 - share) a + share b}. */
  static FloatImage mixed(FloatImage a, FloatImage b, double share) {
    FloatImage out = a.copy();
    float[] v = out.array();
    float[] w = b.contiguous();
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) ((1 - share) * v[i] + share * w[i]);
    }
    return out;
  }
}
