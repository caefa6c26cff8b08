package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/** Forward warp to the nearest pixel: one source wins each target. */
public final class NearestWarp {
  private static final double FAR = 1 << 30;
  private final Rounding rounding;

  /** What is rounded, and how. */
  public enum Rounding {
    /** The target coordinate, half away from zero. */
    TARGET_HALF_AWAY,
    /** The displacement, half to even: what the reference's interpreted version does. */
    FLOW_HALF_EVEN
  }

  /** A warp with a rounding rule. */
  public NearestWarp(Rounding rounding) {
    this.rounding = rounding;
  }

  /**
   * Raster index {@code y W + x} of the source that wins each target, the last one in raster order;
   * -1 where none arrives.
   */
  public int[] winners(FlowField flow) {
    return winners(flow, new float[flow.size().area()]);
  }

  /** The same, where larger priorities win and ties go to the last source. */
  public int[] winners(FlowField flow, float[] priorities) {
    Check.that(
        priorities.length == flow.size().area(),
        "priorities must hold %s values, held %s",
        flow.size().area(),
        priorities.length);
    int[] out = new int[priorities.length];
    Arrays.fill(out, -1);
    int width = flow.size().width();
    for (int source = 0; source < out.length; source++) {
      int target = target(flow, source % width, source / width);
      if (target >= 0 && (out[target] < 0 || priorities[source] >= priorities[out[target]])) {
        out[target] = source;
      }
    }
    return out;
  }

  /** The moved picture, black where nothing arrives. */
  public FloatImage warp(FloatImage image, FlowField flow) {
    ForwardWarp.check(image, flow);
    FloatImage out = FloatImage.create(image.size(), image.channels());
    int[] winners = winners(flow);
    int width = image.width();
    int channels = image.channels();
    for (int t = 0; t < winners.length; t++) {
      if (winners[t] >= 0) {
        int from = image.index(winners[t] % width, winners[t] / width);
        System.arraycopy(image.array(), from, out.array(), t * channels, channels);
      }
    }
    return out;
  }

  /**
   * Derivatives by the picture: each source takes those of its target, also a source that lost, as
   * in the reference. Those by the flow are 0.
   */
  public FloatImage gradient(FlowField flow, FloatImage byOutput) {
    ForwardWarp.check(byOutput, flow);
    FloatImage out = FloatImage.create(byOutput.size(), byOutput.channels());
    int width = out.width();
    int channels = out.channels();
    for (int source = 0; source < out.size().area(); source++) {
      int target = target(flow, source % width, source / width);
      if (target >= 0) {
        int from = byOutput.index(target % width, target / width);
        System.arraycopy(byOutput.array(), from, out.array(), source * channels, channels);
      }
    }
    return out;
  }

  private int target(FlowField flow, int x, int y) {
    int at = flow.px().index(x, y);
    int tx = rounded(x, flow.px().array()[at]);
    int ty = rounded(y, flow.px().array()[at + 1]);
    boolean inside = tx >= 0 && tx < flow.px().width() && ty >= 0 && ty < flow.px().height();
    return inside ? ty * flow.px().width() + tx : -1;
  }

  private int rounded(int from, float motion) {
    double clamped = Math.max(-FAR, Math.min(FAR, (double) motion));
    return switch (rounding) {
      case TARGET_HALF_AWAY -> {
        double target = from + clamped;
        yield (int) (Math.signum(target) * Math.floor(Math.abs(target) + 0.5));
      }
      case FLOW_HALF_EVEN -> from + (int) Math.rint(clamped);
    };
  }
}
