package org.stereo4d.stereocrafter.depth;

import java.util.Arrays;
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
  private final float[] padded;
  private final float[] sides;
  private final float[] out;

  private RowWindow(float[] x, ImageSize size, boolean blurs) {
    this.x = x;
    this.width = size.width();
    this.height = size.height();
    this.blurs = blurs;
    for (int i = 0; i < 3; i++) {
      lines[i] = new float[width];
    }
    this.padded = new float[width + 2];
    this.sides = new float[width + 2];
    this.out = new float[width];
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
    float[] column = sides;
    for (int i = 0; i < out.length; i++) {
      column[i] = Math.max(here[i], Math.max(above[i], below[i]));
    }
    pad(column);
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(padded[i + 1], Math.max(padded[i], padded[i + 2]));
    }
    return radiusX == 0 ? column : out;
  }

  /** Fills in the smallest values of the 3x3 windows of a row. */
  void smallest(int y, float[] into) {
    float[] above = line(Math.max(0, y - 1));
    float[] here = line(y);
    float[] below = line(Math.min(height - 1, y + 1));
    float[] column = sides;
    for (int i = 0; i < into.length; i++) {
      column[i] = Math.min(here[i], Math.min(above[i], below[i]));
    }
    pad(column);
    for (int i = 0; i < into.length; i++) {
      into[i] = Math.min(padded[i + 1], Math.min(padded[i], padded[i + 2]));
    }
  }

  /** A row with its first and last value repeated. */
  private void pad(float[] row) {
    System.arraycopy(row, 0, padded, 1, width);
    padded[0] = row[0];
    padded[width + 1] = row[width - 1];
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
    float[] above = Arrays.copyOfRange(x, Math.max(0, y - 1) * width, Math.max(1, y) * width);
    int next = Math.min(height - 1, y + 1);
    float[] below = Arrays.copyOfRange(x, next * width, (next + 1) * width);
    for (int i = 0; i < line.length; i++) {
      above[i] += below[i];
    }
    System.arraycopy(above, 0, sides, 1, width);
    sides[0] = above[0];
    sides[width + 1] = above[width - 1];
    System.arraycopy(x, y * width, padded, 1, width);
    padded[0] = padded[1];
    padded[width + 1] = padded[width];
    for (int i = 0; i < line.length; i++) {
      line[i] =
          CORNER * (sides[i] + sides[i + 2])
              + SIDE * (sides[i + 1] + padded[i] + padded[i + 2])
              + CENTRE * padded[i + 1];
    }
  }
}
