package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Turn, zoom and shift of a picture about its centre, in index coordinates:
 *
 * <pre>
 * x' = (1 + a) x - b y + tx,   y' = b x + (1 + a) y + ty
 * </pre>
 *
 * @param zoom a
 * @param turn b
 * @param shiftX tx, px
 * @param shiftY ty, px
 */
record SimilarityMotion(double zoom, double turn, double shiftX, double shiftY) {
  static final SimilarityMotion NONE = new SimilarityMotion(0, 0, 0, 0);
  private static final int LEVELS = 4;
  private static final int ITERATIONS = 8;
  private static final int LEAST_SIDE = 12;
  private static final int ROWS = 32;

  /** Steps shorter than this change nothing that could be seen. */
  private static final double STILL_PX = 2e-3;

  /** Residuals of luma beyond this count less: Cauchy weights. */
  private static final double ROBUST = 0.04;

  /** First this motion, then another. */
  SimilarityMotion then(SimilarityMotion next) {
    double c = 1 + next.zoom;
    double a = c * (1 + zoom) - next.turn * turn - 1;
    double b = next.turn * (1 + zoom) + c * turn;
    return new SimilarityMotion(
        a,
        b,
        c * shiftX - next.turn * shiftY + next.shiftX,
        next.turn * shiftX + c * shiftY + next.shiftY);
  }

  /** The way back. */
  SimilarityMotion inverse() {
    double c = 1 + zoom;
    double square = c * c + turn * turn;
    double a = c / square;
    double b = -turn / square;
    return new SimilarityMotion(a - 1, b, -(a * shiftX - b * shiftY), -(b * shiftX + a * shiftY));
  }

  double x(double x, double y) {
    return (1 + zoom) * x - turn * y + shiftX;
  }

  double y(double x, double y) {
    return turn * x + (1 + zoom) * y + shiftY;
  }

  /** The same motion on a picture of another scale. */
  private SimilarityMotion scaled(double factor) {
    return new SimilarityMotion(zoom, turn, factor * shiftX, factor * shiftY);
  }

  /**
   * The motion that brings one gray picture onto another: Gauss-Newton on luma, coarse to fine,
   * with weights that forget what moves by itself.
   *
   * @param weights one channel, >= 0: how much a pixel of {@code from} counts
   */
  static SimilarityMotion between(FloatImage from, FloatImage to, FloatImage weights) {
    Check.that(from.size().equals(to.size()), "pictures must have one size");
    SimilarityMotion motion = NONE;
    ImageResizer shrink = new ImageResizer(ResizeFilter.AREA);
    for (int level = LEVELS - 1; level >= 0; level--) {
      int factor = 1 << level;
      if (Math.min(from.width(), from.height()) / factor < LEAST_SIDE && level > 0) {
        continue;
      }
      ImageSize size = new ImageSize(from.width() / factor, from.height() / factor);
      FloatImage a = shrink.resize(from, size);
      FloatImage b = shrink.resize(to, size);
      FloatImage w = shrink.resize(weights, size);
      SimilarityMotion local = motion.scaled(1.0 / factor);
      boolean moving = true;
      for (int i = 0; i < ITERATIONS && moving; i++) {
        SimilarityMotion next = local.improved(a, b, w);
        moving = next.distance(local, size) > STILL_PX;
        local = next;
      }
      motion = local.scaled(factor);
    }
    return motion;
  }

  /** How far another motion brings the corner of a picture from where this one does, at most. */
  private double distance(SimilarityMotion other, ImageSize size) {
    double reach = (size.width() + size.height()) / 2.0;
    return Math.max(Math.abs(zoom - other.zoom), Math.abs(turn - other.turn)) * reach
        + Math.max(Math.abs(shiftX - other.shiftX), Math.abs(shiftY - other.shiftY));
  }

  private SimilarityMotion improved(FloatImage from, FloatImage to, FloatImage weights) {
    int blocks = (from.height() + ROWS - 1) / ROWS;
    double[][] parts = new double[blocks][20];
    Parallel.blocks(
        from.height(),
        ROWS,
        (start, end) -> addRows(from, to, weights, start, end, parts[start / ROWS]));
    double[] normal = new double[20];
    for (double[] part : parts) {
      for (int i = 0; i < normal.length; i++) {
        normal[i] += part[i];
      }
    }
    double[] step = solve(normal);
    return new SimilarityMotion(zoom + step[0], turn + step[1], shiftX + step[2], shiftY + step[3]);
  }

  private void addRows(
      FloatImage from, FloatImage to, FloatImage weights, int start, int end, double[] normal) {
    int width = from.width();
    int height = from.height();
    double cx = (width - 1) / 2.0;
    double cy = (height - 1) / 2.0;
    double[] row = new double[4];
    for (int y = start; y < end; y++) {
      for (int x = 0; x < width; x++) {
        float weight = weights.array()[y * width + x];
        if (weight == 0) {
          continue;
        }
        double px = x - cx;
        double py = y - cy;
        double qx = x(px, py) + cx;
        double qy = y(px, py) + cy;
        int ix = (int) Math.floor(qx);
        int iy = (int) Math.floor(qy);
        if (ix < 1 || iy < 1 || ix >= width - 2 || iy >= height - 2) {
          continue;
        }
        double gx = (bilinear(to, qx + 0.5, qy) - bilinear(to, qx - 0.5, qy));
        double gy = (bilinear(to, qx, qy + 0.5) - bilinear(to, qx, qy - 0.5));
        double r = bilinear(to, qx, qy) - from.array()[y * width + x];
        double w = weight / (1 + r * r / (ROBUST * ROBUST));
        row[0] = gx * px + gy * py;
        row[1] = gy * px - gx * py;
        row[2] = gx;
        row[3] = gy;
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j < 4; j++) {
            normal[5 * i + j] += w * row[i] * row[j];
          }
          normal[5 * i + 4] -= w * row[i] * r;
        }
      }
    }
  }

  private static double bilinear(FloatImage image, double x, double y) {
    int ix = (int) x;
    int iy = (int) y;
    double fx = x - ix;
    double fy = y - iy;
    float[] v = image.array();
    int i = iy * image.width() + ix;
    int below = i + image.width();
    return (1 - fy) * ((1 - fx) * v[i] + fx * v[i + 1])
        + fy * ((1 - fx) * v[below] + fx * v[below + 1]);
  }

  /** Solves four equations; what the pictures do not tell stays 0. */
  private static double[] solve(double[] m) {
    for (int k = 0; k < 4; k++) {
      m[5 * k + k] = m[5 * k + k] * (1 + 1e-6) + 1e-9;
    }
    for (int k = 0; k < 4; k++) {
      for (int i = k + 1; i < 4; i++) {
        double factor = m[5 * i + k] / m[5 * k + k];
        for (int j = k; j < 5; j++) {
          m[5 * i + j] -= factor * m[5 * k + j];
        }
      }
    }
    double[] out = new double[4];
    for (int k = 3; k >= 0; k--) {
      double sum = m[5 * k + 4];
      for (int j = k + 1; j < 4; j++) {
        sum -= m[5 * k + j] * out[j];
      }
      out[k] = sum / m[5 * k + k];
    }
    return out;
  }
}
