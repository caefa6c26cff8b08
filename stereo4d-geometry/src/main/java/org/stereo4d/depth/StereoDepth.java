package org.stereo4d.depth;

import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.warp.PlainRemapper;
import org.stereo4d.warp.RemapOptions;
import org.stereo4d.warp.RemapTable;
import org.stereo4d.warp.Sampling;

/**
 * Checked metric depth from stereo matches (spec C.2 and C.3):
 *
 * <pre>
 * disparity = max(-F_lr.x, 0),   depth = fx B / disparity
 * </pre>
 *
 * and then, in this order, unknown where the way back does not meet ({@code |F_lr + F_rl(p + F_lr)|
 * > 1 px}, bicubic on 1/32 px, 0 outside), where the match is not level ({@code |F_lr.y| > 1 px}),
 * where depth is beyond the range, and where depth jumps (gradient rule). NaN matches are unknown;
 * the reference lets them pass.
 */
public final class StereoDepth {
  private static final RemapOptions BICUBIC =
      RemapOptions.DEFAULTS.withSampling(Sampling.FIXED_POINT_BICUBIC);

  private final StereoRig rig;
  private final StereoDepthOptions options;

  /** A stage for views of one rig. */
  public StereoDepth(StereoRig rig, StereoDepthOptions options) {
    this.rig = rig;
    this.options = options;
  }

  /** Depth of the left view. */
  public DepthMap left(StereoFlow flow) {
    return depth(flow.leftToRight(), flow.rightToLeft(), -1);
  }

  /** Depth of the right view, from the same matches: {@code disparity = max(F_rl.x, 0)}. */
  public DepthMap right(StereoFlow flow) {
    return depth(flow.rightToLeft(), flow.leftToRight(), 1);
  }

  private DepthMap depth(FlowField own, FlowField other, int sign) {
    Check.that(
        own.size().equals(rig.view().size()),
        "flow %s and view %s differ in size",
        own.size(),
        rig.view().size());
    Mask occluded = inconsistent(own, other);
    FloatImage meters = FloatImage.create(rig.view().size(), 1);
    float[] px = own.px().contiguous();
    double scale = rig.view().focalXPx() * rig.baselineMeters();
    for (int k = 0; k < meters.array().length; k++) {
      double depth = scale / Math.max(sign * px[2 * k], 0);
      boolean valid =
          !occluded.array()[k]
              && Math.abs(px[2 * k + 1]) <= options.verticalLimitPx()
              && depth >= 0
              && depth <= options.maxDepthMeters();
      meters.array()[k] = valid ? (float) depth : Float.NaN;
    }
    DepthMap checked = new DepthMap(meters);
    return Double.isInfinite(options.gradientShare())
        ? checked
        : withoutJumps(checked, options.gradientShare());
  }

  /** Pixels whose way there and back does not meet, NaN included. */
  Mask inconsistent(FlowField own, FlowField other) {
    float[] there = own.px().contiguous();
    float[] back = sampleBack(own, other).px().array();
    boolean[] out = new boolean[there.length / 2];
    for (int k = 0; k < out.length; k++) {
      double dx = (double) back[2 * k] + there[2 * k];
      double dy = (double) back[2 * k + 1] + there[2 * k + 1];
      out[k] = !(Math.sqrt(dx * dx + dy * dy) <= options.leftRightLimitPx());
    }
    return Mask.wrap(out, own.size());
  }

  /** The field of the other view where the own field points. */
  static FlowField sampleBack(FlowField own, FlowField other) {
    ImageSize size = own.size();
    float[] there = own.px().contiguous();
    float[] x = new float[size.area()];
    float[] y = new float[size.area()];
    for (int row = 0, k = 0; row < size.height(); row++) {
      for (int column = 0; column < size.width(); column++, k++) {
        x[k] = column + there[2 * k];
        y[k] = row + there[2 * k + 1];
      }
    }
    RemapTable table = RemapTable.of(size, size, x, y);
    return new FlowField(PlainRemapper.INSTANCE.remap(other.px(), table, BICUBIC));
  }

  /**
   * The map without pixels where {@code |d(x + 1) - d(x - 1)|} or the same vertically exceeds a
   * share of d. The border repeats, unknown neighbours count as 0, all pixels are judged on the map
   * as given.
   */
  public static DepthMap withoutJumps(DepthMap depth, double share) {
    int width = depth.size().width();
    int height = depth.size().height();
    float[] in = depth.meters().contiguous();
    FloatImage out = FloatImage.create(depth.size(), 1);
    Parallel.rows(
        height,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            int above = Math.max(0, y - 1) * width;
            int below = Math.min(height - 1, y + 1) * width;
            for (int x = 0; x < width; x++) {
              int k = y * width + x;
              float across =
                  zeroIfUnknown(in[y * width + Math.min(width - 1, x + 1)])
                      - zeroIfUnknown(in[y * width + Math.max(0, x - 1)]);
              float down = zeroIfUnknown(in[below + x]) - zeroIfUnknown(in[above + x]);
              float limit = (float) share * in[k];
              boolean keep = Math.abs(across) <= limit && Math.abs(down) <= limit;
              out.array()[k] = keep ? in[k] : Float.NaN;
            }
          }
        });
    return new DepthMap(out);
  }

  private static float zeroIfUnknown(float value) {
    return Float.isNaN(value) ? 0 : value;
  }
}
