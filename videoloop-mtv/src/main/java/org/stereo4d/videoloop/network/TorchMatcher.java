package org.stereo4d.videoloop.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.stereo4d.network.Device;
import org.stereo4d.network.TorchEngine;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.KeySelection;
import org.stereo4d.videoloop.loss.PatchGrid;
import org.stereo4d.videoloop.loss.PatchMatcher;
import org.stereo4d.videoloop.loss.PatchRows;

/**
 * Matches patches by products of matrices on a device of PyTorch, one row of places at a time, in
 * double. Choices are those of {@link org.stereo4d.videoloop.loss.DirectMatcher} except where two
 * scores agree to rounding.
 */
public final class TorchMatcher implements PatchMatcher {
  private final Device device;

  /** A matcher on a device. */
  public TorchMatcher(Device device) {
    this.device = device;
  }

  @Override
  public int[] match(ColorClip loop, ColorClip video, PatchGrid grid) {
    int[] chosen = new int[grid.rows() * grid.columns() * grid.queries()];
    KeySelection selection = new KeySelection(grid.options(), grid.queries(), grid.keys());
    try (NDManager manager = TorchEngine.newScope(device)) {
      for (int row = 0; row < grid.rows(); row++) {
        try (NDManager scope = manager.newSubManager()) {
          match(loop, video, grid, row, scope, selection, chosen);
        }
      }
    }
    return chosen;
  }

  private static void match(
      ColorClip loop,
      ColorClip video,
      PatchGrid grid,
      int row,
      NDManager scope,
      KeySelection selection,
      int[] chosen) {
    int columns = grid.columns();
    int queries = grid.queries();
    int keys = grid.keys();
    int width = grid.patchValues();
    double[] x = new double[columns * queries * width];
    double[] y = new double[columns * keys * width];
    for (int column = 0; column < columns; column++) {
      copy(PatchRows.of(loop, grid, row, column, queries), x, column);
      copy(PatchRows.of(video, grid, row, column, keys), y, column);
    }
    NDArray a = scope.create(x, new Shape(columns, queries, width));
    NDArray b = scope.create(y, new Shape(columns, keys, width));
    double[] all = a.batchMatMul(b.transpose(0, 2, 1)).toDoubleArray();
    double[] querySquares = PatchRows.squares(x, width);
    double[] keySquares = PatchRows.squares(y, width);
    for (int column = 0; column < columns; column++) {
      double[] distances =
          PatchRows.distances(
              part(all, column, queries * keys),
              part(querySquares, column, queries),
              part(keySquares, column, keys),
              width);
      selection.choose(distances, chosen, (row * columns + column) * queries);
    }
  }

  private static void copy(double[] from, double[] to, int index) {
    System.arraycopy(from, 0, to, index * from.length, from.length);
  }

  private static double[] part(double[] all, int index, int length) {
    double[] out = new double[length];
    System.arraycopy(all, index * length, out, 0, length);
    return out;
  }
}
