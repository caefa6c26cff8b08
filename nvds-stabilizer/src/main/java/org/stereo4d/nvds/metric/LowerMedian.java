package org.stereo4d.nvds.metric;

import java.util.Arrays;

/** Selection of the lower median: element (m - 1) / 2 of m sorted values. */
public final class LowerMedian {
  private LowerMedian() {}

  /**
   * The lower median of the first values of an array, which are put in another order.
   *
   * @param values none NaN
   * @param count how many count
   * @return NaN when count is 0
   */
  public static float of(float[] values, int count) {
    return count == 0 ? Float.NaN : select(values, count, (count - 1) / 2);
  }

  /**
   * Element {@code rank} of the first values in rising order; they are put in another order.
   *
   * @param rank 0 to count - 1
   */
  public static float select(float[] values, int count, int rank) {
    int low = 0;
    int high = count - 1;
    while (high - low > 16) {
      float pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float t = values[i];
          values[i++] = values[j];
          values[j--] = t;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return pivot;
      }
    }
    Arrays.sort(values, low, high + 1);
    return values[rank];
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
