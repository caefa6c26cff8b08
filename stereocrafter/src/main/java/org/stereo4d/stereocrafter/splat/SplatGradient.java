package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * Derivatives of the reference's splat: through the colours, the targets {@code x - p}, the weights
 * {@code b^(p - min p)} and the minimum. Cutting the path through the weights of the denominator
 * keeps training from converging, so it is kept.
 *
 * <pre>
 * dL/dacc = g / den,   dL/dden = -sum_c g_c acc_c / den^2 where den is not clamped
 * dL/dw   = k (sum_c v_c dL/dacc_c + dL/dden),   dw/dp = w ln b,   dk/dp = -dk/dx
 * </pre>
 */
public final class SplatGradient {
  private final SplatOptions options;

  /** Derivatives of the splat with these options; the sliver threshold must be 0. */
  public SplatGradient(SplatOptions options) {
    Check.that(
        options.sliverThreshold() == 0,
        "sliverThreshold must be 0 for derivatives, was %s",
        options.sliverThreshold());
    this.options = options;
  }

  /**
   * Derivatives of a scalar.
   *
   * @param image by each sample of the left picture
   * @param disparity by each disparity, one channel
   */
  public record Gradients(FloatImage image, FloatImage disparity) {}

  /**
   * Derivatives of a scalar whose derivatives by the right view are given.
   *
   * @param leastPx smallest disparity of the batch the picture belongs to, px
   */
  public Gradients gradients(
      FloatImage image, DisparityMap disparity, double leastPx, FloatImage byRight) {
    Check.that(
        image.size().equals(disparity.size())
            && image.size().equals(byRight.size())
            && image.channels() == byRight.channels(),
        "image %s, disparity %s and derivatives %s must have one shape",
        image,
        disparity.size(),
        byRight);
    FloatImage byImage = FloatImage.create(image.size(), image.channels());
    FloatImage byDisparity = FloatImage.create(image.size(), 1);
    boolean whole = options.tapRule() == TapRule.WHOLE_FOOTPRINT;
    double byLeast = 0;
    for (int y = 0; y < image.height() - (whole ? 1 : 0); y++) {
      byLeast += new Row(image, disparity, leastPx, byRight, y).run(byImage, byDisparity);
    }
    shareLeast(disparity, leastPx, byLeast, byDisparity);
    return new Gradients(byImage, byDisparity);
  }

  private static void shareLeast(
      DisparityMap disparity, double leastPx, double byLeast, FloatImage byDisparity) {
    float[] px = disparity.px().contiguous();
    int holders = 0;
    for (float p : px) {
      holders += p == (float) leastPx ? 1 : 0;
    }
    for (int i = 0; i < px.length; i++) {
      if (px[i] == (float) leastPx) {
        byDisparity.array()[i] += (float) (byLeast / holders);
      }
    }
  }

  /** One row, forward and back, in double. */
  private final class Row {
    private final int row;
    private final int width;
    private final int channels;
    private final double[] colors;
    private final double[] px;
    private final double[] weights;
    private final double[] byColor;
    private final double[] byWeight;

    Row(FloatImage image, DisparityMap disparity, double leastPx, FloatImage byRight, int y) {
      width = image.width();
      channels = image.channels();
      colors = new double[width * channels];
      px = new double[width];
      weights = new double[width];
      double[] sums = new double[width * channels];
      double[] mass = new double[width];
      for (int x = 0; x < width; x++) {
        px[x] = disparity.px().array()[disparity.px().index(x, y)];
        weights[x] = Math.pow(options.weightBase(), px[x] - leastPx);
        for (int c = 0; c < channels; c++) {
          colors[x * channels + c] = image.array()[image.index(x, y) + c];
        }
      }
      for (int x = 0; x < width; x++) {
        int left = left(x);
        for (int i = 0; contributes(left) && i < 2; i++) {
          int t = left + i;
          if (t >= 0 && t < width) {
            double kw = tap(x, left, i) * weights[x];
            mass[t] += kw;
            for (int c = 0; c < channels; c++) {
              sums[t * channels + c] += kw * colors[x * channels + c];
            }
          }
        }
      }
      byColor = new double[width * channels];
      byWeight = new double[width];
      for (int t = 0; t < width; t++) {
        double den = Math.max(mass[t], RowWeights.LEAST_WEIGHT);
        for (int c = 0; c < channels; c++) {
          double g = byRight.array()[byRight.index(t, y) + c];
          byColor[t * channels + c] = g / den;
          byWeight[t] -=
              mass[t] > RowWeights.LEAST_WEIGHT ? g * sums[t * channels + c] / (den * den) : 0;
        }
      }
      row = y;
    }

    private int left(int x) {
      return (int) Math.floor(Math.max(-width, Math.min(2.0 * width, x - px[x])));
    }

    private boolean contributes(int left) {
      return options.tapRule() == TapRule.PER_TAP || (left >= 0 && left + 1 < width);
    }

    private double tap(int x, int left, int i) {
      double fraction = x - px[x] - left;
      return i == 0 ? 1 - fraction : fraction;
    }

    /** Writes the derivatives of the row and returns that by the minimum. */
    double run(FloatImage byImage, FloatImage byDisparity) {
      double logBase = Math.log(options.weightBase());
      double byLeast = 0;
      for (int x = 0; x < width; x++) {
        int left = left(x);
        double byP = 0;
        for (int i = 0; contributes(left) && i < 2; i++) {
          int t = left + i;
          if (t < 0 || t >= width) {
            continue;
          }
          double k = tap(x, left, i);
          double inner = byWeight[t];
          for (int c = 0; c < channels; c++) {
            double g = byColor[t * channels + c];
            byImage.array()[byImage.index(x, row) + c] += (float) (k * weights[x] * g);
            inner += colors[x * channels + c] * g;
          }
          double throughWeight = k * inner * weights[x] * logBase;
          double throughTarget = -(2 * i - 1) * inner * weights[x];
          byP += throughWeight + throughTarget;
          byLeast -= throughWeight;
        }
        byDisparity.array()[byDisparity.index(x, row)] = (float) byP;
      }
      return byLeast;
    }
  }
}
