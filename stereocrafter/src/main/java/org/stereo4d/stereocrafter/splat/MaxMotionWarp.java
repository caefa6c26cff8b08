package org.stereo4d.stereocrafter.splat;

import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/**
 * Forward warp where the fastest layer wins (Sanchez, Salgado, Monzon 2013, algorithm 3): first the
 * largest motion at each target is found, then only sources within a quarter pixel of it are
 * averaged. The two passes run one after the other; the reference runs them at once, which is a
 * race.
 */
public final class MaxMotionWarp {
  private static final double LEAST_TAP = 0.25;
  private static final int UNITS_PER_PX = 100;
  private static final int LAYER = 25;
  private static final float LEAST_WEIGHT = 1e-5f;
  private static final double FAR = 1 << 30;

  /**
   * Result of the warp.
   *
   * @param image mean of the fastest sources; black where none arrives
   * @param sums numerator of the mean
   * @param weight denominator of the mean, one channel; 0 is a disocclusion
   * @param fastest largest motion of each target in 1/100 px, row-major
   */
  public record Result(FloatImage image, FloatImage sums, FloatImage weight, int[] fastest) {}

  /** Moves a picture. */
  public Result warp(FloatImage image, FlowField flow) {
    ForwardWarp.check(image, flow);
    ImageSize size = image.size();
    int channels = image.channels();
    FloatImage sums = FloatImage.create(size, channels);
    FloatImage weight = FloatImage.create(size, 1);
    int[] fastest = new int[size.area()];
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        visit(
            flow, x, y, (target, k, motion) -> fastest[target] = Math.max(fastest[target], motion));
      }
    }
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int from = image.index(x, y);
        visit(
            flow,
            x,
            y,
            (target, k, motion) -> {
              if (fastest[target] - motion <= LAYER) {
                for (int c = 0; c < channels; c++) {
                  sums.array()[target * channels + c] += (float) k * image.array()[from + c];
                }
                weight.array()[target] += (float) k;
              }
            });
      }
    }
    FloatImage out = FloatImage.create(size, channels);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = sums.array()[i] / Math.max(weight.array()[i / channels], LEAST_WEIGHT);
    }
    return new Result(out, sums, weight, fastest);
  }

  /** Visits taps of at least a quarter. */
  private interface Visitor {
    /** A target as raster index, the weight of the tap, and the motion in 1/100 px. */
    void tap(int target, double weight, int motion);
  }

  private static void visit(FlowField flow, int x, int y, Visitor visitor) {
    int width = flow.size().width();
    int height = flow.size().height();
    int at = flow.px().index(x, y);
    float dx = flow.px().array()[at];
    float dy = flow.px().array()[at + 1];
    double toX = Math.max(-FAR, Math.min(FAR, x + (double) dx));
    double toY = Math.max(-FAR, Math.min(FAR, y + (double) dy));
    int left = (int) Math.floor(toX);
    int top = (int) Math.floor(toY);
    if (left < 0 || top < 0 || left + 1 > width || top + 1 > height) {
      return;
    }
    int motion = (int) (UNITS_PER_PX * Math.sqrt((double) dx * dx + (double) dy * dy));
    for (int j = 0; j < 2; j++) {
      for (int i = 0; i < 2; i++) {
        double k =
            (i == 0 ? 1 - (toX - left) : toX - left) * (j == 0 ? 1 - (toY - top) : toY - top);
        if (k >= LEAST_TAP && left + i < width && top + j < height) {
          visitor.tap((top + j) * width + left + i, k, motion);
        }
      }
    }
  }
}
