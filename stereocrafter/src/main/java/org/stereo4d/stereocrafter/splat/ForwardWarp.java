package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * Bilinear forward warp along a general flow: each pixel is added to the four pixels round its
 * target.
 *
 * <pre>
 * out(t) = sum k(x + F(x) - t) v(x),   k(d) = max(0, 1 - |dx|) max(0, 1 - |dy|)
 * dL/dv  = sum k g(t),   dL/dF = sum_c v_c dk/dF g_c(t)
 * </pre>
 *
 * Sums are double and run in raster order on one thread, since flows may cross rows; for horizontal
 * motion {@link RowSplatter} is many times faster. Flow must be finite.
 */
public final class ForwardWarp {
  private static final double LEAST_COVERAGE = 1e-6;
  private static final double FAR = 1 << 30;

  private final TapRule rule;

  /** A warp with a border rule. */
  public ForwardWarp(TapRule rule) {
    this.rule = rule;
  }

  /**
   * Derivatives of a scalar by what the warp read.
   *
   * @param image by each sample of the picture
   * @param flow by each displacement, two channels
   */
  public record Gradients(FloatImage image, FloatImage flow) {}

  /** Visits the taps of one source pixel. */
  private interface TapVisitor {
    /** A tap at a column and row inside, with its weight and the derivatives of the weight. */
    void tap(int x, int y, double weight, double byX, double byY);
  }

  /** The moved picture: plain sums, so that collisions are bright and gaps dark. */
  public FloatImage warp(FloatImage image, FlowField flow) {
    return toFloat(image, sums(image, flow));
  }

  /** The moved picture divided by its coverage, which is at least one millionth. */
  public FloatImage rescaled(FloatImage image, FlowField flow) {
    double[] sums = sums(image, flow);
    double[] covered = sums(ones(image), flow);
    int channels = image.channels();
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= Math.max(covered[i / channels], LEAST_COVERAGE);
    }
    return toFloat(image, sums);
  }

  /** Sum of the weights that reach each pixel. */
  public FloatImage coverage(FlowField flow) {
    FloatImage ones = ones(flow.px());
    return toFloat(ones, sums(ones, flow));
  }

  /**
   * The mean of what arrives, weighted: {@code sum k w v / sum k w}; black where the coverage is
   * under a threshold.
   *
   * @param weights one channel, >= 0 and finite
   * @param leastCoverage coverage from which a colour is trusted
   */
  public FloatImage mean(
      FloatImage image, FlowField flow, FloatImage weights, double leastCoverage) {
    Check.that(
        weights.channels() == 1 && weights.size().equals(image.size()),
        "weights must be %s of 1 channel, were %s",
        image.size(),
        weights);
    FloatImage weighted = image.copy();
    float[] samples = weighted.array();
    float[] w = weights.contiguous();
    int channels = image.channels();
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= w[i / channels];
    }
    double[] sums = sums(weighted, flow);
    double[] mass = sums(weights, flow);
    double[] covered = sums(ones(image), flow);
    for (int i = 0; i < sums.length; i++) {
      int pixel = i / channels;
      boolean trusted = covered[pixel] >= leastCoverage && mass[pixel] > 0;
      sums[i] = trusted ? sums[i] / mass[pixel] : 0;
    }
    return toFloat(image, sums);
  }

  /** Derivatives of a scalar whose derivatives by {@link #warp}'s result are given. */
  public Gradients gradients(FloatImage image, FlowField flow, FloatImage byOutput) {
    check(image, flow);
    check(byOutput, flow);
    int channels = image.channels();
    FloatImage byImage = FloatImage.create(image.size(), channels);
    FloatImage byFlow = FloatImage.create(image.size(), 2);
    double[] pixel = new double[channels + 2];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        Arrays.fill(pixel, 0);
        int from = image.index(x, y);
        visit(
            flow,
            x,
            y,
            (tx, ty, weight, byX, byY) -> {
              int at = byOutput.index(tx, ty);
              for (int c = 0; c < channels; c++) {
                double g = byOutput.array()[at + c];
                double gv = g * image.array()[from + c];
                pixel[c] += weight * g;
                pixel[channels] += byX * gv;
                pixel[channels + 1] += byY * gv;
              }
            });
        int to = byImage.index(x, y);
        for (int c = 0; c < channels; c++) {
          byImage.array()[to + c] = (float) pixel[c];
        }
        byFlow.array()[byFlow.index(x, y)] = (float) pixel[channels];
        byFlow.array()[byFlow.index(x, y) + 1] = (float) pixel[channels + 1];
      }
    }
    return new Gradients(byImage, byFlow);
  }

  private double[] sums(FloatImage image, FlowField flow) {
    check(image, flow);
    int channels = image.channels();
    int width = image.width();
    double[] sums = new double[image.size().area() * channels];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        int from = image.index(x, y);
        visit(
            flow,
            x,
            y,
            (tx, ty, weight, byX, byY) -> {
              int to = (ty * width + tx) * channels;
              for (int c = 0; c < channels; c++) {
                sums[to + c] += weight * image.array()[from + c];
              }
            });
      }
    }
    return sums;
  }

  private void visit(FlowField flow, int x, int y, TapVisitor visitor) {
    int at = flow.px().index(x, y);
    double toX = clamp(x + (double) flow.px().array()[at]);
    double toY = clamp(y + (double) flow.px().array()[at + 1]);
    int left = (int) Math.floor(toX);
    int top = (int) Math.floor(toY);
    int width = flow.px().width();
    int height = flow.px().height();
    boolean whole = left >= 0 && left + 1 < width && top >= 0 && top + 1 < height;
    if (!whole && rule == TapRule.WHOLE_FOOTPRINT) {
      return;
    }
    double fx = toX - left;
    double fy = toY - top;
    for (int j = 0; j < 2; j++) {
      for (int i = 0; i < 2; i++) {
        int tx = left + i;
        int ty = top + j;
        if (tx >= 0 && tx < width && ty >= 0 && ty < height) {
          double kx = i == 0 ? 1 - fx : fx;
          double ky = j == 0 ? 1 - fy : fy;
          visitor.tap(tx, ty, kx * ky, (2 * i - 1) * ky, (2 * j - 1) * kx);
        }
      }
    }
  }

  private static double clamp(double v) {
    return Math.max(-FAR, Math.min(FAR, v));
  }

  static void check(FloatImage image, FlowField flow) {
    Check.that(
        image.size().equals(flow.size()),
        "image %s and flow %s must have one size",
        image.size(),
        flow.size());
    FloatImage px = flow.px();
    for (int y = 0; y < px.height(); y++) {
      for (int i = px.index(0, y), end = i + 2 * px.width(); i < end; i++) {
        Check.that(
            Float.isFinite(px.array()[i]),
            "flow must be finite, was %s in row %s",
            px.array()[i],
            y);
      }
    }
  }

  private static FloatImage ones(FloatImage like) {
    FloatImage out = FloatImage.create(like.size(), 1);
    Arrays.fill(out.array(), 1);
    return out;
  }

  private static FloatImage toFloat(FloatImage like, double[] sums) {
    FloatImage out = FloatImage.create(like.size(), like.channels());
    for (int i = 0; i < sums.length; i++) {
      out.array()[i] = (float) sums[i];
    }
    return out;
  }
}
