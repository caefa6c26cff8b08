package org.stereo4d.tracking.klt;

import java.util.Arrays;

/**
 * A square of brightness samples about a point, and how to find it in another frame.
 *
 * <p>Notation: sample u of the template lies at {@code p + A u} of a frame, p the place, A a 2x2
 * matrix. T(u) is the template without its mean, I(u) the frame there. With the gain g that makes
 * both contrasts equal, the residual is {@code e(u) = g (I(u) - mean I) - T(u)}: changes of
 * brightness and contrast do not count. Inverse compositional steps solve {@code (H + D) s = sum
 * J^T e} with J, H of the template alone; D holds points without texture in place.
 *
 * <p>Samples outside the picture, of the template or of the frame, are left out.
 */
final class Template {
  /** Noise variance over variance of translation, squared levels per squared px. */
  private static final double PLACE_DAMPING = 20;

  /** Noise variance over variance of an affine entry, squared levels. */
  private static final double SHAPE_DAMPING = 4000;

  /** Added to offsets from the place so that a cast is a floor; small, to keep float exact. */
  private static final int SHIFT = 128;

  /** Room for rounding of offsets, px. */
  private static final double MARGIN = 0.01;

  /** Deviation of the weights as a share of the side: the centre counts most. */
  private static final double BELL = 0.3;

  private static final double CONVERGED_PX = 0.03;
  private static final double FAR_PX = 100;

  /** Weight of the samples inside the frame below which nothing is compared. */
  private static final double MIN_COVERAGE = 0.25;

  private static final double MIN_GAIN = 0.5;
  private static final double MAX_GAIN = 2;

  private final int side;
  private final int area;
  private final float spacing;
  private final float[] values;
  private final float[] gx;
  private final float[] gy;
  private final boolean[] known;
  private final float[] weight;
  private final double[] shapeFactor = new double[36];
  private double placeXx;
  private double placeXy;
  private double placeYy;
  private boolean whole;

  /** Contrast: standard deviation of the template, grey levels. */
  double deviation;

  /** Mean brightness of the template, grey levels. */
  double mean;

  Template(int side, double spacingPx) {
    this.side = side;
    this.area = side * side;
    this.spacing = (float) spacingPx;
    this.values = new float[area];
    this.gx = new float[area];
    this.gy = new float[area];
    this.known = new boolean[area];
    this.weight = bell(side);
  }

  /** Weights that fall off from the centre and sum to 1. */
  private static float[] bell(int side) {
    float[] out = new float[side * side];
    double sigma = BELL * side;
    double sum = 0;
    for (int k = 0; k < out.length; k++) {
      int half = side / 2;
      int row = k / side;
      double u = k % side - half;
      double v = row - half;
      out[k] = (float) Math.exp(-(u * u + v * v) / (2 * sigma * sigma));
      sum += out[k];
    }
    for (int k = 0; k < out.length; k++) {
      out[k] /= (float) sum;
    }
    return out;
  }

  /** Place, shape and quality of a match; reused. */
  static final class Match {
    double x;
    double y;
    double axx = 1;
    double axy;
    double ayx;
    double ayy = 1;

    /** Root mean square of the residual, grey levels; infinite when nothing can be compared. */
    double residual;

    /** Mean brightness found, grey levels. */
    double brightness;

    /** Share of samples that lie inside the frame. */
    double coverage;

    void set(Match other) {
      x = other.x;
      y = other.y;
      axx = other.axx;
      axy = other.axy;
      ayx = other.ayx;
      ayy = other.ayy;
      residual = other.residual;
      brightness = other.brightness;
      coverage = other.coverage;
    }

    void upright() {
      axx = 1;
      axy = 0;
      ayx = 0;
      ayy = 1;
    }
  }

  /** Scratch of one thread. */
  static final class Scratch {
    final float[] seen;
    final double[] step = new double[6];

    Scratch(int side) {
      seen = new float[side * side];
    }
  }

  /** Cuts the template about a place, sampled with the shape of a match. */
  void cut(LumaFrame frame, Match at) {
    int half = side / 2;
    double sum = 0;
    double total = 0;
    int n = 0;
    for (int r = 0, k = 0; r < side; r++) {
      for (int c = 0; c < side; c++, k++) {
        float u = (c - half) * spacing;
        float v = (r - half) * spacing;
        double x = at.x + at.axx * u + at.axy * v;
        double y = at.y + at.ayx * u + at.ayy * v;
        known[k] = frame.holds(x, y);
        values[k] = known[k] ? frame.at(x, y) : 0;
        gx[k] = known[k] ? slope(frame, x, y, at.axx, at.ayx) : 0;
        gy[k] = known[k] ? slope(frame, x, y, at.axy, at.ayy) : 0;
        if (known[k]) {
          sum += weight[k] * values[k];
          total += weight[k];
          n++;
        }
      }
    }
    whole = n == area;
    mean = n > 0 ? sum / total : 0;
    double squares = 0;
    for (int k = 0; k < area; k++) {
      if (known[k]) {
        values[k] -= (float) mean;
        squares += weight[k] * values[k] * values[k];
      }
    }
    deviation = n > 0 ? Math.sqrt(squares / total) : 0;
    prepare(total);
    for (int k = 0; k < area; k++) { // steps need the gradients weighted only
      gx[k] *= weight[k] * area;
      gy[k] *= weight[k] * area;
    }
  }

  private static float slope(LumaFrame frame, double x, double y, double dx, double dy) {
    boolean ahead = frame.holds(x + dx, y + dy);
    boolean behind = frame.holds(x - dx, y - dy);
    float high = ahead ? frame.at(x + dx, y + dy) : frame.at(x, y);
    float low = behind ? frame.at(x - dx, y - dy) : frame.at(x, y);
    int steps = (ahead ? 1 : 0) + (behind ? 1 : 0);
    return steps == 0 ? 0 : (high - low) / steps;
  }

  private void prepare(double total) {
    double[] sums = new double[6];
    double[] row = new double[6];
    double[] hessian = shapeFactor;
    Arrays.fill(hessian, 0);
    int half = side / 2;
    for (int r = 0, k = 0; r < side; r++) {
      for (int c = 0; c < side; c++, k++) {
        double u = (c - half) * spacing;
        double v = (r - half) * spacing;
        row[0] = gx[k];
        row[1] = gy[k];
        row[2] = gx[k] * u;
        row[3] = gx[k] * v;
        row[4] = gy[k] * u;
        row[5] = gy[k] * v;
        for (int i = 0; i < 6; i++) {
          double weighted = area * weight[k] * row[i];
          sums[i] += weighted;
          for (int j = 0; j <= i; j++) {
            hessian[6 * i + j] += weighted * row[j];
          }
        }
      }
    }
    for (int i = 0; i < 6 && total > 0; i++) {
      for (int j = 0; j <= i; j++) {
        hessian[6 * i + j] -= sums[i] * sums[j] / (area * total);
      }
      hessian[7 * i] += i < 2 ? PLACE_DAMPING : SHAPE_DAMPING;
    }
    placeXx = hessian[0];
    placeXy = hessian[6];
    placeYy = hessian[7];
    factor(hessian, total);
  }

  /** Cholesky, in place, lower triangle. */
  private static void factor(double[] m, double total) {
    if (total == 0) {
      return;
    }
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = m[6 * i + j];
        for (int k = 0; k < j; k++) {
          sum -= m[6 * i + k] * m[6 * j + k];
        }
        m[6 * i + j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / m[7 * j];
      }
    }
  }

  private void solve(double[] b) {
    double[] m = shapeFactor;
    for (int i = 0; i < 6; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= m[6 * i + k] * b[k];
      }
      b[i] /= m[7 * i];
    }
    for (int i = 5; i >= 0; i--) {
      for (int k = i + 1; k < 6; k++) {
        b[i] -= m[6 * k + i] * b[k];
      }
      b[i] /= m[7 * i];
    }
  }

  /** Smaller eigenvalue of the translation's Hessian per sample, squared levels per squared px. */
  double texture() {
    double half = 0.5 * (placeXx - placeYy);
    double root = Math.sqrt(half * half + placeXy * placeXy);
    return Math.max(0, 0.5 * (placeXx + placeYy) - root - PLACE_DAMPING) / area;
  }

  /** Residual at a match; leaves e in the scratch, and quality in the match. */
  void compare(LumaFrame frame, Match match, Scratch scratch) {
    float[] seen = scratch.seen;
    int half = side / 2;
    double reach = half * spacing;
    double rx = reach * (Math.abs(match.axx) + Math.abs(match.axy));
    double ry = reach * (Math.abs(match.ayx) + Math.abs(match.ayy));
    boolean inside =
        whole
            && frame.width() > 1
            && frame.height() > 1
            && Math.max(rx, ry) < SHIFT - 2
            && match.x - rx > MARGIN
            && match.y - ry > MARGIN
            && match.x + rx < frame.width() - 1 - MARGIN
            && match.y + ry < frame.height() - 1 - MARGIN;
    if (inside) {
      sampleInside(frame, match, seen);
      normalize(match, seen);
    } else {
      compareAtEdge(frame, match, seen);
    }
  }

  private void sampleInside(LumaFrame frame, Match match, float[] seen) {
    short[] steps = frame.steps();
    int width = frame.width();
    int half = side / 2;
    float dx = (float) (match.axx * spacing);
    float dy = (float) (match.ayx * spacing);
    int baseX = (int) match.x;
    int baseY = (int) match.y;
    float fx = (float) (match.x - baseX);
    float fy = (float) (match.y - baseY);
    float rowX = (float) (match.axy * spacing);
    float rowY = (float) (match.ayy * spacing);
    for (int r = 0, k = 0; r < side; r++) {
      float x = fx - half * dx + (r - half) * rowX + SHIFT;
      float y = fy - half * dy + (r - half) * rowY + SHIFT;
      for (int c = 0; c < side; c++, k++) {
        int ix = (int) x;
        int iy = (int) y;
        float tx = x - ix;
        float ty = y - iy;
        int i = (baseY + iy - SHIFT) * width + baseX + ix - SHIFT;
        float a = steps[i];
        float b = steps[i + width];
        float top = a + tx * (steps[i + 1] - a);
        float bottom = b + tx * (steps[i + width + 1] - b);
        seen[k] = top + ty * (bottom - top);
        x += dx;
        y += dy;
      }
    }
  }

  private void normalize(Match match, float[] seen) {
    float sum = 0;
    float squares = 0;
    for (int k = 0; k < area; k++) {
      float v = seen[k] * (1 / LumaFrame.STEPS);
      float weighted = weight[k] * v;
      seen[k] = v;
      sum += weighted;
      squares += weighted * v;
    }
    float gain = gain(Math.max(0, squares - (double) sum * sum));
    float residual = 0;
    for (int k = 0; k < area; k++) {
      float e = gain * (seen[k] - sum) - values[k];
      seen[k] = e;
      residual += weight[k] * e * e;
    }
    match.residual = Math.sqrt(residual);
    match.brightness = sum;
    match.coverage = 1;
  }

  private float gain(double variance) {
    double gain = deviation / Math.max(1e-3, Math.sqrt(variance));
    return (float) Math.max(MIN_GAIN, Math.min(MAX_GAIN, gain));
  }

  private void compareAtEdge(LumaFrame frame, Match match, float[] seen) {
    int half = side / 2;
    double sum = 0;
    double squares = 0;
    double own = 0;
    double total = 0;
    for (int r = 0, k = 0; r < side; r++) {
      for (int c = 0; c < side; c++, k++) {
        float u = (c - half) * spacing;
        float v = (r - half) * spacing;
        double x = match.x + match.axx * u + match.axy * v;
        double y = match.y + match.ayx * u + match.ayy * v;
        boolean both = known[k] && frame.holds(x, y);
        seen[k] = both ? frame.at(x, y) : Float.NaN;
        if (both) {
          sum += weight[k] * seen[k];
          squares += (double) weight[k] * seen[k] * seen[k];
          own += weight[k] * values[k];
          total += weight[k];
        }
      }
    }
    match.coverage = total;
    if (total < MIN_COVERAGE) {
      match.residual = Double.POSITIVE_INFINITY;
      return;
    }
    double seenMean = sum / total;
    double ownMean = own / total;
    float gain = gain(Math.max(0, squares / total - seenMean * seenMean));
    double residual = 0;
    for (int k = 0; k < area; k++) {
      double e = Float.isNaN(seen[k]) ? 0 : gain * (seen[k] - seenMean) - (values[k] - ownMean);
      seen[k] = (float) e;
      residual += weight[k] * e * e;
    }
    match.residual = Math.sqrt(residual / total);
    match.brightness = seenMean - ownMean;
  }

  /**
   * Moves a match to a minimum of the residual and measures it there.
   *
   * @param shapes whether A moves too
   */
  void refine(LumaFrame frame, Match match, boolean shapes, int iterations, Scratch scratch) {
    for (int k = 0; k < iterations; k++) {
      compare(frame, match, scratch);
      if (match.residual == Double.POSITIVE_INFINITY) {
        return;
      }
      double moved = shapes ? stepShape(match, scratch) : stepPlace(match, scratch);
      if (moved < CONVERGED_PX * CONVERGED_PX) {
        return; // the residual before so small a step stands
      }
      if (!(moved < FAR_PX * FAR_PX)) {
        break;
      }
    }
    compare(frame, match, scratch);
  }

  private double stepPlace(Match match, Scratch scratch) {
    float bx = 0;
    float by = 0;
    float[] e = scratch.seen;
    for (int k = 0; k < area; k++) {
      bx += gx[k] * e[k];
      by += gy[k] * e[k];
    }
    double determinant = placeXx * placeYy - placeXy * placeXy;
    double sx = (placeYy * bx - placeXy * by) / determinant;
    double sy = (placeXx * by - placeXy * bx) / determinant;
    double dx = match.axx * sx + match.axy * sy;
    double dy = match.ayx * sx + match.ayy * sy;
    match.x -= dx;
    match.y -= dy;
    return dx * dx + dy * dy;
  }

  private double stepShape(Match match, Scratch scratch) {
    float[] e = scratch.seen;
    double[] b = scratch.step;
    int half = side / 2;
    float bx = 0;
    float by = 0;
    float bxv = 0;
    float byv = 0;
    float bxu = 0;
    float byu = 0;
    for (int r = 0, k = 0; r < side; r++) {
      float rowX = 0;
      float rowY = 0;
      for (int c = 0; c < side; c++, k++) {
        float px = gx[k] * e[k];
        float py = gy[k] * e[k];
        float u = c - half;
        rowX += px;
        rowY += py;
        bxu += px * u;
        byu += py * u;
      }
      bx += rowX;
      by += rowY;
      bxv += rowX * (r - half);
      byv += rowY * (r - half);
    }
    b[0] = bx;
    b[1] = by;
    b[2] = bxu * spacing;
    b[3] = bxv * spacing;
    b[4] = byu * spacing;
    b[5] = byv * spacing;
    solve(b);
    // inverse composition: (A, p) after the inverse of (I + S, s)
    double ixx = 1 + b[2];
    double ixy = b[3];
    double iyx = b[4];
    double iyy = 1 + b[5];
    double determinant = ixx * iyy - ixy * iyx;
    if (!(determinant > 0.2 && determinant < 5)) {
      return Double.POSITIVE_INFINITY;
    }
    double jxx = iyy / determinant;
    double jxy = -ixy / determinant;
    double jyx = -iyx / determinant;
    double jyy = ixx / determinant;
    double axx = match.axx * jxx + match.axy * jyx;
    double axy = match.axx * jxy + match.axy * jyy;
    double ayx = match.ayx * jxx + match.ayy * jyx;
    double ayy = match.ayx * jxy + match.ayy * jyy;
    double dx = axx * b[0] + axy * b[1];
    double dy = ayx * b[0] + ayy * b[1];
    match.x -= dx;
    match.y -= dy;
    match.axx = axx;
    match.axy = axy;
    match.ayx = ayx;
    match.ayy = ayy;
    return dx * dx + dy * dy;
  }
}
