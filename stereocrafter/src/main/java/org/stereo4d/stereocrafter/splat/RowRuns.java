package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;

/** Runs of pixels of a row that move by the same number of whole pixels and take part. */
public final class RowRuns {
  /** Pixels looked at one by one. */
  private static final int SOON = 8;

  private final int width;
  private final int lowest;
  private final int highest;
  private final int[] starts;
  private final int[] ends;
  private final int[] bases;
  private int count;

  /** First taps from column {@code lowest} to column {@code highest} take part. */
  RowRuns(int width, int lowest, int highest) {
    this.width = width;
    this.lowest = lowest;
    this.highest = highest;
    this.starts = new int[width];
    this.ends = new int[width];
    this.bases = new int[width];
  }

  /** Number of runs. */
  public int count() {
    return count;
  }

  /** First pixel of a run. */
  public int start(int run) {
    return starts[run];
  }

  /** Pixel behind a run. */
  public int end(int run) {
    return ends[run];
  }

  /** Columns to the right from a pixel of a run to its first tap. */
  public int motion(int run) {
    return bases[run];
  }

  /** Column of the first tap of a run. */
  int firstColumn(int run) {
    return starts[run] + bases[run];
  }

  /** Column of the last tap of a run. */
  int lastColumn(int run) {
    return ends[run] + bases[run];
  }

  int length(int run) {
    return ends[run] - starts[run];
  }

  /**
   * Finds the runs of a row by the whole parts of its motion.
   *
   * @param most number of runs at which to give up
   * @return whether there are fewer
   */
  boolean find(float[] whole, int most) {
    count = 0;
    int x = 0;
    while (x < width && count < most) {
      int start = x;
      float motion = whole[start];
      x = end(whole, start);
      if (!(Math.abs(motion) <= width)) {
        continue; // unknown, or far outside
      }
      int base = (int) motion;
      int first = Math.max(start, lowest - base);
      int end = Math.min(x, highest - base + 1);
      if (first < end) {
        starts[count] = first;
        ends[count] = end;
        bases[count] = base;
        count++;
      }
    }
    return count < most;
  }

  private int end(float[] whole, int start) {
    float motion = whole[start];
    int x = start + 1;
    int soon = Math.min(width, start + SOON);
    while (x < soon && whole[x] == motion) {
      x++;
    }
    if (x < soon || x == width) {
      return x;
    }
    // the first pixel that differs from the one before it
    int same = Arrays.mismatch(whole, x - 1, width - 1, whole, x, width);
    return same < 0 ? width : x + same;
  }
}
