package org.stereo4d.tracking.klt;

/**
 * Finds a template in a frame. One per thread: it owns the residual and its sums.
 *
 * <p>Notation: sample u of the template lies at {@code p + A u} of a frame, p the place, A a 2x2
 * matrix. T(u) is the template without its mean, I(u) the frame there. With the gain g that makes
 * both contrasts equal, the residual is {@code e(u) = g (I(u) - mean I) - T(u)}: changes of
 * brightness and contrast do not count. Inverse compositional steps solve {@code (H + D) s = sum
 * J^T e} with J, H of the template alone; D holds points without texture in place.
 *
 * <p>Samples outside the picture, of the template or of the frame, are left out.
 */
final class TemplateFit {
  /** Offsets from the place stay below this, px, so that fixed point holds them. */
  private static final int REACH = 126;

  /** Room for rounding of offsets, px. */
  private static final double MARGIN = 0.01;

  /** A step so small is the last. */
  static final double CONVERGED_PX = 0.04;

  /** A step of the shape that leaves more of the residual is the last. */
  private static final double WORTH_SHARE = 0.95;

  /** A shape whose first step promises to leave more of the residual is not tried. */
  private static final double PROMISED_SHARE = 0.9;

  private static final double FAR_PX = 100;

  /** Weight of the samples inside the frame below which nothing is compared. */
  static final double MIN_COVERAGE = 0.25;

  /** Taken off brightness before it is squared, which keeps float exact; grey levels. */
  private static final float MIDDLE = 128;

  private static final double MIN_GAIN = 0.5;
  private static final double MAX_GAIN = 2;

  private final SampleWindow window;

  /** Row by row: the frame after {@link #sampleInside}, the residual e after a comparison. */
  final float[] seen;

  /** {@code sum J^T e} for place and shape, and the step that it leads to. */
  private final double[] sums = new double[6];

  private final double[] step = new double[6];

  /** Where the samples of a match lie, in 1/65536 px; see {@link #aim}. */
  private int firstX;

  private int firstY;
  private int columnX;
  private int columnY;
  private int rowX;
  private int rowY;
  private int origin;
  private int wholeX;
  private int wholeY;

  private float sum;
  private float squares;

  /** Weighted gradients times e, summed. */
  private float bx;

  private float by;

  TemplateFit(SampleWindow window) {
    this.window = window;
    this.seen = new float[window.area];
  }

  /** Residual at a match by every second sample of every second row: to choose candidates by. */
  void glance(Template template, LumaFrame frame, Match match) {
    if (!isInside(template, frame, match)) {
      compareAtEdge(template, frame, match);
      return;
    }
    float[] weight = template.weight;
    aim(frame, match);
    float total = 0;
    float seenSum = 0;
    float seenSquares = 0;
    float own = 0;
    float ownSquares = 0;
    float both = 0;
    for (int r = 0; r < window.side; r += 2) {
      int x = firstX + r * rowX;
      int y = firstY + r * rowY;
      for (int c = 0, k = r * window.side; c < window.side; c += 2, k += 2) {
        float v = bilinear(frame.steps(), frame.width(), origin, x, y);
        float w = weight[k];
        float t = template.values[k];
        total += w;
        seenSum += w * v;
        seenSquares += w * v * v;
        own += w * t;
        ownSquares += w * t * t;
        both += w * v * t;
        x += 2 * columnX;
        y += 2 * columnY;
      }
    }
    double mean = seenSum / total;
    double ownMean = own / total;
    double variance = Math.max(0, seenSquares / total - mean * mean);
    double ownVariance = Math.max(0, ownSquares / total - ownMean * ownMean);
    double gain = gain(Math.sqrt(ownVariance), variance);
    double covariance = both / total - mean * ownMean;
    double square = gain * gain * variance + ownVariance - 2 * gain * covariance;
    match.residual = Math.sqrt(Math.max(0, square));
    match.brightness = brightness(mean - ownMean);
    match.coverage = 1;
  }

  /** Residual at a match, by all samples; what a refinement starts from. */
  private void compare(Template template, LumaFrame frame, Match match) {
    if (isInside(template, frame, match)) {
      sample(template, frame, match);
      normalize(template, match);
    } else {
      compareAtEdge(template, frame, match);
    }
  }

  /**
   * Leaves the frame at the samples of a match in {@link #seen}; false, and nothing done, when some
   * lie outside the picture.
   */
  boolean sampleInside(Template template, LumaFrame frame, Match match) {
    boolean inside = isInside(template, frame, match);
    if (inside) {
      sample(template, frame, match);
    }
    return inside;
  }

  private boolean isInside(Template template, LumaFrame frame, Match match) {
    double reach = window.half * window.spacing;
    double rx = reach * (Math.abs(match.axx) + Math.abs(match.axy));
    double ry = reach * (Math.abs(match.ayx) + Math.abs(match.ayy));
    return template.whole
        && Math.max(rx, ry) < REACH
        && match.x - rx > MARGIN
        && match.y - ry > MARGIN
        && match.x + rx < frame.width() - 1 - MARGIN
        && match.y + ry < frame.height() - 1 - MARGIN;
  }

  /** Sets the places of the samples of a match, from its whole pixel on, in 1/65536 px. */
  private void aim(LumaFrame frame, Match match) {
    columnX = LumaFrame.fixed(match.axx * window.spacing);
    columnY = LumaFrame.fixed(match.ayx * window.spacing);
    rowX = LumaFrame.fixed(match.axy * window.spacing);
    rowY = LumaFrame.fixed(match.ayy * window.spacing);
    wholeX = (int) match.x;
    wholeY = (int) match.y;
    firstX = LumaFrame.fixed(match.x - wholeX) - window.half * (columnX + rowX);
    firstY = LumaFrame.fixed(match.y - wholeY) - window.half * (columnY + rowY);
    origin = wholeY * frame.width() + wholeX;
  }

  /** Samples in fixed point, which spares many conversions between int and float. */
  private void sample(Template template, LumaFrame frame, Match match) {
    short[] steps = frame.steps();
    int width = frame.width();
    float[] weight = template.weight;
    int side = window.side;
    aim(frame, match);
    float total = 0;
    float totalSquares = 0;
    for (int r = 0, k = 0; r < side; r++) {
      int x = firstX + r * rowX;
      int y = firstY + r * rowY;
      for (int c = 0; c < side; c++, k++) {
        float v = bilinear(steps, width, origin, x, y);
        float weighted = weight[k] * v;
        seen[k] = v;
        total += weighted;
        totalSquares += weighted * v;
        x += columnX;
        y += columnY;
      }
    }
    sum = total;
    squares = totalSquares;
  }

  private static float bilinear(short[] steps, int width, int origin, int x, int y) {
    int tx = (x >> 8) & 255;
    int ty = (y >> 8) & 255;
    int i = origin + (y >> 16) * width + (x >> 16);
    int a = steps[i];
    int b = steps[i + width];
    int top = (a << 8) + tx * (steps[i + 1] - a);
    int bottom = (b << 8) + tx * (steps[i + width + 1] - b);
    return ((top << 8) + ty * (bottom - top)) * LumaFrame.FIXED_LEVEL - MIDDLE;
  }

  private void normalize(Template template, Match match) {
    float[] values = template.values;
    float[] gx = template.gx;
    float[] gy = template.gy;
    float[] weight = template.weight;
    float mean = sum;
    float gain = (float) gain(template.deviation, Math.max(0, squares - (double) mean * mean));
    float residual = 0;
    float x = 0;
    float y = 0;
    for (int k = 0; k < values.length; k++) {
      float e = gain * (seen[k] - mean) - values[k];
      seen[k] = e;
      residual += weight[k] * e * e;
      x += gx[k] * e;
      y += gy[k] * e;
    }
    bx = x;
    by = y;
    match.residual = Math.sqrt(residual);
    match.brightness = brightness(mean);
    match.coverage = 1;
  }

  /** Grey levels of a mean of samples. */
  static double brightness(double mean) {
    return mean + MIDDLE;
  }

  /** g, for a deviation of the template and a variance of the frame. */
  static double gain(double deviation, double variance) {
    double gain = deviation / Math.max(1e-3, Math.sqrt(variance));
    return Math.max(MIN_GAIN, Math.min(MAX_GAIN, gain));
  }

  private void compareAtEdge(Template template, LumaFrame frame, Match match) {
    float[] weight = template.weight;
    double seenSum = 0;
    double seenSquares = 0;
    double own = 0;
    double total = 0;
    aim(frame, match);
    for (int r = 0, k = 0; r < window.side; r++) {
      int x = firstX + r * rowX;
      int y = firstY + r * rowY;
      for (int c = 0; c < window.side; c++, k++) {
        int left = wholeX + (x >> 16);
        int top = wholeY + (y >> 16);
        boolean both =
            template.known[k]
                && left >= 0
                && top >= 0
                && left < frame.width() - 1
                && top < frame.height() - 1;
        float v = both ? bilinear(frame.steps(), frame.width(), origin, x, y) : Float.NaN;
        seen[k] = v;
        if (both) {
          seenSum += weight[k] * v;
          seenSquares += (double) weight[k] * v * v;
          own += weight[k] * template.values[k];
          total += weight[k];
        }
        x += columnX;
        y += columnY;
      }
    }
    match.coverage = total;
    if (total < MIN_COVERAGE) {
      match.residual = Double.POSITIVE_INFINITY;
      return;
    }
    double mean = seenSum / total;
    double ownMean = own / total;
    double gain = gain(template.deviation, Math.max(0, seenSquares / total - mean * mean));
    double residual = 0;
    bx = 0;
    by = 0;
    for (int k = 0; k < seen.length; k++) {
      double e =
          Float.isNaN(seen[k]) ? 0 : gain * (seen[k] - mean) - (template.values[k] - ownMean);
      seen[k] = (float) e;
      residual += weight[k] * e * e;
      bx += template.gx[k] * seen[k];
      by += template.gy[k] * seen[k];
    }
    match.residual = Math.sqrt(residual / total);
    match.brightness = brightness(mean - ownMean);
  }

  /** Moves the place of a match to a minimum of the residual and measures it there. */
  void refinePlace(Template template, LumaFrame frame, Match match, int iterations) {
    for (int k = 0; k < iterations; k++) {
      compare(template, frame, match);
      if (match.residual == Double.POSITIVE_INFINITY) {
        return;
      }
      double moved = stepPlace(template, match);
      if (moved < CONVERGED_PX * CONVERGED_PX) {
        return; // the residual before so small a step stands
      }
      if (!(moved < FAR_PX * FAR_PX)) {
        break;
      }
    }
    compare(template, frame, match);
  }

  /**
   * Moves place and shape of a match that {@link #refinePlace} has just measured, as long as each
   * step takes a share off the residual. A match stays as it is when the first step s promises too
   * little, which is {@code s^T sum J^T e} off the squares.
   */
  void refineShape(Template template, LumaFrame frame, Match match, int iterations) {
    for (int k = 0; k < iterations && match.residual < Double.POSITIVE_INFINITY; k++) {
      double before = match.residual;
      double promised = solveShape(template) / window.area;
      if (k == 0 && promised < (1 - PROMISED_SHARE * PROMISED_SHARE) * before * before) {
        return;
      }
      double moved = composeInverse(match);
      compare(template, frame, match);
      if (!(moved < FAR_PX * FAR_PX) || match.residual > WORTH_SHARE * before) {
        return;
      }
    }
  }

  /** A step of the place; returns its squared length. */
  private double stepPlace(Template template, Match match) {
    return movePlace(match, template.placeXx, template.placeXy, template.placeYy, bx, by);
  }

  /** Takes the step s that solves {@code H s = b} off the place; returns its squared length. */
  static double movePlace(Match match, double xx, double xy, double yy, double bx, double by) {
    double determinant = xx * yy - xy * xy;
    double sx = (yy * bx - xy * by) / determinant;
    double sy = (xx * by - xy * bx) / determinant;
    double dx = match.axx * sx + match.axy * sy;
    double dy = match.ayx * sx + match.ayy * sy;
    match.x -= dx;
    match.y -= dy;
    return dx * dx + dy * dy;
  }

  /** Leaves a step of place and shape in {@code step}; returns its product with what it solves. */
  private double solveShape(Template template) {
    float xv = 0;
    float yv = 0;
    float xu = 0;
    float yu = 0;
    for (int r = 0, k = 0; r < window.side; r++) {
      float acrossX = 0;
      float acrossY = 0;
      for (int c = 0; c < window.side; c++, k++) {
        float px = template.gx[k] * seen[k];
        float py = template.gy[k] * seen[k];
        float u = c - window.half;
        acrossX += px;
        acrossY += py;
        xu += px * u;
        yu += py * u;
      }
      xv += acrossX * (r - window.half);
      yv += acrossY * (r - window.half);
    }
    sums[0] = bx;
    sums[1] = by;
    sums[2] = xu * window.spacing;
    sums[3] = xv * window.spacing;
    sums[4] = yu * window.spacing;
    sums[5] = yv * window.spacing;
    System.arraycopy(sums, 0, step, 0, step.length);
    template.solve(step);
    double product = 0;
    for (int i = 0; i < step.length; i++) {
      product += sums[i] * step[i];
    }
    return product;
  }

  /**
   * (A, p) after the inverse of (I + S, s), with s and S in {@code step}.
   *
   * @return the squared length of the move of p
   */
  private double composeInverse(Match match) {
    double ixx = 1 + step[2];
    double ixy = step[3];
    double iyx = step[4];
    double iyy = 1 + step[5];
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
    double dx = axx * step[0] + axy * step[1];
    double dy = ayx * step[0] + ayy * step[1];
    match.x -= dx;
    match.y -= dy;
    match.axx = axx;
    match.axy = axy;
    match.ayx = ayx;
    match.ayy = ayy;
    return dx * dx + dy * dy;
  }
}
