package org.stereo4d.videoloop.loss;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Puts chosen patches of a video back at the places of the loop and averages where they overlap.
 */
public final class Retargeter {
  private Retargeter() {}

  /**
   * The target of a loop.
   *
   * @param chosen index of the key of each patch, (rows, columns, queries)
   * @param video where the keys are cut from
   * @return a clip of the fitted size of the grid
   */
  public static ColorClip fold(int[] chosen, ColorClip video, PatchGrid grid) {
    int expected = grid.rows() * grid.columns() * grid.queries();
    Check.that(
        chosen.length == expected, "chosen must hold %s keys, held %s", expected, chosen.length);
    MatchOptions options = grid.options();
    ColorClip out =
        ColorClip.create(grid.queryFrames(), new ImageSize(grid.width(), grid.height()));
    int[] overRows = PatchGrid.coverage(grid.height(), options.patchPx(), options.stridePx());
    int[] overColumns = PatchGrid.coverage(grid.width(), options.patchPx(), options.stridePx());
    int[] overFrames =
        PatchGrid.coverage(grid.queryFrames(), options.patchFrames(), options.strideFrames());
    Parallel.blocks(
        grid.queryFrames(),
        2,
        (start, end) -> {
          for (int t = start; t < end; t++) {
            addFrame(chosen, video, grid, t, out);
            divide(out, t, overFrames[t], overRows, overColumns);
          }
        });
    return out;
  }

  private static void addFrame(
      int[] chosen, ColorClip video, PatchGrid grid, int t, ColorClip out) {
    int step = grid.options().strideFrames();
    int length = grid.options().patchFrames();
    int first = Math.max(0, (t - length + step) / step);
    int last = Math.min(grid.queries() - 1, t / step);
    for (int query = first; query <= last; query++) {
      int dt = t - query * step;
      for (int place = 0; place < grid.rows() * grid.columns(); place++) {
        int key = chosen[place * grid.queries() + query];
        addPatch(video, key * step + dt, place, grid, t, out);
      }
    }
  }

  private static void addPatch(
      ColorClip video, int from, int place, PatchGrid grid, int to, ColorClip out) {
    int p = grid.options().patchPx();
    int top = place / grid.columns() * grid.options().stridePx();
    int left = place % grid.columns() * grid.options().stridePx();
    for (int c = 0; c < 3; c++) {
      for (int y = top; y < top + p; y++) {
        int source = video.index(from, c, y) + left;
        int target = out.index(to, c, y) + left;
        for (int x = 0; x < p; x++) {
          out.values()[target + x] += video.values()[source + x];
        }
      }
    }
  }

  private static void divide(ColorClip out, int t, int frames, int[] overRows, int[] overColumns) {
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < overRows.length; y++) {
        int at = out.index(t, c, y);
        for (int x = 0; x < overColumns.length; x++) {
          out.values()[at + x] /= frames * overRows[y] * overColumns[x];
        }
      }
    }
  }
}
