package org.stereo4d.videoloop.loss;

import java.util.Arrays;

/**
 * Matches the patches of some columns and rows of the grid.
 *
 * <p>With {@code p = g s + r}, the picture is a grid of cells of s x s pixels, and a patch covers g
 * whole steps of cells and the first r pixels of the next, in both directions. For every column of
 * patches and every pair of frames, {@code whole} holds the sums over the columns of a patch and
 * one step of rows, {@code part} over the first r rows of a step. Every array runs over the frames
 * of the video from index 0, which the compiler turns into vector instructions.
 */
final class PatchTile {
  private final ColorClip loop;
  private final ColorClip video;
  private final PatchGrid grid;
  private final int left;
  private final int columns;
  private final int stride;
  private final int steps;
  private final int rest;
  private final float[][][] whole; // by step of rows modulo its length, by column and frame
  private final float[][] part;
  private final CellSums cell;

  PatchTile(ColorClip loop, ColorClip video, PatchGrid grid, int left, int right) {
    MatchOptions options = grid.options();
    this.loop = loop;
    this.video = video;
    this.grid = grid;
    this.left = left;
    this.columns = right - left;
    this.stride = options.stridePx();
    this.steps = options.patchPx() / stride;
    this.rest = options.patchPx() % stride;
    int rows = columns * grid.queryFrames();
    this.whole = new float[steps + (rest > 0 ? 1 : 0)][rows][grid.keyFrames()];
    this.part = new float[rest > 0 ? rows : 0][grid.keyFrames()];
    int firstPixel = left * stride;
    int pixels = (columns - 1) * stride + options.patchPx();
    this.cell = new CellSums(grid, firstPixel, firstPixel + pixels);
  }

  /** Matches rows {@code [top, bottom)} of patches into {@code (rows, columns, queries)}. */
  void run(int top, int bottom, int[] chosen) {
    int ahead = rest > 0 ? steps : steps - 1;
    for (int step = top; step < top + ahead; step++) {
      sumStep(step);
    }
    KeyChoice choice = new KeyChoice(grid);
    float[][] box = new float[grid.queryFrames()][grid.keyFrames()];
    for (int row = top; row < bottom; row++) {
      sumStep(row + ahead);
      for (int column = 0; column < columns; column++) {
        sumBox(row, column, box);
        int place = row * grid.columns() + left + column;
        choice.choose(box, chosen, place * grid.queries());
      }
    }
  }

  /** Sums one step of rows over the columns of every patch. */
  private void sumStep(int step) {
    float[][] sums = whole[step % whole.length];
    int cells = columns - 1 + steps + (rest > 0 ? 1 : 0);
    cell.load(loop, video, step * stride);
    for (int c = 0; c < cells; c++) {
      for (int t = 0; t < grid.queryFrames(); t++) {
        cell.sum(c, t);
        for (int back = Math.min(c, steps); back >= 0 && c - back < columns; back--) {
          boolean edge = back == steps;
          if (edge && rest == 0) {
            continue;
          }
          int to = (c - back) * grid.queryFrames() + t;
          collect(edge ? cell.left : cell.all, sums[to], back == 0);
          if (rest > 0) {
            collect(edge ? cell.corner : cell.top, part[to], back == 0);
          }
        }
      }
    }
  }

  private static void collect(float[] values, float[] sums, boolean first) {
    if (first) {
      System.arraycopy(values, 0, sums, 0, sums.length);
    } else {
      KeyLanes.add(values, sums);
    }
  }

  private void sumBox(int row, int column, float[][] box) {
    for (int t = 0; t < box.length; t++) {
      int from = column * box.length + t;
      if (rest > 0) {
        System.arraycopy(part[from], 0, box[t], 0, box[t].length);
      } else {
        Arrays.fill(box[t], 0);
      }
      for (int step = row; step < row + steps; step++) {
        KeyLanes.add(whole[step % whole.length][from], box[t]);
      }
    }
  }
}
