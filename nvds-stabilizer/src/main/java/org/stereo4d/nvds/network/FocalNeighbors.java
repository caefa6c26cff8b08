package org.stereo4d.nvds.network;

import java.util.Arrays;

/**
 * Which of the tokens of a picture each attention window looks at: 289 keys per window, as places
 * in one list that holds the target's tokens, its pooled windows, and the pooled tokens of the
 * three references, one after the other, and a token of zeros for places outside.
 */
final class FocalNeighbors {
  static final int WINDOW = NvdsLayout.WINDOW;
  static final int TOKENS = WINDOW * WINDOW;

  /** Sides of the neighbourhoods in the pooled target and the three references. */
  static final int[] SIDES = {5, 7, 5, 3};

  /** Cells of a pooled map per window and axis. */
  private static final int[] CELLS = {1, 7, 4, 2};

  private static final int SHIFT = 3;
  private static final int[][] SHIFTS = {
    {-SHIFT, -SHIFT}, {-SHIFT, SHIFT}, {SHIFT, -SHIFT}, {SHIFT, SHIFT}
  };
  static final int RING = 4 * 33;
  static final int KEYS = TOKENS + RING + 25 + 49 + 25 + 9;

  private final int rows;
  private final int columns;
  private final long[] index;
  private final int zeroToken;
  private int filled;

  /** Neighbourhoods for a picture of {@code rows x columns} windows. */
  FocalNeighbors(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.index = new long[rows * columns * KEYS];
    int count = TOKENS * rows * columns;
    for (int cells : CELLS) {
      count += cells * cells * rows * columns;
    }
    this.zeroToken = count;
    for (int wy = 0; wy < rows; wy++) {
      for (int wx = 0; wx < columns; wx++) {
        window(wy, wx);
      }
    }
  }

  private void window(int wy, int wx) {
    for (int token = 0; token < TOKENS; token++) {
      own(WINDOW * wy + token / WINDOW, WINDOW * wx + token % WINDOW);
    }
    for (int s = 0; s < SHIFTS.length; s++) {
      for (int token : ringTokens(s)) {
        own(
            WINDOW * wy + token / WINDOW - SHIFTS[s][0],
            WINDOW * wx + token % WINDOW - SHIFTS[s][1]);
      }
    }
    int start = TOKENS * rows * columns;
    for (int level = 0; level < SIDES.length; level++) {
      int cells = CELLS[level];
      int side = SIDES[level];
      int y0 = cells * wy - side / 2;
      int x0 = cells * wx - side / 2;
      for (int k = 0; k < side * side; k++) {
        pooled(start, cells, y0 + k / side, x0 + k % side);
      }
      start += cells * cells * rows * columns;
    }
  }

  /** A token of the target; the picture wraps round at its borders. */
  private void own(int y, int x) {
    int width = WINDOW * columns;
    index[filled++] = Math.floorMod(y, WINDOW * rows) * (long) width + Math.floorMod(x, width);
  }

  private void pooled(int start, int cells, int y, int x) {
    boolean inside = y >= 0 && y < cells * rows && x >= 0 && x < cells * columns;
    index[filled++] = inside ? start + y * cells * columns + x : zeroToken;
  }

  /** The tokens of a rolled window that lie in the ring: all but the 4x4 that stay inside. */
  static int[] ringTokens(int shift) {
    boolean lowRows = SHIFTS[shift][0] < 0;
    boolean lowColumns = SHIFTS[shift][1] < 0;
    int[] out = new int[TOKENS];
    int n = 0;
    for (int token = 0; token < TOKENS; token++) {
      int y = token / WINDOW;
      int x = token % WINDOW;
      boolean dropped = (lowRows ? y <= 3 : y >= 3) && (lowColumns ? x <= 3 : x >= 3);
      if (!dropped) {
        out[n++] = token;
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** Place of every key, (windows, 289) row by row. */
  long[] index() {
    return index;
  }

  /** -100 for keys outside, else 0; (windows, 289). */
  float[] mask() {
    float[] out = new float[index.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = index[i] == zeroToken ? -100 : 0;
    }
    return out;
  }

  /**
   * Entry of a table of relative positions, {@code (yq - yk + K - 1) (6 + K) + (xq - xk + K - 1)}.
   *
   * @param side K, of the neighbourhood
   */
  static int relativePosition(int query, int key, int side) {
    int dy = query / WINDOW - key / side + side - 1;
    int dx = query % WINDOW - key % side + side - 1;
    return dy * (WINDOW - 1 + side) + dx;
  }
}
