package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Parallel;

/**
 * Exact matching by box sums in float; see the package documentation.
 *
 * <p>The picture is cut into tiles of patches. Rounding differs from {@link DirectMatcher} by about
 * 1e-6 of a distance, so choices differ only where two scores are that close. Peak memory is about
 * 8 MB per thread.
 */
public final class BoxSumMatcher implements PatchMatcher {
  private static final int MOST_ROWS = 22; // a tile's margins are summed again by its neighbour
  private static final int MOST_COLUMNS = 20;
  private static final int LEAST_COLUMNS = 4;
  private static final long TILE_FLOATS = 2L << 20;

  /** A matcher. */
  public BoxSumMatcher() {}

  @Override
  public int[] match(ColorClip loop, ColorClip video, PatchGrid grid) {
    int[] chosen = new int[grid.rows() * grid.columns() * grid.queries()];
    int tileColumns = equalParts(grid.columns(), columnsOfTile(grid));
    int tileRows = equalParts(grid.rows(), MOST_ROWS);
    int across = (grid.columns() + tileColumns - 1) / tileColumns;
    int down = (grid.rows() + tileRows - 1) / tileRows;
    Parallel.blocks(
        across * down,
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            int top = i / across * tileRows;
            int left = i % across * tileColumns;
            int bottom = Math.min(grid.rows(), top + tileRows);
            int right = Math.min(grid.columns(), left + tileColumns);
            new PatchTile(loop, video, grid, left, right).run(top, bottom, chosen);
          }
        });
    return chosen;
  }

  /** Long videos take narrower tiles. */
  private static int columnsOfTile(PatchGrid grid) {
    int tables = grid.options().patchPx() / grid.options().stridePx() + 2;
    long column = (long) tables * grid.queryFrames() * grid.keyFrames();
    return (int) Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, TILE_FLOATS / column));
  }

  private static int equalParts(int count, int most) {
    int parts = (count + most - 1) / most;
    return (count + parts - 1) / parts;
  }
}
