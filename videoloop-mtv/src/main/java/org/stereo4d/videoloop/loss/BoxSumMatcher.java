package org.stereo4d.videoloop.loss;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.run.Parallel;

/**
 * Exact matching by box sums in float; see the package documentation.
 *
 * <p>Keys are cut into blocks. A block walks down the rows of patches and keeps, for every pair of
 * frames, the sums over the last few steps of rows. Rounding differs from {@link DirectMatcher} by
 * about 1e-6 of a distance, so choices differ only where two scores are that close. Peak memory is
 * about 20 MB per thread.
 */
public final class BoxSumMatcher implements PatchMatcher {
  private static final int KEYS_PER_BLOCK = 24;

  /** A matcher. */
  public BoxSumMatcher() {}

  @Override
  public int[] match(ColorClip loop, ColorClip video, PatchGrid grid) {
    StridedRows queries = StridedRows.of(loop, grid.queryFrames(), grid);
    StridedRows keys = StridedRows.of(video, grid.keyFrames(), grid);
    int blocks = (grid.keys() + KEYS_PER_BLOCK - 1) / KEYS_PER_BLOCK;
    List<KeyBlock> done = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      int first = b * KEYS_PER_BLOCK;
      done.add(
          new KeyBlock(queries, keys, grid, first, Math.min(grid.keys(), first + KEYS_PER_BLOCK)));
    }
    Parallel.blocks(
        blocks,
        1,
        (start, end) -> {
          for (int b = start; b < end; b++) {
            done.get(b).run();
          }
        });
    KeyBlock all = done.get(0);
    for (int b = 1; b < blocks; b++) {
      all.merge(done.get(b));
    }
    return all.chosen(grid);
  }
}
