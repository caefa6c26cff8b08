package org.stereo4d.tracking.klt;

/**
 * Points that moved as a lost point did, and where all of them were when they were chosen. While
 * the point is hidden, an affine motion fitted to its companions says where it must be.
 *
 * <p>With reference places r and present places x of the companions in sight, and means marked by a
 * bar,
 *
 * <pre>
 * M = I + (sum (x - xbar - r + rbar)(r - rbar)^T) (sum (r - rbar)(r - rbar)^T + s^2 I)^-1
 * place = xbar + M (r_lost - rbar)
 * </pre>
 *
 * so few or crowded companions only shift. Places do not drift: they hang on the companions' own
 * templates.
 */
final class Companions {
  private static final int MOST = 12;

  /** s: spread below which companions only shift, px. */
  private static final double STIFFNESS_PX = 30;

  /** Companions moved alike since the query up to this, px, and a share of their distance. */
  private static final double ALIKE_PX = 2;

  private static final double ALIKE_SHARE = 0.08;

  /** What a pixel of distance counts against a pixel of different motion. */
  private static final double DISTANCE_SHARE = 0.05;

  /** So many companions are enough. */
  private static final int MIN_WITNESSES = 3;

  private final int[] index = new int[MOST];
  private final double[] referenceX = new double[MOST];
  private final double[] referenceY = new double[MOST];
  private final double[] score = new double[MOST];
  private int count;
  private double ownX;
  private double ownY;

  /** How many are visible. */
  int seen(Point[] points) {
    int seen = 0;
    for (int c = 0; c < count; c++) {
      seen += points[index[c]].visible ? 1 : 0;
    }
    return seen;
  }

  /**
   * Chooses companions of a point by what all did between the query and a moment before the loss,
   * since a point that is being covered is first dragged along. If some of them also moved as the
   * point did since that moment, only those stay.
   *
   * @param k the lost point
   * @param past places of all points at some frames
   * @return whether the point was dragged: others shared its past, and none its present
   */
  boolean choose(Point[] points, int k, BlockPast past) {
    gather(points, k, past, true);
    if (count >= MIN_WITNESSES) {
      return false;
    }
    gather(points, k, past, false);
    return count >= MIN_WITNESSES;
  }

  /** Looks about where the point was, farther and farther away, until none can be better. */
  private void gather(Point[] points, int k, BlockPast past, boolean now) {
    count = 0;
    ownX = past.x(k, past.reference());
    ownY = past.y(k, past.reference());
    int column = past.column(ownX);
    int row = past.row(ownY);
    int rings = Math.max(past.columns(), past.rows());
    for (int ring = 0; ring < rings && !isSettled((ring - 1) * past.cellPx); ring++) {
      for (int r = row - ring; r <= row + ring; r++) {
        int step = Math.abs(r - row) == ring ? 1 : 2 * ring;
        for (int c = column - ring; c <= column + ring; c += step) {
          for (int i = past.first(c, r); i < past.end(c, r); i++) {
            consider(points, k, past.point(i), past, now);
          }
        }
      }
    }
  }

  /** Whether all companions are better than any that is so far away can be. */
  private boolean isSettled(int apartPx) {
    return count == MOST && score[MOST - 1] <= DISTANCE_SHARE * apartPx;
  }

  private void consider(Point[] points, int k, int j, BlockPast past, boolean now) {
    if (j == k || !points[j].visible) {
      return;
    }
    int reference = past.reference();
    double u = past.x(j, reference) - ownX;
    double v = past.y(j, reference) - ownY;
    double apart = Math.sqrt(u * u + v * v);
    double limit = ALIKE_PX + ALIKE_SHARE * apart;
    double unlike = 0;
    for (int s = now ? reference + 1 : reference; s >= 0 && unlike < limit; s--) {
      double dx = past.x(j, reference) - past.x(j, s) - ownX + past.x(k, s);
      double dy = past.y(j, reference) - past.y(j, s) - ownY + past.y(k, s);
      unlike =
          past.visible(j, s)
              ? Math.max(unlike, Math.sqrt(dx * dx + dy * dy))
              : Double.POSITIVE_INFINITY;
    }
    if (unlike < limit) {
      insert(j, past.x(j, reference), past.y(j, reference), unlike + DISTANCE_SHARE * apart);
    }
  }

  private void insert(int j, double x, double y, double value) {
    if (count == MOST && value >= score[MOST - 1]) {
      return;
    }
    int at = Math.min(count, MOST - 1);
    while (at > 0 && score[at - 1] > value) {
      index[at] = index[at - 1];
      referenceX[at] = referenceX[at - 1];
      referenceY[at] = referenceY[at - 1];
      score[at] = score[at - 1];
      at--;
    }
    index[at] = j;
    referenceX[at] = x;
    referenceY[at] = y;
    score[at] = value;
    count = Math.min(MOST, count + 1);
  }

  /** Puts a place where the companions in sight say; there must be one. */
  void predict(Point[] points, Match place) {
    double rx = 0;
    double ry = 0;
    double x = 0;
    double y = 0;
    int n = 0;
    for (int c = 0; c < count; c++) {
      Point other = points[index[c]];
      if (other.visible) {
        rx += referenceX[c];
        ry += referenceY[c];
        x += other.match.x;
        y += other.match.y;
        n++;
      }
    }
    rx /= n;
    ry /= n;
    x /= n;
    y /= n;
    double xx = STIFFNESS_PX * STIFFNESS_PX;
    double xy = 0;
    double yy = xx;
    double mxx = 0;
    double mxy = 0;
    double myx = 0;
    double myy = 0;
    for (int c = 0; c < count; c++) {
      Point other = points[index[c]];
      if (other.visible) {
        double u = referenceX[c] - rx;
        double v = referenceY[c] - ry;
        double dx = other.match.x - x - u;
        double dy = other.match.y - y - v;
        xx += u * u;
        xy += u * v;
        yy += v * v;
        mxx += dx * u;
        mxy += dx * v;
        myx += dy * u;
        myy += dy * v;
      }
    }
    double determinant = xx * yy - xy * xy;
    double u = ownX - rx;
    double v = ownY - ry;
    double solvedU = (yy * u - xy * v) / determinant;
    double solvedV = (xx * v - xy * u) / determinant;
    place.x = x + u + mxx * solvedU + mxy * solvedV;
    place.y = y + v + myx * solvedU + myy * solvedV;
  }
}
