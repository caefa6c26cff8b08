package org.stereo4d.stereocrafter.depth;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Grows near surfaces over their outlines, so that an outline moves with its object. Per pass:
 *
 * <pre>
 * r = max3x3 x - min3x3 x,   r' = clamp((r - mean r) / (rms(r - mean r) + 1e-6), -3, 3)
 * w = (r' - min r') / (max r' - min r' + 1e-6),   x = (1 - w) x + w max_k(blur x)
 * </pre>
 *
 * k is 3x3 for the passes that both directions share, then 3 rows or 3 columns for the surplus.
 *
 * @param columns passes along rows, 0 to 100
 * @param rows passes along columns, 0 to 100
 */
public record EdgeDilation(int columns, int rows) {
  /** Two columns, one row, on depth of a network's size. */
  public static final EdgeDilation DEFAULTS = new EdgeDilation(2, 1);

  private static final double EPSILON = 1e-6;
  private static final double LIMIT = 3;
  private static final float CORNER = 21 / 256f;
  private static final float SIDE = 31 / 256f;
  private static final float CENTRE = 48 / 256f;

  /** Checks the counts. */
  public EdgeDilation {
    Check.that(
        columns >= 0 && columns <= 100 && rows >= 0 && rows <= 100,
        "columns and rows must be in 0..100, were %s and %s",
        columns,
        rows);
  }

  /** Nearness with grown edges; it must be known everywhere. */
  public InverseDepthMap apply(InverseDepthMap nearness) {
    ImageSize size = nearness.size();
    float[] x = nearness.values().copy().array();
    for (int pass = 0; pass < Math.max(columns, rows); pass++) {
      float[] weight = edgeWeight(x, size);
      float[] grown = extreme(blur(x, size), size, pass < columns ? 1 : 0, pass < rows ? 1 : 0, 1);
      for (int i = 0; i < x.length; i++) {
        x[i] = x[i] * (1 - weight[i]) + grown[i] * weight[i];
      }
    }
    return new InverseDepthMap(FloatImage.wrap(x, size, 1));
  }

  static float[] edgeWeight(float[] x, ImageSize size) {
    float[] high = extreme(x, size, 1, 1, 1);
    float[] low = extreme(x, size, 1, 1, -1);
    double mean = 0;
    for (int i = 0; i < x.length; i++) {
      high[i] -= low[i];
      mean += high[i];
    }
    mean /= x.length;
    double squares = 0;
    for (float r : high) {
      squares += (r - mean) * (r - mean);
    }
    double scale = Math.sqrt(squares / x.length) + EPSILON;
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      double r = Math.max(-LIMIT, Math.min(LIMIT, (high[i] - mean) / scale));
      high[i] = (float) r;
      least = Math.min(least, r);
      largest = Math.max(largest, r);
    }
    for (int i = 0; i < x.length; i++) {
      high[i] = (float) ((high[i] - least) / (largest - least + EPSILON));
    }
    return high;
  }

  static float[] blur(float[] x, ImageSize size) {
    int width = size.width();
    int height = size.height();
    float[] out = new float[x.length];
    for (int row = 0; row < height; row++) {
      int above = Math.max(row - 1, 0) * width;
      int here = row * width;
      int below = Math.min(row + 1, height - 1) * width;
      for (int column = 0; column < width; column++) {
        int l = Math.max(column - 1, 0);
        int r = Math.min(column + 1, width - 1);
        out[here + column] =
            CORNER * (x[above + l] + x[above + r] + x[below + l] + x[below + r])
                + SIDE * (x[above + column] + x[below + column] + x[here + l] + x[here + r])
                + CENTRE * x[here + column];
      }
    }
    return out;
  }

  /** Largest (sign 1) or smallest (sign -1) value of a window clipped to the picture. */
  static float[] extreme(float[] x, ImageSize size, int radiusX, int radiusY, int sign) {
    int width = size.width();
    int height = size.height();
    float[] out = new float[x.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float best = sign * x[row * width + column];
        for (int j = Math.max(row - radiusY, 0); j <= Math.min(row + radiusY, height - 1); j++) {
          for (int i = Math.max(column - radiusX, 0);
              i <= Math.min(column + radiusX, width - 1);
              i++) {
            best = Math.max(best, sign * x[j * width + i]);
          }
        }
        out[row * width + column] = sign * best;
      }
    }
    return out;
  }
}
