package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/**
 * The splat as the reference writes it: general forward warps of the weighted picture, of the
 * weights and of ones. Slow and plain; what the row form is measured against. Every disparity must
 * be known.
 */
public final class GeneralSplatter implements Splatter {
  private final SplatOptions options;

  /** Splats with the given options. */
  public GeneralSplatter(SplatOptions options) {
    this.options = options;
  }

  @Override
  public Splat splat(FloatImage image, DisparityMap disparity, double shift) {
    ImageSize size = image.size();
    FloatImage px = disparity.px();
    FloatImage flow = FloatImage.create(size, 2);
    FloatImage weights = FloatImage.create(size, 1);
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (float p : px.contiguous()) {
      least = Math.min(least, p);
      largest = Math.max(largest, p);
    }
    double middle = (least + largest) / 2;
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        flow.set(x, y, 0, (float) (px.at(x, y, 0) * shift));
        double weight = Math.pow(options.weightBase(), px.at(x, y, 0) - middle);
        weights.set(x, y, 0, (float) Math.max(1e-30, Math.min(1e30, weight)));
      }
    }
    ForwardWarp warp = new ForwardWarp(options.tapRule());
    FlowField field = new FlowField(flow);
    FloatImage moved = warp.mean(px, field, weights, 0);
    FloatImage coverage = warp.coverage(field);
    for (int i = 0; i < moved.array().length; i++) {
      moved.array()[i] = coverage.array()[i] > 0 ? moved.array()[i] : Float.NaN;
    }
    FloatImage colors = warp.mean(image, field, weights, options.sliverThreshold());
    return new Splat(colors, coverage, new DisparityMap(moved));
  }
}
