package org.stereo4d.videoloop.loss;

import java.util.Arrays;

/**
 * Squared differences of one frame of the loop from every frame of the video, summed over parts of
 * a cell: the first r rows and columns ({@link #corner}), the first r rows ({@link #top}), the
 * first r columns ({@link #left}) and all of it. Where r = 0, or the picture ends within the cell,
 * the sums that no patch uses are unspecified.
 */
final class CellSums {
  final float[] corner;
  final float[] top;
  final float[] left;
  final float[] all;
  private final float[] below;
  private final PatchGrid grid;
  private final int stride;
  private final int rest;
  private final int firstColumn;
  private final int width;
  private final float[][] keys; // by row, column and channel, one value per frame
  private final float[][] queries; // by frame; the order of keys
  private int rows;

  /** Sums of cells in columns {@code [firstColumn, endColumn)} of pixels. */
  CellSums(PatchGrid grid, int firstColumn, int endColumn) {
    this.grid = grid;
    this.stride = grid.options().stridePx();
    this.rest = grid.options().patchPx() % stride;
    this.firstColumn = firstColumn;
    this.width = endColumn - firstColumn;
    this.corner = new float[grid.keyFrames()];
    this.top = new float[grid.keyFrames()];
    this.left = new float[grid.keyFrames()];
    this.all = new float[grid.keyFrames()];
    this.below = new float[grid.keyFrames()];
    this.keys = new float[3 * stride * width][grid.keyFrames()];
    this.queries = new float[grid.queryFrames()][keys.length];
  }

  /** Takes the colours of a step of rows from every frame. */
  void load(ColorClip loop, ColorClip video, int y) {
    rows = Math.min(stride, grid.height() - y);
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < 3; c++) {
        int to = 3 * i * width + c;
        for (int t = 0; t < queries.length; t++) {
          int from = loop.index(t, c, y + i) + firstColumn;
          for (int x = 0; x < width; x++) {
            queries[t][to + 3 * x] = loop.values()[from + x];
          }
        }
        for (int k = 0; k < grid.keyFrames(); k++) {
          int from = video.index(k, c, y + i) + firstColumn;
          for (int x = 0; x < width; x++) {
            keys[to + 3 * x][k] = video.values()[from + x];
          }
        }
      }
    }
  }

  /** Sums of a cell for a frame of the loop. */
  void sum(int cell, int t) {
    float[] query = queries[t];
    int x = cell * stride;
    int split = x + rest;
    int end = Math.min(width, x + stride);
    if (rest > 0) {
      Arrays.fill(corner, 0);
      addSquares(query, 0, rest, x, split, corner);
      System.arraycopy(corner, 0, top, 0, top.length);
      addSquares(query, 0, rest, split, end, top);
      Arrays.fill(below, 0);
      addSquares(query, rest, rows, x, split, below);
      KeyLanes.sum(corner, below, left);
      KeyLanes.sum(top, below, all);
    } else {
      Arrays.fill(all, 0);
    }
    addSquares(query, rest, rows, split, end, all);
  }

  private void addSquares(
      float[] query, int startRow, int endRow, int startColumn, int endColumn, float[] sums) {
    for (int i = startRow; i < endRow; i++) {
      int end = 3 * (i * width + endColumn);
      for (int at = 3 * (i * width + startColumn); at < end; at += 3) {
        KeyLanes.addSquares(
            query[at], query[at + 1], query[at + 2], keys[at], keys[at + 1], keys[at + 2], sums);
      }
    }
  }
}
