package org.stereo4d.videoloop.metric;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.videoloop.loss.BoxSumMatcher;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.MatchOptions;
import org.stereo4d.videoloop.loss.PatchGrid;
import org.stereo4d.videoloop.loss.PatchMatcher;

/** Mean absolute difference of the patches of a clip from the nearest ones of another. */
public final class PatchErrors {
  private static final int BLOCK_PX = 65;

  private final PatchSetting setting;
  private final PatchMatcher matcher;

  /** Errors with exact matching by box sums. */
  public PatchErrors(PatchSetting setting) {
    this(setting, new BoxSumMatcher());
  }

  /** Errors with a matcher. */
  public PatchErrors(PatchSetting setting, PatchMatcher matcher) {
    this.setting = setting;
    this.matcher = matcher;
  }

  /** The error of every patch of the source, averaged, in units of 0..255. */
  public double mean(List<ByteImage> source, List<ByteImage> target) {
    Check.that(
        source.size() >= setting.patchFrames() && target.size() >= setting.patchFrames(),
        "clips must have >= %s frames, had %s and %s",
        setting.patchFrames(),
        source.size(),
        target.size());
    ColorClip from = clip(source);
    ColorClip to = clip(target);
    MatchOptions options =
        MatchOptions.SMALL
            .withPatchPx(setting.patchPx(), setting.stridePx())
            .withPatchFrames(setting.patchFrames(), setting.strideFrames());
    PatchGrid grid = PatchGrid.of(options, from, to);
    int[] chosen = matcher.match(from, to, grid);
    double[] byPlace = new double[grid.rows() * grid.columns()];
    Parallel.blocks(
        byPlace.length,
        32,
        (start, end) -> {
          for (int place = start; place < end; place++) {
            byPlace[place] = placeError(from, to, grid, chosen, place);
          }
        });
    return 255 * overBlocks(byPlace, grid);
  }

  private static ColorClip clip(List<ByteImage> frames) {
    return ColorClip.ofBytes(frames, 0, 0, frames.get(0).size());
  }

  private static double placeError(
      ColorClip from, ColorClip to, PatchGrid grid, int[] chosen, int place) {
    int p = grid.options().patchPx();
    int top = place / grid.columns() * grid.options().stridePx();
    int left = place % grid.columns() * grid.options().stridePx();
    double sum = 0;
    for (int i = 0; i < grid.queries(); i++) {
      int j = chosen[place * grid.queries() + i];
      for (int dt = 0; dt < grid.options().patchFrames(); dt++) {
        int t = i * grid.options().strideFrames() + dt;
        int k = j * grid.options().strideFrames() + dt;
        for (int c = 0; c < 3; c++) {
          for (int y = top; y < top + p; y++) {
            int a = from.index(t, c, y) + left;
            int b = to.index(k, c, y) + left;
            for (int x = 0; x < p; x++) {
              sum += Math.abs(from.values()[a + x] - to.values()[b + x]);
            }
          }
        }
      }
    }
    return sum / ((double) grid.queries() * grid.patchValues());
  }

  /** Mean over blocks of the mean over the patches of each, small blocks at the border included. */
  private double overBlocks(double[] byPlace, PatchGrid grid) {
    int block = PatchGrid.fit(BLOCK_PX, setting.patchPx(), setting.stridePx());
    int perBlock = (block - setting.patchPx()) / setting.stridePx() + 1;
    List<Double> means = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row += perBlock) {
      for (int column = 0; column < grid.columns(); column += perBlock) {
        double sum = 0;
        int lastRow = Math.min(grid.rows(), row + perBlock);
        int lastColumn = Math.min(grid.columns(), column + perBlock);
        for (int r = row; r < lastRow; r++) {
          for (int c = column; c < lastColumn; c++) {
            sum += byPlace[r * grid.columns() + c];
          }
        }
        means.add(sum / ((double) (lastRow - row) * (lastColumn - column)));
      }
    }
    return means.stream().mapToDouble(m -> m).average().orElse(Double.NaN);
  }
}
