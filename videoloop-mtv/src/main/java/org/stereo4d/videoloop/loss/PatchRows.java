package org.stereo4d.videoloop.loss;

/** The patches at one place of a clip as the rows of a matrix, for matching by products. */
public final class PatchRows {
  private PatchRows() {}

  /**
   * Values of patches, (patches, values).
   *
   * @param count patches in time
   */
  public static double[] of(ColorClip clip, PatchGrid grid, int row, int column, int count) {
    MatchOptions options = grid.options();
    int p = options.patchPx();
    double[] out = new double[count * grid.patchValues()];
    int to = 0;
    for (int i = 0; i < count; i++) {
      for (int dt = 0; dt < options.patchFrames(); dt++) {
        for (int c = 0; c < 3; c++) {
          for (int y = 0; y < p; y++) {
            int at =
                clip.index(i * options.strideFrames() + dt, c, row * options.stridePx() + y)
                    + column * options.stridePx();
            for (int x = 0; x < p; x++, to++) {
              out[to] = clip.values()[at + x];
            }
          }
        }
      }
    }
    return out;
  }

  /** Sum of the squares of each row. */
  public static double[] squares(double[] rows, int width) {
    double[] out = new double[rows.length / width];
    for (int i = 0; i < rows.length; i++) {
      out[i / width] += rows[i] * rows[i];
    }
    return out;
  }

  /** Mean squared differences from the products of all rows, (queries, keys). */
  public static double[] distances(
      double[] products, double[] querySquares, double[] keySquares, int width) {
    double[] out = new double[products.length];
    int keys = keySquares.length;
    for (int i = 0; i < products.length; i++) {
      double squared = querySquares[i / keys] + keySquares[i % keys] - 2 * products[i];
      out[i] = Math.max(0, squared) / width;
    }
    return out;
  }
}
