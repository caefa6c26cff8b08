package org.stereo4d.tracking.klt;

/**
 * Finds the part of a template that is in sight while something else covers the rest. One per
 * thread: it owns the weights.
 *
 * <p>Notation as in {@link TemplateFit}. Samples count the less, the worse they fit (Geman and
 * McClure's estimator):
 *
 * <pre>
 * r = c^2 / (c^2 + e^2),   c^2 = {@link #NOISE_LEVELS}^2 + ({@link #CONTRAST_SHARE} sd T)^2
 * minimise  sum w r e^2,   in steps that take w r^2 as weights of squares
 * </pre>
 *
 * Means, gain and Hessian are those of the samples that count, so what covers the rest neither
 * pulls the place along nor changes the brightness.
 */
final class PartialFit {
  private static final double NOISE_LEVELS = 4;
  private static final double CONTRAST_SHARE = 0.4;

  /** The first step counts all samples, so that a start a little off does not rule them out. */
  private static final int STEPS = 4;

  /** The point itself: samples whose squared distance from it, in samples, is at most this. */
  private static final int MIDDLE_SQUARED = 5;

  /** A share that fits after the first step below which no part is looked for. */
  private static final double HOPELESS_SHARE = 0.25;

  /** A step so long leads astray. */
  private static final double FAR_PX = 4;

  /** Weight below which a sample has no say in a step. */
  private static final float LEAST_WEIGHT = 1e-9f;

  private final SampleWindow window;
  private final TemplateFit fit;

  /** Weight and residual of each sample. */
  private final double[] counted;

  private final double[] error;

  private double seenMean;
  private double ownMean;

  /** Share of the template that fitted at the last comparison, by weight. */
  double share;

  /** The same of the samples next to the point. */
  double middle;

  /** One that samples frames with a fit for whole templates. */
  PartialFit(SampleWindow window, TemplateFit fit) {
    this.window = window;
    this.fit = fit;
    this.counted = new double[window.area];
    this.error = new double[window.area];
  }

  /**
   * Moves the place of a match to where most of the template fits, and measures it there.
   *
   * @return false when hardly anything fits or the square leaves the picture; nothing is known then
   */
  boolean refine(Template template, LumaFrame frame, Match match) {
    countAll(template);
    for (int k = 0; k <= STEPS; k++) {
      if (!fit.sampleInside(template, frame, match)) {
        return false;
      }
      balance(template);
      if (k > 0) {
        weigh(template, match);
      }
      if (k == 1) {
        if (share < HOPELESS_SHARE) {
          return false;
        }
        balance(template); // without what has just been ruled out
        weigh(template, match);
      }
      if (k < STEPS) {
        double moved = step(template, match);
        if (k > 1 && moved < TemplateFit.CONVERGED_PX * TemplateFit.CONVERGED_PX
            || !(moved < FAR_PX * FAR_PX)) {
          return k > 0;
        }
      }
    }
    return true;
  }

  /** Measures how much of a template fits at a match; false when its square leaves the picture. */
  boolean compare(Template template, LumaFrame frame, Match match) {
    countAll(template);
    if (!fit.sampleInside(template, frame, match)) {
      return false;
    }
    balance(template);
    weigh(template, match);
    return true;
  }

  private void countAll(Template template) {
    for (int k = 0; k < counted.length; k++) {
      counted[k] = template.weight[k];
    }
  }

  /** Residuals that are blind to the brightness and contrast of the samples that count. */
  private void balance(Template template) {
    double total = 0;
    double seen = 0;
    double own = 0;
    for (int k = 0; k < counted.length; k++) {
      total += counted[k];
      seen += counted[k] * fit.seen[k];
      own += counted[k] * template.values[k];
    }
    seenMean = seen / total;
    ownMean = own / total;
    double seenSquares = 0;
    double ownSquares = 0;
    for (int k = 0; k < counted.length; k++) {
      double s = fit.seen[k] - seenMean;
      double t = template.values[k] - ownMean;
      seenSquares += counted[k] * s * s;
      ownSquares += counted[k] * t * t;
    }
    double gain = TemplateFit.gain(Math.sqrt(ownSquares / total), seenSquares / total);
    for (int k = 0; k < counted.length; k++) {
      error[k] = gain * (fit.seen[k] - seenMean) - (template.values[k] - ownMean);
    }
  }

  /** Weighs the samples by their residuals and measures the match. */
  private void weigh(Template template, Match match) {
    double square =
        NOISE_LEVELS * NOISE_LEVELS
            + CONTRAST_SHARE * CONTRAST_SHARE * template.deviation * template.deviation;
    double residual = 0;
    double fitting = 0;
    double fittingMiddle = 0;
    double weightMiddle = 0;
    for (int k = 0; k < counted.length; k++) {
      double weight = template.weight[k];
      double ratio = square / (square + error[k] * error[k]);
      counted[k] = weight * ratio * ratio;
      residual += weight * ratio * error[k] * error[k];
      fitting += counted[k];
      if (isMiddle(k)) {
        fittingMiddle += counted[k];
        weightMiddle += weight;
      }
    }
    share = fitting;
    middle = weightMiddle > 0 ? fittingMiddle / weightMiddle : 0;
    match.residual = Math.sqrt(residual);
    match.brightness = TemplateFit.brightness(seenMean - ownMean);
    match.coverage = 1;
  }

  private boolean isMiddle(int sample) {
    int u = sample % window.side - window.half;
    int v = sample / window.side - window.half;
    return u * u + v * v <= MIDDLE_SQUARED;
  }

  /** A step of the place; returns its squared length. */
  private double step(Template template, Match match) {
    double total = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double ex = 0;
    double ey = 0;
    double sum = 0;
    for (int k = 0; k < counted.length; k++) {
      float weight = template.weight[k] * window.area; // which the gradients hold
      if (weight > LEAST_WEIGHT) {
        double inverse = 1 / weight;
        double gx = inverse * template.gx[k];
        double gy = inverse * template.gy[k];
        double wx = counted[k] * gx;
        double wy = counted[k] * gy;
        total += counted[k];
        x += wx;
        y += wy;
        xx += wx * gx;
        xy += wx * gy;
        yy += wy * gy;
        ex += wx * error[k];
        ey += wy * error[k];
        sum += counted[k] * error[k];
      }
    }
    double area = window.area;
    return TemplateFit.movePlace(
        match,
        area * (xx - x * x / total) + Template.PLACE_DAMPING,
        area * (xy - x * y / total),
        area * (yy - y * y / total) + Template.PLACE_DAMPING,
        area * (ex - x * sum / total),
        area * (ey - y * sum / total));
  }
}
