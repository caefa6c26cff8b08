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
    ColorClip out =
        ColorClip.create(grid.queryFrames(), new ImageSize(grid.width(), grid.height()));
    Coverage over = Coverage.of(grid);
    Parallel.blocks(
        grid.height(),
        4,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            addPixelRow(chosen, video, grid, y, out);
            divide(out, y, over);
          }
        });
    return out;
  }

  /** How many patches cover each frame, row and column. */
  private record Coverage(int[] frames, int[] rows, int[] columns) {
    static Coverage of(PatchGrid grid) {
      MatchOptions options = grid.options();
      return new Coverage(
          PatchGrid.coverage(grid.queryFrames(), options.patchFrames(), options.strideFrames()),
          PatchGrid.coverage(grid.height(), options.patchPx(), options.stridePx()),
          PatchGrid.coverage(grid.width(), options.patchPx(), options.stridePx()));
    }
  }

  /** Adds one row of pixels of all patches: the same row of all frames stays in the cache. */
  private static void addPixelRow(
      int[] chosen, ColorClip video, PatchGrid grid, int y, ColorClip out) {
    int stride = grid.options().stridePx();
    int first = Math.max(0, (y - grid.options().patchPx() + stride) / stride);
    int last = Math.min(grid.rows() - 1, y / stride);
    for (int c = 0; c < 3; c++) {
      for (int row = first; row <= last; row++) {
        for (int column = 0; column < grid.columns(); column++) {
          addPatches(chosen, video, grid, row * grid.columns() + column, c, y, out);
        }
      }
    }
  }

  /** Adds one row of the patches of a place to all frames, in a fixed order. */
  private static void addPatches(
      int[] chosen, ColorClip video, PatchGrid grid, int place, int c, int y, ColorClip out) {
    int p = grid.options().patchPx();
    int step = grid.options().strideFrames();
    int length = grid.options().patchFrames();
    int left = place % grid.columns() * grid.options().stridePx();
    int from = video.index(0, c, y) + left;
    int frame = video.index(1, 0, 0);
    int at = place * grid.queries();
    for (int t = 0; t < grid.queryFrames(); t++) {
      int query = Math.max(0, (t - length + step) / step);
      int end = Math.min(grid.queries() - 1, t / step) + 1;
      int target = out.index(t, c, y) + left;
      for (; query + 2 < end; query += 3) {
        addRows(
            video.values(),
            from + ((chosen[at + query] - query) * step + t) * frame,
            from + ((chosen[at + query + 1] - query - 1) * step + t) * frame,
            from + ((chosen[at + query + 2] - query - 2) * step + t) * frame,
            p,
            out.values(),
            target);
      }
      for (; query < end; query++) {
        int source = from + ((chosen[at + query] - query) * step + t) * frame;
        addRow(video.values(), source, p, out.values(), target);
      }
    }
  }

  private static void addRow(float[] from, int source, int count, float[] sums, int target) {
    for (int x = 0; x < count; x++) {
      sums[target + x] += from[source + x];
    }
  }

  private static void addRows(
      float[] from, int first, int second, int third, int count, float[] sums, int target) {
    for (int x = 0; x < count; x++) {
      sums[target + x] += from[first + x] + from[second + x] + from[third + x];
    }
  }

  private static void divide(ColorClip out, int y, Coverage over) {
    for (int t = 0; t < over.frames.length; t++) {
      for (int c = 0; c < 3; c++) {
        int at = out.index(t, c, y);
        for (int x = 0; x < over.columns.length; x++) {
          out.values()[at + x] /= over.frames[t] * over.rows[y] * over.columns[x];
        }
      }
    }
  }
}
