package org.stereo4d.benchmarks.tracking;

/** A plain 2D tree over points, split at the median of alternating axes: the rival of buckets. */
final class KdTree {
  private final double[] xy;
  private final int count;

  KdTree(double[] xy, int count) {
    this.xy = xy;
    this.count = count;
    build(0, count, 0);
  }

  private void build(int from, int to, int axis) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    select(from, to - 1, middle, axis);
    build(from, middle, 1 - axis);
    build(middle + 1, to, 1 - axis);
  }

  private void select(int low, int high, int target, int axis) {
    int left = low;
    int right = high;
    while (left < right) {
      double pivot = xy[2 * ((left + right) >>> 1) + axis];
      int i = left;
      int j = right;
      while (i <= j) {
        while (xy[2 * i + axis] < pivot) {
          i++;
        }
        while (xy[2 * j + axis] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(i++, j--);
        }
      }
      if (target <= j) {
        right = j;
      } else if (target >= i) {
        left = i;
      } else {
        return;
      }
    }
  }

  private void swap(int a, int b) {
    for (int axis = 0; axis < 2; axis++) {
      double t = xy[2 * a + axis];
      xy[2 * a + axis] = xy[2 * b + axis];
      xy[2 * b + axis] = t;
    }
  }

  /** Squared distance of the nearest point; infinite when there is none. */
  double nearest(double x, double y) {
    return nearest(0, count, 0, x, y, Double.POSITIVE_INFINITY);
  }

  private double nearest(int from, int to, int axis, double x, double y, double best) {
    if (from >= to) {
      return best;
    }
    int middle = (from + to) >>> 1;
    double dx = x - xy[2 * middle];
    double dy = y - xy[2 * middle + 1];
    double found = Math.min(best, dx * dx + dy * dy);
    double away = axis == 0 ? dx : dy;
    boolean lowFirst = away < 0;
    found =
        lowFirst
            ? nearest(from, middle, 1 - axis, x, y, found)
            : nearest(middle + 1, to, 1 - axis, x, y, found);
    if (away * away <= found) {
      found =
          lowFirst
              ? nearest(middle + 1, to, 1 - axis, x, y, found)
              : nearest(from, middle, 1 - axis, x, y, found);
    }
    return found;
  }
}
