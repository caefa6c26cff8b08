package org.stereo4d.nvds;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/** Puts the maps of both passes together; results are at least 0. */
public final class PassMix {
  private PassMix() {}

  /**
   * The branch of one frame; {@link MixBranch#FLOW_ADAPTIVE} needs flows and is not one of them.
   */
  public static InverseDepthMap of(
      MixBranch branch, InverseDepthMap forward, InverseDepthMap backward) {
    return switch (branch) {
      case AVERAGE -> average(forward, backward);
      case FORWARD -> clamped(forward);
      case BACKWARD -> clamped(backward);
      case FLOW_ADAPTIVE ->
          throw new IllegalArgumentException("the flow-adaptive mix needs flows, got none");
    };
  }

  /** {@code max(0, (forward + backward) / 2)}. */
  public static InverseDepthMap average(InverseDepthMap forward, InverseDepthMap backward) {
    requireSameSize(forward, backward);
    float[] f = forward.values().contiguous();
    float[] b = backward.values().contiguous();
    float[] out = new float[f.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.max(0, ((double) f[i] + b[i]) / 2);
    }
    return new InverseDepthMap(FloatImage.wrap(out, forward.size(), 1));
  }

  /**
   * Both passes with weights {@code exp(-|F| / m)}, F the motion into the frame that the pass came
   * from and m the mean length of both flows.
   *
   * @param flowBack to the previous frame
   * @param flowAhead to the next frame
   */
  public static InverseDepthMap flowAdaptive(
      InverseDepthMap forward, InverseDepthMap backward, FlowField flowBack, FlowField flowAhead) {
    requireSameSize(forward, backward);
    double[] back = lengths(flowBack);
    double[] ahead = lengths(flowAhead);
    double sum = 0;
    for (int i = 0; i < back.length; i++) {
      sum += back[i] + ahead[i];
    }
    double mean = sum / (2.0 * back.length) + 1e-6;
    float[] f = forward.values().contiguous();
    float[] b = backward.values().contiguous();
    float[] out = new float[f.length];
    for (int i = 0; i < out.length; i++) {
      double wf = Math.exp(-Math.min(600, back[i] / mean));
      double wb = Math.exp(-Math.min(600, ahead[i] / mean));
      out[i] = (float) Math.max(0, (wf * f[i] + wb * b[i]) / (wf + wb));
    }
    return new InverseDepthMap(FloatImage.wrap(out, forward.size(), 1));
  }

  /** Lengths of the vectors; unknown motion counts as none. */
  private static double[] lengths(FlowField flow) {
    float[] px = flow.px().contiguous();
    double[] out = new double[px.length / 2];
    for (int i = 0; i < out.length; i++) {
      double length = Math.hypot(px[2 * i], px[2 * i + 1]);
      out[i] = Double.isFinite(length) ? length : 0;
    }
    return out;
  }

  private static InverseDepthMap clamped(InverseDepthMap map) {
    FloatImage out = map.values().copy();
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = Math.max(0, out.array()[i]);
    }
    return new InverseDepthMap(out);
  }

  private static void requireSameSize(InverseDepthMap a, InverseDepthMap b) {
    Check.that(
        a.size().equals(b.size()), "passes must have one size, had %s and %s", a.size(), b.size());
  }
}
