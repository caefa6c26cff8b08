package org.stereo4d.depth.sgm;

import java.util.Arrays;
import org.stereo4d.run.Parallel;

/** Best disparities of both views from the path sums. */
public final class Selection {
  /** Disparity of the left view, px from the smallest tried; NaN where not unique. */
  public final float[] left;

  /** Disparity of the right view, whole px from the smallest tried; -1 where nothing arrives. */
  public final short[] right;

  /** Smallest disparity tried, pixels. */
  public final int minDisparity;

  private final double uniquenessShare;

  private Selection(int area, SemiGlobalOptions options) {
    left = new float[area];
    right = new short[area];
    Arrays.fill(right, (short) -1);
    minDisparity = options.minDisparityPx();
    uniquenessShare = options.uniquenessShare();
  }

  static Selection of(
      CostVolume volume,
      short[] forward,
      short[] backward,
      SemiGlobalOptions options,
      SgmKernel kernel) {
    Selection out = new Selection(volume.width * volume.height, options);
    Parallel.blocks(
        volume.height,
        8,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            kernel.select(volume, y, forward, backward, out);
          }
        });
    return out;
  }

  /** A distant sum below this makes a best sum ambiguous. */
  public double rivalLimit(int bestSum) {
    return uniquenessShare == 0 ? 0 : bestSum / (1 - uniquenessShare);
  }

  /** Two lines of equal slope through three sums, the middle the smallest; in [-0.5, 0.5]. */
  public static float fraction(int before, int middle, int after) {
    int steep = Math.max(before, after) - middle;
    return steep == 0 ? 0 : (before - after) / (2f * steep);
  }
}
