package org.stereo4d.stereocrafter.inpaint;

import java.util.Arrays;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Parallel;
import org.stereo4d.stereocrafter.splat.RowFill;

/**
 * What lies behind each hole: the farther of the two sides of its run. Rows without any visible
 * pixel take that of the nearest row that has one, above first.
 */
final class BackgroundFill {
  /**
   * Standard deviation, in rows, of the mean beside the background; it grows by one per pixel into
   * the hole.
   */
  private static final int LEAST_ROWS = 2;

  private static final int MOST_ROWS = 8;

  /** Weight of a row, by standard deviation and distance. */
  private static final float[][] WEIGHTS = weights();

  /** Pixels of the background that a row contributes. */
  private static final int COLUMNS = 12;

  /** Disparities within this belong together. */
  private static final double SAME_SURFACE_PX = 2;

  private final ByteImage image;
  private final Mask holes;
  private final DisparityMap disparity;

  /** Pixel whose colour a hole takes; -1 outside holes and in pictures without visible pixels. */
  private final int[] source;

  private static float[][] weights() {
    float[][] out = new float[MOST_ROWS + 1][2 * MOST_ROWS + 1];
    for (int deviation = LEAST_ROWS; deviation <= MOST_ROWS; deviation++) {
      for (int k = 0; k <= 2 * deviation; k++) {
        out[deviation][k] = (float) Math.exp(-k * k / (2.0 * deviation * deviation));
      }
    }
    return out;
  }

  private BackgroundFill(ByteImage image, Mask holes, DisparityMap disparity, int[] source) {
    this.image = image;
    this.holes = holes;
    this.disparity = disparity;
    this.source = source;
  }

  /**
   * The fill of a view.
   *
   * @param image RGB without gaps between its rows
   */
  static BackgroundFill of(ByteImage image, Mask holes, DisparityMap disparity) {
    int width = image.width();
    int[] source = new int[holes.array().length];
    boolean[] empty = new boolean[image.height()];
    Parallel.rows(
        image.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            Arrays.fill(source, y * width, (y + 1) * width, -1);
            empty[y] = fillRow(holes, disparity, y, source);
          }
        });
    for (int y = 0; y < empty.length; y++) {
      int from = empty[y] ? nearestFilled(empty, y) : -1;
      for (int x = 0; from >= 0 && x < width; x++) {
        int there = from * width + x;
        source[y * width + x] = holes.array()[there] ? source[there] : there;
      }
    }
    return new BackgroundFill(image, holes, disparity, source);
  }

  /** Whether the row has no visible pixel. */
  private static boolean fillRow(Mask holes, DisparityMap disparity, int y, int[] source) {
    int width = holes.size().width();
    boolean[] hole = holes.array();
    int x = y * width;
    int rowEnd = x + width;
    while (x < rowEnd) {
      if (!hole[x]) {
        x++;
        continue;
      }
      int start = x;
      while (x < rowEnd && hole[x]) {
        x++;
      }
      int from = RowFill.backgroundColumn(disparity, start - y * width, x - y * width, y);
      if (from < 0) {
        return true;
      }
      Arrays.fill(source, start, x, y * width + from);
    }
    return false;
  }

  private static int nearestFilled(boolean[] empty, int y) {
    for (int k = y - 1; k >= 0; k--) {
      if (!empty[k]) {
        return k;
      }
    }
    for (int k = y + 1; k < empty.length; k++) {
      if (!empty[k]) {
        return k;
      }
    }
    return -1;
  }

  /** Disparity behind a hole pixel; NaN in pictures without visible pixels. */
  float behind(int pixel) {
    return source[pixel] < 0 ? Float.NaN : disparity.px().array()[source[pixel]];
  }

  /**
   * Visible pixel of the background beside a hole pixel, k away from the hole on its row; -1 where
   * the background ends.
   */
  int beside(int pixel, int k) {
    int first = source[pixel];
    int width = image.width();
    if (first < 0 || first / width != pixel / width) {
      return -1;
    }
    int at = first + k * Integer.signum(first - pixel);
    boolean inRow = at >= 0 && at / width == pixel / width;
    return inRow && !holes.array()[at] && Math.abs(px(at) - px(first)) <= SAME_SURFACE_PX ? at : -1;
  }

  /** Colours for one thread. */
  Colors colors() {
    return new Colors();
  }

  private float px(int pixel) {
    return disparity.px().array()[pixel];
  }

  /** Colours of hole pixels. Neighbours share the sums of the rows about them. */
  final class Colors {
    /** Rows that are remembered, more than twice the farthest that takes part. */
    private static final int MEMORY = 64;

    private final int[] from = new int[MEMORY];
    private final int[] step = new int[MEMORY];
    private final float[] sums = new float[4 * MEMORY];

    private Colors() {
      Arrays.fill(from, -1);
    }

    /**
     * Levels 0..255 of a hole pixel: a mean over the rows about it of what lies behind them, wider
     * the farther the hole reaches from its background, since less is known there. Rows that are no
     * holes take part when they show background themselves.
     */
    void color(int pixel, double[] rgb) {
      Arrays.fill(rgb, 0);
      if (source[pixel] < 0) {
        return;
      }
      int width = image.width();
      int y = pixel / width;
      int distance = source[pixel] / width == y ? Math.abs(pixel - source[pixel]) : width;
      int deviation = Math.min(MOST_ROWS, LEAST_ROWS + distance);
      int reach = 2 * deviation;
      float behind = px(source[pixel]);
      double total = 0;
      int last = Math.min(image.height() - 1, y + reach);
      for (int row = Math.max(0, y - reach); row <= last; row++) {
        int at = pixel + (row - y) * width;
        int there = holes.array()[at] ? source[at] : at;
        if (there >= 0 && Math.abs(px(there) - behind) <= SAME_SURFACE_PX) {
          double weight = WEIGHTS[deviation][Math.abs(row - y)];
          int k = row % MEMORY;
          int away = there / width == row ? Integer.signum(there - at) : 0;
          if (from[k] != there || step[k] != away) {
            from[k] = there;
            step[k] = away;
            sum(there, away, 4 * k);
          }
          for (int c = 0; c < 3; c++) {
            rgb[c] += weight * sums[4 * k + c];
          }
          total += weight * sums[4 * k + 3];
        }
      }
      for (int c = 0; c < 3; c++) {
        rgb[c] /= total;
      }
    }

    /** Adds up a pixel and those behind it, away from the hole, and counts them. */
    private void sum(int first, int away, int into) {
      Arrays.fill(sums, into, into + 4, 0);
      int width = image.width();
      int rowStart = first / width * width;
      for (int k = 0; k < (away == 0 ? 1 : COLUMNS); k++) {
        int at = first + k * away;
        boolean inside = at >= rowStart && at < rowStart + width;
        if (!inside || holes.array()[at] || Math.abs(px(at) - px(first)) > SAME_SURFACE_PX) {
          return;
        }
        for (int c = 0; c < 3; c++) {
          sums[into + c] += image.array()[3 * at + c] & 0xff;
        }
        sums[into + 3]++;
      }
    }
  }
}
