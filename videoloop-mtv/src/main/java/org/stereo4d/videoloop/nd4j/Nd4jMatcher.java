package org.stereo4d.videoloop.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.KeySelection;
import org.stereo4d.videoloop.loss.PatchGrid;
import org.stereo4d.videoloop.loss.PatchMatcher;
import org.stereo4d.videoloop.loss.PatchRows;

/** Matches patches by products of matrices on ND4J. */
public final class Nd4jMatcher implements PatchMatcher {
  /** A matcher. */
  public Nd4jMatcher() {}

  @Override
  public int[] match(ColorClip loop, ColorClip video, PatchGrid grid) {
    int queries = grid.queries();
    int keys = grid.keys();
    int width = grid.patchValues();
    int[] chosen = new int[grid.rows() * grid.columns() * queries];
    KeySelection selection = new KeySelection(grid.options(), queries, keys);
    for (int place = 0; place < grid.rows() * grid.columns(); place++) {
      int row = place / grid.columns();
      int column = place % grid.columns();
      double[] x = PatchRows.of(loop, grid, row, column, queries);
      double[] y = PatchRows.of(video, grid, row, column, keys);
      double[] products = products(x, y, queries, keys, width);
      double[] distances =
          PatchRows.distances(
              products, PatchRows.squares(x, width), PatchRows.squares(y, width), width);
      selection.choose(distances, chosen, place * queries);
    }
    return chosen;
  }

  private static double[] products(double[] x, double[] y, int queries, int keys, int width) {
    try (INDArray a = Nd4j.create(x, new long[] {queries, width}, 'c');
        INDArray b = Nd4j.create(y, new long[] {keys, width}, 'c');
        INDArray product = a.mmul(b.transpose())) {
      return product.dup('c').data().asDouble();
    }
  }
}
