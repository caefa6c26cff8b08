package org.stereo4d.depth.sgm;

import java.util.Arrays;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Parallel;

/**
 * 9x7 census words: bit k tells whether neighbour k is darker than the centre. The border repeats.
 */
final class Census {
  private static final int HALF_WIDTH = 4;
  private static final int HALF_HEIGHT = 3;

  private Census() {}

  static long[] of(ByteImage gray) {
    int width = gray.width();
    int height = gray.height();
    long[] out = new long[width * height];
    Parallel.blocks(
        height,
        32,
        (start, end) -> {
          int[][] rows = new int[2 * HALF_HEIGHT + 1][width + 2 * HALF_WIDTH];
          int[] above = new int[width];
          int[] beside = new int[width];
          int[] below = new int[width];
          for (int y = start - HALF_HEIGHT; y < end + HALF_HEIGHT; y++) {
            int[] oldest = rows[0];
            System.arraycopy(rows, 1, rows, 0, rows.length - 1);
            rows[rows.length - 1] = oldest;
            padRow(gray, Math.max(0, Math.min(height - 1, y)), oldest);
            int center = y - HALF_HEIGHT;
            if (center >= start) {
              words(rows, above, beside, below);
              join(above, beside, below, out, center * width);
            }
          }
        });
    return out;
  }

  private static void padRow(ByteImage gray, int y, int[] out) {
    int width = gray.width();
    int base = gray.index(0, y);
    for (int x = 0; x < width; x++) {
      out[x + HALF_WIDTH] = gray.array()[base + x] & 0xff;
    }
    for (int k = 0; k < HALF_WIDTH; k++) {
      out[k] = out[HALF_WIDTH];
      out[HALF_WIDTH + width + k] = out[HALF_WIDTH + width - 1];
    }
  }

  private static void words(int[][] rows, int[] above, int[] beside, int[] below) {
    Arrays.fill(above, 0);
    Arrays.fill(below, 0);
    int[] middle = rows[HALF_HEIGHT];
    for (int j = 0; j < HALF_HEIGHT; j++) {
      appendNine(rows[j], middle, above);
      appendNine(rows[HALF_HEIGHT + 1 + j], middle, below);
    }
    for (int x = 0; x < beside.length; x++) {
      int c = middle[x + 4];
      beside[x] =
          ((middle[x] - c) >>> 31 << 7)
              | ((middle[x + 1] - c) >>> 31 << 6)
              | ((middle[x + 2] - c) >>> 31 << 5)
              | ((middle[x + 3] - c) >>> 31 << 4)
              | ((middle[x + 5] - c) >>> 31 << 3)
              | ((middle[x + 6] - c) >>> 31 << 2)
              | ((middle[x + 7] - c) >>> 31 << 1)
              | ((middle[x + 8] - c) >>> 31);
    }
  }

  /** The sign of each difference is a bit; constant offsets let the loop compile to vector code. */
  private static void appendNine(int[] row, int[] middle, int[] word) {
    for (int x = 0; x < word.length; x++) {
      int c = middle[x + 4];
      word[x] =
          (word[x] << 9)
              | ((row[x] - c) >>> 31 << 8)
              | ((row[x + 1] - c) >>> 31 << 7)
              | ((row[x + 2] - c) >>> 31 << 6)
              | ((row[x + 3] - c) >>> 31 << 5)
              | ((row[x + 4] - c) >>> 31 << 4)
              | ((row[x + 5] - c) >>> 31 << 3)
              | ((row[x + 6] - c) >>> 31 << 2)
              | ((row[x + 7] - c) >>> 31 << 1)
              | ((row[x + 8] - c) >>> 31);
    }
  }

  private static void join(int[] above, int[] beside, int[] below, long[] out, int at) {
    for (int x = 0; x < above.length; x++) {
      out[at + x] = (long) above[x] << 35 | (long) beside[x] << 27 | below[x];
    }
  }
}
