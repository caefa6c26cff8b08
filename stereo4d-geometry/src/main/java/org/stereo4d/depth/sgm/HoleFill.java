package org.stereo4d.depth.sgm;

import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Parallel;

/**
 * Fills unknown pixels: first with the second-smallest of the nearest known values in eight
 * directions (a hole shows background, and one outlier must not win), then with a median of the
 * surroundings weighted by likeness of colour.
 */
final class HoleFill {
  private static final int RADIUS = 7;
  private static final double COLOR_SIGMA = 12;
  private static final int[] STEP_X = {1, -1, 0, 0, 1, -1, 1, -1};
  private static final int[] STEP_Y = {0, 0, 1, -1, 1, -1, -1, 1};

  private HoleFill() {}

  static float[] fill(float[] map, ByteImage guide) {
    int width = guide.width();
    int height = guide.height();
    float[] rough = map.clone();
    Parallel.rows(
        height,
        (start, end) -> {
          float[] found = new float[8];
          for (int k = start * width; k < end * width; k++) {
            if (Float.isNaN(map[k])) {
              rough[k] = background(map, width, height, k, found);
            }
          }
        });
    float[] out = map.clone();
    Parallel.rows(
        height,
        (start, end) -> {
          Weighted window = new Weighted();
          for (int k = start * width; k < end * width; k++) {
            if (Float.isNaN(map[k])) {
              out[k] = window.median(rough, guide, k % width, k / width);
            }
          }
        });
    return out;
  }

  private static float background(float[] map, int width, int height, int k, float[] found) {
    int n = 0;
    for (int side = 0; side < 8; side++) {
      int x = k % width + STEP_X[side];
      int y = k / width + STEP_Y[side];
      while (x >= 0 && x < width && y >= 0 && y < height) {
        float value = map[y * width + x];
        if (!Float.isNaN(value)) {
          found[n++] = value;
          break;
        }
        x += STEP_X[side];
        y += STEP_Y[side];
      }
    }
    if (n == 0) {
      return Float.NaN;
    }
    java.util.Arrays.sort(found, 0, n);
    return found[Math.min(1, n - 1)];
  }

  /** A window of values and weights. */
  private static final class Weighted {
    private static final double[] WEIGHT_OF_DIFFERENCE = new double[3 * 255 + 1];

    static {
      for (int i = 0; i < WEIGHT_OF_DIFFERENCE.length; i++) {
        double d = i / 3.0 / COLOR_SIGMA;
        WEIGHT_OF_DIFFERENCE[i] = Math.exp(-d) + 1e-6;
      }
    }

    private static final int BISECTIONS = 12;

    private final float[] values = new float[(2 * RADIUS + 1) * (2 * RADIUS + 1)];
    private final double[] weights = new double[values.length];
    private int count;

    float median(float[] map, ByteImage guide, int x, int y) {
      gather(map, guide, x, y);
      if (count == 0) {
        return Float.NaN;
      }
      float low = values[0];
      float high = values[0];
      double total = 0;
      for (int k = 0; k < count; k++) {
        low = Math.min(low, values[k]);
        high = Math.max(high, values[k]);
        total += weights[k];
      }
      // the value below which half the weight lies, to 1/4096 of the spread, then the sample there
      for (int step = 0; step < BISECTIONS && low < high; step++) {
        float middle = low + (high - low) / 2;
        if (weightUpTo(middle) >= total / 2) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return nearest(high);
    }

    private double weightUpTo(float limit) {
      double sum = 0;
      for (int k = 0; k < count; k++) {
        sum += values[k] <= limit ? weights[k] : 0;
      }
      return sum;
    }

    private float nearest(float value) {
      float best = values[0];
      for (int k = 1; k < count; k++) {
        best = Math.abs(values[k] - value) < Math.abs(best - value) ? values[k] : best;
      }
      return best;
    }

    private void gather(float[] map, ByteImage guide, int x, int y) {
      int width = guide.width();
      int center = guide.index(x, y);
      count = 0;
      for (int v = Math.max(0, y - RADIUS); v <= Math.min(guide.height() - 1, y + RADIUS); v++) {
        for (int u = Math.max(0, x - RADIUS); u <= Math.min(width - 1, x + RADIUS); u++) {
          float value = map[v * width + u];
          if (!Float.isNaN(value)) {
            values[count] = value;
            weights[count++] = WEIGHT_OF_DIFFERENCE[difference(guide, center, guide.index(u, v))];
          }
        }
      }
    }

    private static int difference(ByteImage guide, int i, int k) {
      int sum = 0;
      int channels = Math.min(3, guide.channels());
      for (int c = 0; c < channels; c++) {
        sum += Math.abs((guide.array()[i + c] & 0xff) - (guide.array()[k + c] & 0xff));
      }
      return channels == 3 ? sum : Math.min(765, 3 * sum);
    }
  }
}
