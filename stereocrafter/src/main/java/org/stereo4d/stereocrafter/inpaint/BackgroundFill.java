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
  /** Standard deviation, in rows, of the mean beside the background. */
  private static final double LEAST_ROWS = 2;

  /** How it grows into the hole. */
  private static final double ROWS_PER_PX = 1;

  private static final double MOST_ROWS = 8;

  /** Pixels of the background that a row contributes. */
  private static final int COLUMNS = 12;

  /** Disparities within this belong together. */
  private static final double SAME_SURFACE_PX = 2;

  private final ByteImage image;
  private final Mask holes;
  private final DisparityMap disparity;

  /** Pixel whose colour a hole takes; -1 outside holes and in pictures without visible pixels. */
  private final int[] source;

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
   * Colour of a hole pixel, levels 0..255: a mean over the rows about it of what lies behind them,
   * wider the farther the hole reaches from its background, since less is known there. Rows that
   * are no holes take part when they show background themselves.
   */
  void color(int pixel, double[] rgb) {
    Arrays.fill(rgb, 0);
    if (source[pixel] < 0) {
      return;
    }
    int width = image.width();
    int y = pixel / width;
    int distance = source[pixel] / width == y ? Math.abs(pixel - source[pixel]) : width;
    double deviation = Math.min(MOST_ROWS, LEAST_ROWS + ROWS_PER_PX * distance);
    int reach = (int) Math.ceil(2 * deviation);
    double total = 0;
    for (int row = Math.max(0, y - reach); row <= Math.min(image.height() - 1, y + reach); row++) {
      int at = pixel + (row - y) * width;
      int from = holes.array()[at] ? source[at] : at;
      if (from >= 0 && Math.abs(px(from) - px(source[pixel])) <= SAME_SURFACE_PX) {
        double weight = Math.exp(-(row - y) * (row - y) / (2 * deviation * deviation));
        total += weight * add(from, at - pixel % width, Integer.signum(from - at), weight, rgb);
      }
    }
    for (int c = 0; c < 3; c++) {
      rgb[c] /= total;
    }
  }

  private float px(int pixel) {
    return disparity.px().array()[pixel];
  }

  /** Adds a pixel and those behind it, away from the hole; the number of them. */
  private int add(int from, int rowStart, int step, double weight, double[] rgb) {
    int count = 0;
    for (int k = 0; k < (step == 0 ? 1 : COLUMNS); k++) {
      int at = from + k * step;
      boolean inside = at >= rowStart && at < rowStart + image.width();
      if (!inside || holes.array()[at] || Math.abs(px(at) - px(from)) > SAME_SURFACE_PX) {
        break;
      }
      count++;
      for (int c = 0; c < 3; c++) {
        rgb[c] += weight * (image.array()[3 * at + c] & 0xff);
      }
    }
    return count;
  }
}
