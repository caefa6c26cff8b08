package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/**
 * Fills each horizontal run of holes with the colour of that of its two neighbours that lies
 * farther away; runs of a whole row take the nearest filled row, above first.
 */
public final class RowFill {
  /**
   * A filled picture.
   *
   * @param image of a view
   * @param holes pixels to fill
   * @param disparity of the view, known outside the holes
   */
  public FloatImage fill(FloatImage image, Mask holes, DisparityMap disparity) {
    FloatImage out = image.copy();
    int width = image.width();
    int height = image.height();
    boolean[] emptyRow = new boolean[height];
    for (int y = 0; y < height; y++) {
      int x = 0;
      while (x < width) {
        if (!holes.array()[y * width + x]) {
          x++;
          continue;
        }
        int end = x;
        while (end < width && holes.array()[y * width + end]) {
          end++;
        }
        int from = backgroundColumn(disparity, x, end, y);
        emptyRow[y] = from < 0;
        for (int k = x; from >= 0 && k < end; k++) {
          copy(out, from, y, k, y);
        }
        x = end;
      }
    }
    fillRows(out, emptyRow);
    return out;
  }

  /** Column beside the run {@code [start, end)} that lies farther away; -1 when there is none. */
  public static int backgroundColumn(DisparityMap disparity, int start, int end, int y) {
    int width = disparity.size().width();
    int left = start - 1;
    if (left < 0) {
      return end < width ? end : -1;
    }
    if (end >= width) {
      return left;
    }
    return disparity.at(left, y) < disparity.at(end, y) ? left : end;
  }

  private static void fillRows(FloatImage out, boolean[] emptyRow) {
    for (int y = 0; y < emptyRow.length; y++) {
      if (emptyRow[y]) {
        int from = filledRow(emptyRow, y);
        for (int x = 0; from >= 0 && x < out.width(); x++) {
          copy(out, x, from, x, y);
        }
      }
    }
  }

  private static int filledRow(boolean[] emptyRow, int y) {
    for (int k = y - 1; k >= 0; k--) {
      if (!emptyRow[k]) {
        return k;
      }
    }
    for (int k = y + 1; k < emptyRow.length; k++) {
      if (!emptyRow[k]) {
        return k;
      }
    }
    return -1;
  }

  private static void copy(FloatImage image, int fromX, int fromY, int toX, int toY) {
    System.arraycopy(
        image.array(),
        image.index(fromX, fromY),
        image.array(),
        image.index(toX, toY),
        image.channels());
  }
}
