package org.stereo4d.stereocrafter.depth;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Grows near surfaces over their outlines, so that an outline moves with its object. Per pass:
 *
 * <pre>
 * r = max3x3 x - min3x3 x,   r' = clamp((r - mean r) / (rms(r - mean r) + 1e-6), -3, 3)
 * w = (r' - min r') / (max r' - min r' + 1e-6),   x = (1 - w) x + w max_k(blur x)
 * </pre>
 *
 * k is 3x3 for the passes that both directions share, then 3 rows or 3 columns for the surplus. A
 * pass sweeps the map twice; rows run in parallel and give the same bits on any number of threads.
 *
 * @param columns passes along rows, 0 to 100
 * @param rows passes along columns, 0 to 100
 */
public record EdgeDilation(int columns, int rows) {
  /** Two columns, one row, on depth of a network's size. */
  public static final EdgeDilation DEFAULTS = new EdgeDilation(2, 1);

  /** No growth. */
  public static final EdgeDilation NONE = new EdgeDilation(0, 0);

  private static final double EPSILON = 1e-6;
  private static final double LIMIT = 3;

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
    if (columns == 0 && rows == 0) {
      return nearness;
    }
    ImageSize size = nearness.size();
    float[] x = nearness.values().contiguous();
    for (int pass = 0; pass < Math.max(columns, rows); pass++) {
      x = grown(x, size, pass < columns ? 1 : 0, pass < rows ? 1 : 0);
    }
    return new InverseDepthMap(FloatImage.wrap(x, size, 1));
  }

  private static float[] grown(float[] x, ImageSize size, int radiusX, int radiusY) {
    float[] range = new float[x.length];
    EdgeScale scale = EdgeScale.of(x, range, size);
    float[] out = new float[x.length];
    int width = size.width();
    Parallel.rows(
        size.height(),
        (start, end) -> {
          RowWindow blurred = RowWindow.ofBlur(x, size);
          for (int y = start; y < end; y++) {
            float[] largest = blurred.largest(y, radiusX, radiusY);
            int row = y * width;
            for (int i = 0; i < width; i++) {
              float w = scale.weight(range[row + i]);
              float own = x[row + i];
              out[row + i] = own * (1 - w) + largest[i] * w;
            }
          }
        });
    return out;
  }

  static float[] edgeWeight(float[] x, ImageSize size) {
    float[] out = new float[x.length];
    EdgeScale scale = EdgeScale.of(x, out, size);
    for (int i = 0; i < x.length; i++) {
      out[i] = scale.weight(out[i]);
    }
    return out;
  }

  /**
   * From the local range of values to the weight of an edge: a clamped line.
   *
   * @param factor slope
   * @param offset value of the line where there is no range
   * @param most upper end
   */
  private record EdgeScale(float factor, float offset, float most) {
    /** Fills in the ranges and finds how they spread. */
    static EdgeScale of(float[] x, float[] range, ImageSize size) {
      int width = size.width();
      int height = size.height();
      double[] sums = new double[height];
      double[] squares = new double[height];
      float[] least = new float[height];
      float[] largest = new float[height];
      Parallel.rows(
          height,
          (start, end) -> {
            RowWindow rows = RowWindow.of(x, size);
            float[] low = new float[width];
            for (int y = start; y < end; y++) {
              float[] high = rows.largest(y, 1, 1);
              rows.smallest(y, low);
              int row = y * width;
              double sum = 0;
              double square = 0;
              float min = Float.MAX_VALUE;
              float max = 0;
              for (int i = 0; i < width; i++) {
                float r = high[i] - low[i];
                range[row + i] = r;
                sum += r;
                square += r * (double) r;
                min = Math.min(min, r);
                max = Math.max(max, r);
              }
              sums[y] = sum;
              squares[y] = square;
              least[y] = min;
              largest[y] = max;
            }
          });
      return of(sums, squares, least, largest, x.length);
    }

    private static EdgeScale of(
        double[] sums, double[] squares, float[] least, float[] largest, int count) {
      double sum = 0;
      double square = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = 0;
      for (int y = 0; y < sums.length; y++) {
        sum += sums[y];
        square += squares[y];
        min = Math.min(min, least[y]);
        max = Math.max(max, largest[y]);
      }
      double mean = sum / count;
      double rms = Math.sqrt(Math.max(0, square / count - mean * mean)) + EPSILON;
      double low = Math.max(-LIMIT, (min - mean) / rms);
      double high = Math.min(LIMIT, (max - mean) / rms);
      double span = high - low + EPSILON;
      return new EdgeScale(
          (float) (1 / (rms * span)),
          (float) ((-mean / rms - low) / span),
          (float) ((high - low) / span));
    }

    float weight(float range) {
      return Math.max(0, Math.min(most, range * factor + offset));
    }
  }
}
