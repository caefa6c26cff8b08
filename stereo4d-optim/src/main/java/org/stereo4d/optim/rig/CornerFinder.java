package org.stereo4d.optim.rig;

import java.util.Arrays;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;

/**
 * Corners spread evenly over a picture: in each of 8x8 cells the points whose structure tensor has
 * the largest smaller eigenvalue, local maxima only.
 *
 * @param perCell at most so many per cell; > 0
 * @param quality share of the picture's best corner that a corner must reach; (0, 1)
 * @param marginPx distance from the edge; >= 4
 */
record CornerFinder(int perCell, double quality, int marginPx) {
  static final CornerFinder DEFAULTS = new CornerFinder(8, 0.005, 12);

  private static final int CELLS = 8;
  private static final int RADIUS = 3;

  CornerFinder {
    Check.that(perCell > 0, "perCell must be > 0, was %s", perCell);
    Check.that(quality > 0 && quality < 1, "quality must be in (0, 1), was %s", quality);
    Check.that(marginPx >= 4, "marginPx must be >= 4, was %s", marginPx);
  }

  /** Raster x and y of the corners found, best first within each cell. */
  float[] find(ByteImage image) {
    ByteImage luma = image.luma();
    int width = luma.width();
    int height = luma.height();
    float[] strength = strength(luma);
    float best = 0;
    for (float s : strength) {
      best = Math.max(best, s);
    }
    float limit = (float) (quality * best);
    float[] out = new float[2 * CELLS * CELLS * perCell];
    int n = 0;
    for (int cy = 0; cy < CELLS; cy++) {
      for (int cx = 0; cx < CELLS; cx++) {
        n =
            cell(
                strength,
                width,
                new int[] {
                  Math.max(marginPx, cx * width / CELLS),
                  Math.max(marginPx, cy * height / CELLS),
                  Math.min(width - marginPx, (cx + 1) * width / CELLS),
                  Math.min(height - marginPx, (cy + 1) * height / CELLS)
                },
                limit,
                out,
                n);
      }
    }
    return Arrays.copyOf(out, 2 * n);
  }

  private int cell(float[] strength, int width, int[] box, float limit, float[] out, int count) {
    float[] kept = new float[perCell];
    int[] where = new int[perCell];
    int n = 0;
    for (int y = box[1]; y < box[3]; y++) {
      for (int x = box[0]; x < box[2]; x++) {
        int k = y * width + x;
        float s = strength[k];
        boolean enough = s > limit && (n < perCell || s > kept[n - 1]);
        if (enough && isPeak(strength, width, k)) {
          int at = n < perCell ? n++ : n - 1;
          while (at > 0 && kept[at - 1] < s) {
            kept[at] = kept[at - 1];
            where[at] = where[at - 1];
            at--;
          }
          kept[at] = s;
          where[at] = k;
        }
      }
    }
    int total = count;
    for (int i = 0; i < n; i++, total++) {
      int row = where[i] / width;
      out[2 * total] = where[i] - row * width + 0.5f;
      out[2 * total + 1] = row + 0.5f;
    }
    return total;
  }

  private static boolean isPeak(float[] s, int width, int k) {
    for (int dy = -3; dy <= 3; dy++) {
      for (int dx = -3; dx <= 3; dx++) {
        int other = k + dy * width + dx;
        if (s[other] > s[k] || (s[other] == s[k] && other < k)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Smaller eigenvalue of the structure tensor over 7x7 pixels. */
  private static float[] strength(ByteImage luma) {
    int width = luma.width();
    int height = luma.height();
    float[] xx = new float[width * height];
    float[] xy = new float[width * height];
    float[] yy = new float[width * height];
    byte[] in = luma.contiguous();
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int k = y * width + x;
        float gx = (in[k + 1] & 0xff) - (in[k - 1] & 0xff);
        float gy = (in[k + width] & 0xff) - (in[k - width] & 0xff);
        xx[k] = gx * gx;
        xy[k] = gx * gy;
        yy[k] = gy * gy;
      }
    }
    boxSum(xx, width, height);
    boxSum(xy, width, height);
    boxSum(yy, width, height);
    for (int k = 0; k < xx.length; k++) {
      float mean = (xx[k] + yy[k]) / 2;
      float half = (xx[k] - yy[k]) / 2;
      xx[k] = mean - (float) Math.sqrt(half * half + xy[k] * xy[k]);
    }
    return xx;
  }

  private static void boxSum(float[] values, int width, int height) {
    float[] line = new float[Math.max(width, height)];
    for (int y = 0; y < height; y++) {
      sumLine(values, y * width, 1, width, line);
    }
    for (int x = 0; x < width; x++) {
      sumLine(values, x, width, height, line);
    }
  }

  private static void sumLine(float[] values, int start, int step, int n, float[] line) {
    for (int i = 0; i < n; i++) {
      line[i] = values[start + i * step];
    }
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int j = Math.max(0, i - RADIUS); j <= Math.min(n - 1, i + RADIUS); j++) {
        sum += line[j];
      }
      values[start + i * step] = sum;
    }
  }
}
