package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;

/** Runs of pixels of a row that move by the same number of whole pixels and take part. */
public final class RowRuns {
  /** Pixels looked at one by one. */
  private static final int SOON = 8;

  private final int width;
  private final int lowest;
  private final int highest;
  private final int most;
  private final int[] starts;
  private final int[] ends;
  private final int[] bases;
  private int count;
  private int leastMotion;
  private int largestMotion;

  /**
   * First taps from column {@code lowest} to column {@code highest} take part.
   *
   * @param most number of runs at which to give up
   */
  RowRuns(int width, int lowest, int highest, int most) {
    this.width = width;
    this.lowest = lowest;
    this.highest = highest;
    this.most = most;
    this.starts = new int[most];
    this.ends = new int[most];
    this.bases = new int[most];
  }

  /** Forgets the runs of the row before. */
  public void clear() {
    count = 0;
    leastMotion = Integer.MAX_VALUE;
    largestMotion = Integer.MIN_VALUE;
  }

  /**
   * Takes up those pixels of {@code [start, end)} that take part as a run. Once there are too many
   * runs, nothing is taken up.
   *
   * @param whole whole part of the motion of each
   */
  public void add(int start, int end, float whole) {
    if (!(Math.abs(whole) <= width) || count == most) {
      return; // unknown, far outside, or given up
    }
    int base = (int) whole;
    int first = Math.max(start, lowest - base);
    int last = Math.min(end, highest - base + 1);
    if (first < last) {
      starts[count] = first;
      ends[count] = last;
      bases[count] = base;
      count++;
      leastMotion = Math.min(leastMotion, base);
      largestMotion = Math.max(largestMotion, base);
    }
  }

  /** Finds the runs of a row by the whole parts of its motion, unless there are too many. */
  void find(float[] whole) {
    clear();
    for (int x = 0; x < width && count < most; ) {
      int start = x;
      x = end(whole, start);
      add(start, x, whole[start]);
    }
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

  /** Whether there are too many runs to be worth it. */
  public boolean areTooMany() {
    return count == most;
  }

  /**
   * A range that holds the disparities of all pixels that take part, up to a pixel of motion wider
   * at each end; unbounded if there are too many runs, or no motion.
   *
   * @param shift motion to the right in disparities
   */
  float[] range(float shift) {
    if (areTooMany() || shift == 0) {
      return new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    }
    if (count == 0) {
      return new float[2];
    }
    float first = leastMotion / shift;
    float last = (largestMotion + 1) / shift;
    return new float[] {Math.min(first, last), Math.max(first, last)};
  }

  /** Number of runs. */
  public int count() {
    return count;
  }

  /** The first run from a given one on that ends behind pixel x. */
  int firstBehind(int run, int x) {
    int r = run;
    while (r < count && ends[r] <= x) {
      r++;
    }
    return r;
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
}
