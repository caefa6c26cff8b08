package org.stereo4d.tracking.klt;

import java.util.Arrays;

/**
 * A square of brightness samples about a point, without their mean, and what {@link TemplateFit}
 * needs to find it again: gradients and Hessians.
 *
 * <p>Samples outside the picture are left out.
 */
final class Template {
  /** Noise variance over variance of translation, squared levels per squared px. */
  static final double PLACE_DAMPING = 20;

  /** Noise variance over variance of an affine entry, squared levels. */
  private static final double SHAPE_DAMPING = 4000;

  /** Grey levels per unit of the difference over two pixels, in fixed point. */
  private static final float HALF_LEVEL = 0.5f * LumaFrame.FIXED_LEVEL;

  /** Room for rounding of offsets, px. */
  private static final double MARGIN = 0.01;

  final SampleWindow window;

  /** What each sample counts; they sum to 1. */
  float[] weight;

  /** Brightness without its mean, grey levels. */
  final float[] values;

  /** Gradients times weights, per px. */
  final float[] gx;

  final float[] gy;
  final boolean[] known;

  /** Weight of the samples that are known. */
  double share;

  /** Whether all samples are known. */
  boolean whole;

  /** Contrast: standard deviation of the template, grey levels. */
  double deviation;

  /** Mean brightness of the template, grey levels. */
  double mean;

  /** Hessian of the place. */
  double placeXx;

  double placeXy;
  double placeYy;

  private final double[] shapeFactor = new double[36];

  Template(SampleWindow window) {
    this.window = window;
    this.weight = window.weight;
    this.values = new float[window.area];
    this.gx = new float[window.area];
    this.gy = new float[window.area];
    this.known = new boolean[window.area];
  }

  /** Whether colours say which samples lie on the body of the point. */
  boolean followsColor() {
    return weight != window.weight;
  }

  /** Cuts an upright template about an index place. */
  void cut(LumaFrame frame, double xIndex, double yIndex) {
    weight = window.supported(frame.chroma(), xIndex, yIndex, gx);
    double total = sample(frame, xIndex, yIndex);
    prepare(total);
    weighGradients();
  }

  /** Cuts an upright template that can be moved but not bent. */
  void cutRigid(LumaFrame frame, double xIndex, double yIndex) {
    double total = sample(frame, xIndex, yIndex);
    prepareRigid(total);
    weighGradients();
  }

  /** Values without their mean, and gradients; returns the weight of the samples known. */
  private double sample(LumaFrame frame, double xIndex, double yIndex) {
    double reach = window.half * window.spacing + 1 + MARGIN;
    boolean inside =
        xIndex > reach
            && yIndex > reach
            && xIndex + reach < frame.width() - 2
            && yIndex + reach < frame.height() - 2;
    if (inside) {
      sampleCross(frame, xIndex, yIndex);
    } else {
      sampleKnown(frame, xIndex, yIndex);
    }
    double sum = 0;
    double total = 0;
    for (int k = 0; k < window.area; k++) {
      float counted = known[k] ? weight[k] : 0;
      sum += counted * values[k];
      total += counted;
    }
    share = total;
    mean = total > 0 ? sum / total : 0;
    double squares = 0;
    for (int k = 0; k < window.area; k++) {
      values[k] = known[k] ? values[k] - (float) mean : 0;
      squares += weight[k] * values[k] * values[k];
    }
    deviation = total > 0 ? Math.sqrt(squares / total) : 0;
    return total;
  }

  /** Each sample and its four neighbours at one pixel, which share fractions and pixels. */
  private void sampleCross(LumaFrame frame, double xIndex, double yIndex) {
    short[] steps = frame.steps();
    int width = frame.width();
    int wholeX = (int) xIndex; // apart, so that wide pictures do not overflow
    int wholeY = (int) yIndex;
    int spacing = LumaFrame.fixed(window.spacing);
    int firstX = LumaFrame.fixed(xIndex - wholeX) - window.half * spacing;
    int firstY = LumaFrame.fixed(yIndex - wholeY) - window.half * spacing;
    for (int r = 0, k = 0; r < window.side; r++) {
      int y = firstY + r * spacing;
      int row = (wholeY + (y >> 16)) * width + wholeX;
      int ty = y >> 8 & 255;
      for (int c = 0; c < window.side; c++, k++) {
        int x = firstX + c * spacing;
        int tx = x >> 8 & 255;
        int i = row + (x >> 16);
        int j = i + width;
        int above = between(steps[i - width], steps[i - width + 1], tx);
        int upper = between(steps[i], steps[i + 1], tx);
        int lower = between(steps[j], steps[j + 1], tx);
        int below = between(steps[j + width], steps[j + width + 1], tx);
        int left = between(steps[i - 1], steps[j - 1], ty);
        int first = between(steps[i], steps[j], ty);
        int second = between(steps[i + 1], steps[j + 1], ty);
        int right = between(steps[i + 2], steps[j + 2], ty);
        values[k] = (256 * upper + ty * (lower - upper)) * LumaFrame.FIXED_LEVEL;
        gx[k] = (256 * (second - left) + tx * (right - second - first + left)) * HALF_LEVEL;
        gy[k] = (256 * (lower - above) + ty * (below - lower - upper + above)) * HALF_LEVEL;
        known[k] = true;
      }
    }
    whole = true;
  }

  /** 256 times the value between two, at a fraction in 1/256. */
  private static int between(int a, int b, int t) {
    return (a << 8) + t * (b - a);
  }

  private void sampleKnown(LumaFrame frame, double xIndex, double yIndex) {
    whole = true;
    for (int r = 0, k = 0; r < window.side; r++) {
      for (int c = 0; c < window.side; c++, k++) {
        double x = xIndex + (c - window.half) * window.spacing;
        double y = yIndex + (r - window.half) * window.spacing;
        known[k] = frame.holds(x, y);
        values[k] = known[k] ? frame.at(x, y) : 0;
        gx[k] = known[k] ? slope(frame, x, y, 1, 0) : 0;
        gy[k] = known[k] ? slope(frame, x, y, 0, 1) : 0;
        whole &= known[k];
      }
    }
  }

  /** Steps need the gradients weighted only. */
  private void weighGradients() {
    for (int k = 0; k < window.area; k++) {
      gx[k] *= weight[k] * window.area;
      gy[k] *= weight[k] * window.area;
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

  private void prepareRigid(double total) {
    double sx = 0;
    double sy = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int k = 0; k < window.area; k++) {
      double w = window.area * weight[k];
      double wx = w * gx[k];
      double wy = w * gy[k];
      sx += wx;
      sy += wy;
      xx += wx * gx[k];
      xy += wx * gy[k];
      yy += wy * gy[k];
    }
    double n = Math.max(1e-9, window.area * total);
    placeXx = xx - sx * sx / n + PLACE_DAMPING;
    placeXy = xy - sx * sy / n;
    placeYy = yy - sy * sy / n + PLACE_DAMPING;
  }

  private void prepare(double total) {
    double[] sums = new double[6];
    double[] row = new double[6];
    double[] hessian = shapeFactor;
    Arrays.fill(hessian, 0);
    for (int r = 0, k = 0; r < window.side; r++) {
      for (int c = 0; c < window.side; c++, k++) {
        double u = (c - window.half) * window.spacing;
        double v = (r - window.half) * window.spacing;
        row[0] = gx[k];
        row[1] = gy[k];
        row[2] = gx[k] * u;
        row[3] = gx[k] * v;
        row[4] = gy[k] * u;
        row[5] = gy[k] * v;
        for (int i = 0; i < 6; i++) {
          double weighted = window.area * weight[k] * row[i];
          sums[i] += weighted;
          for (int j = 0; j <= i; j++) {
            hessian[6 * i + j] += weighted * row[j];
          }
        }
      }
    }
    for (int i = 0; i < 6 && total > 0; i++) {
      for (int j = 0; j <= i; j++) {
        hessian[6 * i + j] -= sums[i] * sums[j] / (window.area * total);
      }
      hessian[7 * i] += i < 2 ? PLACE_DAMPING : SHAPE_DAMPING;
    }
    placeXx = hessian[0];
    placeXy = hessian[6];
    placeYy = hessian[7];
    if (total > 0) {
      factor(hessian);
    }
  }

  /** Cholesky of a 6x6 matrix, in place, lower triangle with the diagonal inverted. */
  static void factor(double[] m) {
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = m[6 * i + j];
        for (int k = 0; k < j; k++) {
          sum -= m[6 * i + k] * m[6 * j + k];
        }
        m[6 * i + j] = i == j ? 1 / Math.sqrt(Math.max(sum, 1e-12)) : sum * m[7 * j];
      }
    }
  }

  /** Solves for a step of shape and place, in place. */
  void solve(double[] b) {
    solve(shapeFactor, b);
  }

  /** Solves a system whose matrix was factored, in place. */
  static void solve(double[] m, double[] b) {
    for (int i = 0; i < 6; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= m[6 * i + k] * b[k];
      }
      b[i] *= m[7 * i];
    }
    for (int i = 5; i >= 0; i--) {
      for (int k = i + 1; k < 6; k++) {
        b[i] -= m[6 * k + i] * b[k];
      }
      b[i] *= m[7 * i];
    }
  }
}
