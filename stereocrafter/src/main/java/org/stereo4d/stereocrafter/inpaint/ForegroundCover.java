package org.stereo4d.stereocrafter.inpaint;

import java.util.Arrays;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Parallel;

/**
 * Hides the near pixels about holes under the background's colours, so that none of theirs flows
 * in.
 *
 * <p>To mask them as holes of their own would not do: a fill that walks inward creeps along the
 * outline of the object, however far the mask reaches, and drags its colour along.
 */
final class ForegroundCover {
  private final int reach;
  private final Mask holes;
  private final BackgroundFill background;

  /**
   * A cover.
   *
   * @param reach rows and columns about a hole from which a fill takes anything
   */
  ForegroundCover(int reach, Mask holes, BackgroundFill background) {
    this.reach = reach;
    this.holes = holes;
    this.background = background;
  }

  /**
   * A picture without the pixels that are nearer than what is behind a hole in reach.
   *
   * @param image whose holes show the background
   * @param tolerancePx how much nearer they must be
   */
  ByteImage of(ByteImage image, DisparityMap disparity, double tolerancePx) {
    int width = image.width();
    int height = image.height();
    int[] across = new int[holes.array().length];
    boolean[] isAbout = new boolean[height];
    Parallel.rows(
        height,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            isAbout[y] = findAcross(y, across);
          }
        });
    ByteImage out = image.copy();
    float[] px = disparity.px().array();
    Parallel.rows(
        height,
        (start, end) -> {
          int[] hole = new int[width];
          for (int y = start; y < end; y++) {
            Arrays.fill(hole, -1);
            boolean any = false;
            for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
              any |= isAbout[row];
              for (int x = 0; isAbout[row] && x < width; x++) {
                hole[x] = farther(hole[x], across[row * width + x]);
              }
            }
            for (int x = 0; any && x < width; x++) {
              int i = y * width + x;
              if (hole[x] >= 0 && px[i] > background.behind(hole[x]) + tolerancePx) {
                System.arraycopy(image.array(), 3 * hole[x], out.array(), 3 * i, 3);
              }
            }
          }
        });
    return out;
  }

  /** Finds for each pixel of a row the hole in reach with the farthest background. */
  private boolean findAcross(int y, int[] across) {
    int width = holes.size().width();
    int row = y * width;
    Arrays.fill(across, row, row + width, -1);
    boolean any = false;
    for (int x = 0; x < width; x++) {
      if (holes.array()[row + x]) {
        any = true;
        int last = Math.min(width - 1, x + reach);
        for (int k = Math.max(0, x - reach); k <= last; k++) {
          across[row + k] = farther(across[row + k], row + x);
        }
      }
    }
    return any;
  }

  private int farther(int one, int other) {
    if (one < 0 || other < 0) {
      return Math.max(one, other);
    }
    return background.behind(other) < background.behind(one) ? other : one;
  }
}
