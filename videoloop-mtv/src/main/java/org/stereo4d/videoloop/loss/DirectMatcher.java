package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Parallel;

/**
 * Compares every patch with every other, value by value, in double: the specification of the
 * others, and slow.
 */
public final class DirectMatcher implements PatchMatcher {
  /** A matcher. */
  public DirectMatcher() {}

  @Override
  public int[] match(ColorClip loop, ColorClip video, PatchGrid grid) {
    int queries = grid.queries();
    int columns = grid.columns();
    int[] chosen = new int[grid.rows() * columns * queries];
    Parallel.blocks(
        grid.rows(),
        1,
        (start, end) -> {
          KeySelection selection = new KeySelection(grid.options(), queries, grid.keys());
          for (int place = start * columns; place < end * columns; place++) {
            double[] table = distances(loop, video, grid, place / columns, place % columns);
            selection.choose(table, chosen, place * queries);
          }
        });
    return chosen;
  }

  /** Mean squared differences of the patches at one place, (queries, keys). */
  public static double[] distances(
      ColorClip loop, ColorClip video, PatchGrid grid, int row, int column) {
    MatchOptions options = grid.options();
    int keys = grid.keys();
    double[] frames = frameDistances(loop, video, grid, row, column);
    double[] out = new double[grid.queries() * keys];
    for (int i = 0; i < grid.queries(); i++) {
      for (int j = 0; j < keys; j++) {
        double sum = 0;
        for (int dt = 0; dt < options.patchFrames(); dt++) {
          int t = i * options.strideFrames() + dt;
          int k = j * options.strideFrames() + dt;
          sum += frames[t * grid.keyFrames() + k];
        }
        out[i * keys + j] = sum / grid.patchValues();
      }
    }
    return out;
  }

  private static double[] frameDistances(
      ColorClip loop, ColorClip video, PatchGrid grid, int row, int column) {
    int p = grid.options().patchPx();
    int top = row * grid.options().stridePx();
    int left = column * grid.options().stridePx();
    double[] out = new double[grid.queryFrames() * grid.keyFrames()];
    for (int t = 0; t < grid.queryFrames(); t++) {
      for (int k = 0; k < grid.keyFrames(); k++) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
          for (int y = top; y < top + p; y++) {
            int from = loop.index(t, c, y) + left;
            int other = video.index(k, c, y) + left;
            for (int x = 0; x < p; x++) {
              double d = (double) loop.values()[from + x] - video.values()[other + x];
              sum += d * d;
            }
          }
        }
        out[t * grid.keyFrames() + k] = sum;
      }
    }
    return out;
  }
}
