package org.stereo4d.tracking.klt;

import java.util.Arrays;

/**
 * Where the points of a block were at up to eight frames from the query to {@link #LAG_FRAMES}
 * before the present one, and at the present one, which is the last sample. A table of its own,
 * since many points ask and the rows of the result lie far apart in memory. Points in sight at the
 * {@link #reference} are sorted into square cells of the picture.
 */
final class BlockPast {
  /** A point is believed up to so many frames before it was found lost. */
  private static final int LAG_FRAMES = 5;

  private static final int MOST = 8;

  private static final int LEAST_CELL_PX = 32;

  /** Cells along the longer side of a picture, at most, and one more. */
  private static final int MOST_CELLS = 32;

  private final KltTracker.Found found;
  private final int points;
  private final int frameCount;
  private final int start;

  /** Raster places of all points at one sample after another. */
  private final float[] x;

  private final float[] y;
  private final boolean[] visible;

  /** Where the points of each cell end among the sorted ones. */
  private final int[] ends;

  private final int[] sorted;

  /** Side of a cell. */
  final int cellPx;

  private final int columns;
  private final int rows;
  private int samples;
  private int present = -1;
  private int direction;

  /**
   * An empty past.
   *
   * @param start frame of the queries
   */
  BlockPast(KltTracker.Found found, Clip clip, int start) {
    this.found = found;
    this.points = found.points();
    this.frameCount = clip.frameCount();
    this.start = start;
    LumaFrame frame = clip.frames().get(start);
    this.cellPx = Math.max(LEAST_CELL_PX, Math.max(frame.width(), frame.height()) / MOST_CELLS);
    this.columns = 1 + frame.width() / cellPx;
    this.rows = 1 + frame.height() / cellPx;
    this.ends = new int[columns * rows];
    this.sorted = new int[points];
    this.x = new float[(MOST + 1) * points];
    this.y = new float[(MOST + 1) * points];
    this.visible = new boolean[(MOST + 1) * points];
  }

  /**
   * The past as seen from a frame.
   *
   * @param t the present frame, already written
   * @param direction 1 or -1, of time
   */
  BlockPast at(int t, int direction) {
    if (t != present || direction != this.direction) {
      present = t;
      this.direction = direction;
      int length = Math.max(0, Math.abs(t - start) - LAG_FRAMES);
      int count = Math.min(MOST, length + 1);
      for (int s = 0; s < count; s++) {
        copy(s, start + direction * (count == 1 ? 0 : length * s / (count - 1)));
      }
      copy(count, t);
      samples = count + 1;
      sort();
    }
    return this;
  }

  /** Counts the points of each cell, then puts them one after another. */
  private void sort() {
    Arrays.fill(ends, 0);
    int from = reference() * points;
    for (int j = 0; j < points; j++) {
      if (visible[from + j]) {
        ends[cell(j)]++;
      }
    }
    int end = 0;
    for (int c = 0; c < ends.length; c++) {
      int points = ends[c];
      ends[c] = end;
      end += points;
    }
    for (int j = 0; j < points; j++) {
      if (visible[from + j]) {
        sorted[ends[cell(j)]++] = j;
      }
    }
  }

  private int cell(int point) {
    return row(y(point, reference())) * columns + column(x(point, reference()));
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** Column of cells of an index place; the nearest one for places outside. */
  int column(double xIndex) {
    return Math.max(0, Math.min(columns - 1, (int) xIndex / cellPx));
  }

  /** Row of cells likewise. */
  int row(double yIndex) {
    return Math.max(0, Math.min(rows - 1, (int) yIndex / cellPx));
  }

  /** The first of the points of a cell among the sorted ones. */
  int first(int column, int row) {
    return isCell(column, row) && row * columns + column > 0 ? ends[row * columns + column - 1] : 0;
  }

  /** Behind the last of the points of a cell; 0 where there is no cell. */
  int end(int column, int row) {
    return isCell(column, row) ? ends[row * columns + column] : 0;
  }

  private boolean isCell(int column, int row) {
    return column >= 0 && row >= 0 && column < columns && row < rows;
  }

  /** One of the sorted points. */
  int point(int i) {
    return sorted[i];
  }

  private void copy(int sample, int frame) {
    for (int j = 0, to = sample * points; j < points; j++, to++) {
      int from = j * frameCount + frame;
      x[to] = found.xy()[2 * from];
      y[to] = found.xy()[2 * from + 1];
      visible[to] = found.visible()[from];
    }
  }

  /** The sample before the present one, from a moment when a point was surely not dragged. */
  int reference() {
    return samples - 2;
  }

  double x(int point, int sample) {
    return x[sample * points + point] - 0.5;
  }

  double y(int point, int sample) {
    return y[sample * points + point] - 0.5;
  }

  boolean visible(int point, int sample) {
    return visible[sample * points + point];
  }
}
