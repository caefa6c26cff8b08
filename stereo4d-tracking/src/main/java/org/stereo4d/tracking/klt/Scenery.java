package org.stereo4d.tracking.klt;

import java.util.Arrays;

/**
 * The largest group of points of a block that moves as one: what stands still before a camera that
 * moves.
 *
 * <p>Its motion since the queries is a quadratic of the place p there, with u, v the place from the
 * middle of the picture in halves of its longer side. It is fitted in every frame to all points in
 * sight, starting from the frame before, by Geman and McClure's estimator, so that whatever moves
 * otherwise does not count:
 *
 * <pre>
 * p(t) = p + B(t) (1, u, v, u^2, u v, v^2)
 * minimise  sum e^2 / (c^2 + e^2),   e = distance of the point from p(t),   c = {@link #SCALE_PX}
 * </pre>
 *
 * Turns of a camera and planes are followed to second order; what is much nearer than the rest is
 * not part of it, and points are held to it only where they were seen to be.
 */
final class Scenery {
  private static final int TERMS = 6;
  private static final double SCALE_PX = 1.5;
  private static final int ITERATIONS = 2;

  /** Weight of no motion, in points. */
  private static final double DAMPING = 1e-3;

  /** Fewer points, or a smaller share of those in sight, are no scenery. */
  private static final double LEAST_POINTS = 24;

  private static final double LEAST_SHARE = 0.3;

  private final double centerX;
  private final double centerY;
  private final double unit;
  private final double[] startX;
  private final double[] startY;

  /** B of all frames: the terms of x, then those of y. */
  private final double[] motion;

  private final boolean[] known;

  /** How far points in sight are from where they would be. */
  private final double[] awayX;

  private final double[] awayY;
  private final double[] sorted;
  private final double[] terms = new double[TERMS];
  private final double[] matrix = new double[TERMS * TERMS];
  private final double[] rightX = new double[TERMS];
  private final double[] rightY = new double[TERMS];

  /**
   * One that does not move yet.
   *
   * @param startX index places of the points at their query
   * @param startY likewise
   */
  Scenery(LumaFrame frame, double[] startX, double[] startY, int frameCount) {
    this.centerX = 0.5 * (frame.width() - 1);
    this.centerY = 0.5 * (frame.height() - 1);
    this.unit = 0.5 * Math.max(frame.width(), frame.height());
    this.startX = startX;
    this.startY = startY;
    this.motion = new double[2 * TERMS * frameCount];
    this.known = new boolean[frameCount];
    this.awayX = new double[startX.length];
    this.awayY = new double[startX.length];
    this.sorted = new double[startX.length];
  }

  /** Whether enough points moved as one until a frame. */
  boolean isKnown(int frame) {
    return known[frame];
  }

  /** Puts a match, upright, where a point would be in a frame if it belonged here. */
  void place(int point, int frame, Match place) {
    place.upright();
    place.x = startX[point];
    place.y = startY[point];
    setTerms(point);
    for (int i = 0, b = 2 * TERMS * frame; i < TERMS; i++, b++) {
      place.x += motion[b] * terms[i];
      place.y += motion[b + TERMS] * terms[i];
    }
  }

  /**
   * Fits the motion to the points in sight.
   *
   * @param before the frame whose motion it starts from
   * @param place scratch
   */
  void fit(Point[] points, int frame, int before, Match place) {
    int base = 2 * TERMS * frame;
    System.arraycopy(motion, 2 * TERMS * before, motion, base, 2 * TERMS);
    shiftToMost(points, frame, place);
    double total = 0;
    int seen = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      Arrays.fill(matrix, 0);
      Arrays.fill(rightX, 0);
      Arrays.fill(rightY, 0);
      total = 0;
      seen = 0;
      for (int k = 0; k < points.length; k++) {
        if (points[k].visible) {
          place(k, frame, place);
          total += add(points[k].match.x - place.x, points[k].match.y - place.y);
          seen++;
        }
      }
      for (int i = 0; i < TERMS; i++) {
        matrix[(TERMS + 1) * i] += DAMPING;
      }
      Template.factor(matrix);
      Template.solve(matrix, rightX);
      Template.solve(matrix, rightY);
      for (int i = 0; i < TERMS; i++) {
        motion[base + i] += rightX[i];
        motion[base + TERMS + i] += rightY[i];
      }
    }
    known[frame] = total >= LEAST_POINTS && total >= LEAST_SHARE * seen;
  }

  /** Adds a point, whose terms are set, with its distance; returns its weight. */
  private double add(double ex, double ey) {
    double weight = weight(ex, ey);
    for (int i = 0; i < TERMS; i++) {
      double weighted = weight * terms[i];
      for (int j = 0; j <= i; j++) {
        matrix[TERMS * i + j] += weighted * terms[j];
      }
      rightX[i] += weighted * ex;
      rightY[i] += weighted * ey;
    }
    return weight;
  }

  private static double weight(double ex, double ey) {
    double ratio = SCALE_PX * SCALE_PX / (SCALE_PX * SCALE_PX + ex * ex + ey * ey);
    return ratio * ratio;
  }

  /** Shifts the start by the median step when more points agree with that: a fast turn. */
  private void shiftToMost(Point[] points, int frame, Match place) {
    int seen = 0;
    double agreeing = 0;
    for (int k = 0; k < points.length; k++) {
      if (points[k].visible) {
        place(k, frame, place);
        awayX[seen] = points[k].match.x - place.x;
        awayY[seen] = points[k].match.y - place.y;
        agreeing += weight(awayX[seen], awayY[seen]);
        seen++;
      }
    }
    if (agreeing >= 0.5 * seen) {
      return;
    }
    double stepX = median(awayX, seen);
    double stepY = median(awayY, seen);
    double agreeingShifted = 0;
    for (int k = 0; k < seen; k++) {
      agreeingShifted += weight(awayX[k] - stepX, awayY[k] - stepY);
    }
    if (agreeingShifted > agreeing) {
      motion[2 * TERMS * frame] += stepX;
      motion[2 * TERMS * frame + TERMS] += stepY;
    }
  }

  private double median(double[] values, int count) {
    System.arraycopy(values, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    return sorted[count / 2];
  }

  private void setTerms(int point) {
    double u = (startX[point] - centerX) / unit;
    double v = (startY[point] - centerY) / unit;
    terms[0] = 1;
    terms[1] = u;
    terms[2] = v;
    terms[3] = u * u;
    terms[4] = u * v;
    terms[5] = v * v;
  }
}
