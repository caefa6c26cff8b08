package org.stereo4d.stereocrafter.depth;

import org.stereo4d.image.ImageSize;

/**
 * Extremes of 3x3 windows, clipped to the map, row after row: of the values themselves or of their
 * 3x3 blur {@code [21 31 21; 31 48 31; 21 31 21] / 256}. Holds three rows; not thread-safe. Rows it
 * returns are overwritten by the next call.
 */
final class RowWindow {
  private static final float CORNER = 21 / 256f;
  private static final float SIDE = 31 / 256f;
  private static final float CENTRE = 48 / 256f;

  private final float[] x;
  private final int width;
  private final int height;
  private final boolean blurs;

  /** Rows y - 1, y and y + 1 in turn. */
  private final float[][] lines = new float[3][];

  private final int[] lineOf = {-1, -1, -1};
  private final float[] column;
  private final float[] out;

  /** A row moved by one column, with its first or last value repeated. */
  private final float[] before;

  private final float[] after;
  private final float[] sides;

  private RowWindow(float[] x, ImageSize size, boolean blurs) {
    this.x = x;
    this.width = size.width();
    this.height = size.height();
    this.blurs = blurs;
    for (int i = 0; i < 3; i++) {
      lines[i] = new float[width];
    }
    this.column = new float[width];
    this.out = new float[width];
    this.before = new float[width];
    this.after = new float[width];
    this.sides = new float[width];
  }

  static RowWindow of(float[] x, ImageSize size) {
    return new RowWindow(x, size, false);
  }

  static RowWindow ofBlur(float[] x, ImageSize size) {
    return new RowWindow(x, size, true);
  }

  /** Largest values of the windows of a row; radii are 0 or 1. */
  float[] largest(int y, int radiusX, int radiusY) {
    float[] above = line(Math.max(0, y - radiusY));
    float[] here = line(y);
    float[] below = line(Math.min(height - 1, y + radiusY));
    largest(here, above, below, column);
    if (radiusX == 0) {
      return column;
    }
    move(column);
    largest(column, before, after, out);
    return out;
  }

  /** Fills in the smallest values of the 3x3 windows of a row. */
  void smallest(int y, float[] into) {
    float[] above = line(Math.max(0, y - 1));
    float[] here = line(y);
    float[] below = line(Math.min(height - 1, y + 1));
    smallest(here, above, below, column);
    move(column);
    smallest(column, before, after, into);
  }

  private static void largest(float[] a, float[] b, float[] c, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(a[i], Math.max(b[i], c[i]));
    }
  }

  private static void smallest(float[] a, float[] b, float[] c, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(a[i], Math.min(b[i], c[i]));
    }
  }

  /** Finds the neighbours of the pixels of a row: loops over one index become vectors. */
  private void move(float[] row) {
    System.arraycopy(row, 0, before, 1, width - 1);
    before[0] = row[0];
    System.arraycopy(row, 1, after, 0, width - 1);
    after[width - 1] = row[width - 1];
  }

  /** One row of the values or of their blur. */
  float[] line(int y) {
    float[] line = lines[y % 3];
    if (lineOf[y % 3] != y) {
      lineOf[y % 3] = y;
      if (blurs) {
        blur(y, line);
      } else {
        System.arraycopy(x, y * width, line, 0, width);
      }
    }
    return line;
  }

  private void blur(int y, float[] line) {
    System.arraycopy(x, Math.max(0, y - 1) * width, column, 0, width);
    System.arraycopy(x, Math.min(height - 1, y + 1) * width, out, 0, width);
    add(column, out);
    move(column);
    for (int i = 0; i < sides.length; i++) {
      sides[i] = CORNER * (before[i] + after[i]);
    }
    System.arraycopy(x, y * width, out, 0, width);
    move(out);
    mix(sides, column, before, after, out, line);
  }

  private static void add(float[] sum, float[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  private static void mix(
      float[] corners, float[] column, float[] before, float[] after, float[] own, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = corners[i] + SIDE * (column[i] + before[i] + after[i]) + CENTRE * own[i];
    }
  }
}
