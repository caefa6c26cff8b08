package org.stereo4d.tracking.klt;

/**
 * What the points about a point at its query do.
 *
 * <p>Where a point is that left the scenery is guessed from the nearest that did so too, by an
 * affine motion since the queries, with q the place of a neighbour from the point at the query, d
 * its motion since and w falling off with the distance and with the residual:
 *
 * <pre>
 * minimise  sum w |a + M q - d|^2 + s |M|^2 mean w      place = query + a,   shape = I + M
 * </pre>
 */
final class Surroundings {
  /** Points whose motions differ less move together; one is with the scenery so near, px. */
  static final double APART_PX = 2;

  /** Neighbours that are known. */
  private static final int MOST = 48;

  /** Neighbours a guess is made from. */
  private static final int WITNESSES = 12;

  private static final int LEAST_WITNESSES = 3;

  /** Neighbours a point that leaves the scenery must leave it with. */
  private static final int NEAREST = 8;

  /** Distance at which a neighbour counts half, px. */
  private static final double NEAR_PX = 30;

  /** Residual at which a neighbour counts a quarter, px. */
  private static final double ODD_PX = 3;

  /** s: squared spread below which neighbours only shift, squared px. */
  private static final double STIFFNESS = 200;

  private static final int ITERATIONS = 5;

  private final double[] startX;
  private final double[] startY;

  /** The nearest points of each, in order. */
  private final int[] nearest;

  private final int count;
  private final int[] witness = new int[WITNESSES];
  private final double[] near = new double[WITNESSES];
  private final double[] weight = new double[WITNESSES];

  /**
   * Finds the neighbours.
   *
   * @param startX index places of the points at their query
   * @param startY likewise
   */
  Surroundings(double[] startX, double[] startY) {
    this.startX = startX;
    this.startY = startY;
    this.count = Math.min(MOST, startX.length - 1);
    this.nearest = new int[count * startX.length];
    double[] apart = new double[count];
    for (int k = 0; k < startX.length; k++) {
      findNearest(k, apart);
    }
  }

  private void findNearest(int k, double[] apart) {
    int base = k * count;
    for (int j = 0, found = 0; j < startX.length; j++) {
      double u = startX[j] - startX[k];
      double v = startY[j] - startY[k];
      double square = u * u + v * v;
      if (j == k || found == count && square >= apart[count - 1]) {
        continue;
      }
      int at = found < count ? found++ : count - 1;
      while (at > 0 && apart[at - 1] > square) {
        apart[at] = apart[at - 1];
        nearest[base + at] = nearest[base + at - 1];
        at--;
      }
      apart[at] = square;
      nearest[base + at] = j;
    }
  }

  /**
   * Whether a point has left the scenery while some of those next to it stay and none goes along:
   * what covers it drags it away.
   */
  boolean leavesAlone(Point[] points, int k) {
    Point point = points[k];
    boolean stays = false;
    for (int i = k * count; i < k * count + Math.min(count, NEAREST); i++) {
      Point other = points[nearest[i]];
      if (other.visible) {
        if (Math.hypot(point.awayX - other.awayX, point.awayY - other.awayY) < APART_PX) {
          return false;
        }
        stays |= other.isWithScenery();
      }
    }
    return stays;
  }

  /** Guesses place and shape of a point; false when too few that left the scenery are in sight. */
  boolean guess(Point[] points, int k, Match guess) {
    int n = 0;
    for (int i = k * count; i < (k + 1) * count && n < WITNESSES; i++) {
      Point other = points[nearest[i]];
      if (other.visible && !other.isWithScenery()) {
        witness[n++] = nearest[i];
      }
    }
    if (n < LEAST_WITNESSES) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      double u = startX[witness[i]] - startX[k];
      double v = startY[witness[i]] - startY[k];
      near[i] = 1 / (1 + (u * u + v * v) / (NEAR_PX * NEAR_PX));
      weight[i] = near[i];
    }
    guess.upright();
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      if (!solve(points, k, n, guess)) {
        return false;
      }
      weigh(points, k, n, guess);
    }
    guess.x += startX[k];
    guess.y += startY[k];
    return true;
  }

  /** Leaves a and I + M in a match. */
  private boolean solve(Point[] points, int k, int n, Match guess) {
    double s = 0;
    double su = 0;
    double sv = 0;
    double uu = 0;
    double uv = 0;
    double vv = 0;
    double x = 0;
    double y = 0;
    double ux = 0;
    double uy = 0;
    double vx = 0;
    double vy = 0;
    for (int i = 0; i < n; i++) {
      int j = witness[i];
      double u = startX[j] - startX[k];
      double v = startY[j] - startY[k];
      double dx = points[j].match.x - startX[j];
      double dy = points[j].match.y - startY[j];
      double w = weight[i];
      s += w;
      su += w * u;
      sv += w * v;
      uu += w * u * u;
      uv += w * u * v;
      vv += w * v * v;
      x += w * dx;
      y += w * dy;
      ux += w * u * dx;
      uy += w * u * dy;
      vx += w * v * dx;
      vy += w * v * dy;
    }
    uu += STIFFNESS * s / n;
    vv += STIFFNESS * s / n;
    double c00 = uu * vv - uv * uv;
    double c01 = sv * uv - su * vv;
    double c02 = su * uv - sv * uu;
    double c11 = s * vv - sv * sv;
    double c12 = su * sv - s * uv;
    double c22 = s * uu - su * su;
    double determinant = s * c00 + su * c01 + sv * c02;
    guess.x = (c00 * x + c01 * ux + c02 * vx) / determinant;
    guess.axx = 1 + (c01 * x + c11 * ux + c12 * vx) / determinant;
    guess.axy = (c02 * x + c12 * ux + c22 * vx) / determinant;
    guess.y = (c00 * y + c01 * uy + c02 * vy) / determinant;
    guess.ayx = (c01 * y + c11 * uy + c12 * vy) / determinant;
    guess.ayy = 1 + (c02 * y + c12 * uy + c22 * vy) / determinant;
    return determinant > 0;
  }

  private void weigh(Point[] points, int k, int n, Match guess) {
    for (int i = 0; i < n; i++) {
      int j = witness[i];
      double u = startX[j] - startX[k];
      double v = startY[j] - startY[k];
      double ex = points[j].match.x - startX[j] + u - guess.x - guess.axx * u - guess.axy * v;
      double ey = points[j].match.y - startY[j] + v - guess.y - guess.ayx * u - guess.ayy * v;
      double ratio = 1 + (ex * ex + ey * ey) / (ODD_PX * ODD_PX);
      weight[i] = near[i] / (ratio * ratio);
    }
  }
}
