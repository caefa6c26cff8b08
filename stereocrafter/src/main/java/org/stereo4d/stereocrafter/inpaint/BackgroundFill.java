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
  /** Rows above and below whose fills are averaged, which takes the stripes out. */
  private static final int MEAN_RADIUS = 2;

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

  /** Colour of a hole pixel, levels 0..255: the mean of five rows, of those that are holes too. */
  void color(int pixel, double[] rgb) {
    int width = image.width();
    int y = pixel / width;
    int first = Math.max(0, y - MEAN_RADIUS);
    int last = Math.min(image.height() - 1, y + MEAN_RADIUS);
    int count = 0;
    Arrays.fill(rgb, 0);
    for (int row = first; row <= last; row++) {
      int at = pixel + (row - y) * width;
      if (holes.array()[at] && source[at] >= 0) {
        count++;
        for (int c = 0; c < 3; c++) {
          rgb[c] += image.array()[3 * source[at] + c] & 0xff;
        }
      }
    }
    for (int c = 0; count > 0 && c < 3; c++) {
      rgb[c] /= count;
    }
  }
}
