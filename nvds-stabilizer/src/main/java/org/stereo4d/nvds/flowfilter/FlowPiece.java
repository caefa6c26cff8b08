package org.stereo4d.nvds.flowfilter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.PassMix;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.LowerMedian;
import org.stereo4d.run.Parallel;

/** Frames in a row that are filtered together, in both directions. */
final class FlowPiece {
  private static final double DEVIATIONS_PER_MEDIAN = 1.4826;
  private static final float[] FREED = {};

  private final List<HeldFrame> frames;
  private final AffineAlignment[] lines;
  private final FlowFilterOptions options;
  private final RecursiveFilter filter;
  private final double range;

  /**
   * A piece.
   *
   * @param lines one per frame
   */
  FlowPiece(List<HeldFrame> frames, AffineAlignment[] lines, FlowFilterOptions options) {
    this.frames = frames;
    this.lines = lines;
    this.options = options;
    this.filter = new RecursiveFilter(options);
    double[] ends =
        Percentiles.of(
            consumer -> {
              for (int t = 0; t < frames.size(); t++) {
                consumer.accept(aligned(t));
              }
            },
            0.05,
            0.95);
    this.range = ends[1] - ends[0];
  }

  /** A frame after the alignment. */
  float[] aligned(int t) {
    return frames.get(t).aligned(lines[t]);
  }

  private ImageSize size() {
    return frames.get(0).rgb().size();
  }

  /** Depth change that halves the weight of the past, for one direction. */
  double tau(boolean backward) {
    float[] flicker = new float[frames.size()];
    Parallel.blocks(
        frames.size(),
        1,
        (start, end) -> {
          for (int t = start; t < end; t++) {
            flicker[t] = t == 0 ? Float.NaN : flicker(t, backward);
          }
        });
    int count = 0;
    for (float q : flicker) {
      if (!Float.isNaN(q)) {
        flicker[count++] = q;
      }
    }
    double median = count == 0 ? 0 : LowerMedian.of(flicker, count);
    return tau(options, range, median);
  }

  static double tau(FlowFilterOptions options, double range, double flicker) {
    double tau =
        Math.max(options.toleranceFloor() * range, options.toleranceDeviations() * flicker);
    return tau > 0 ? tau : Double.MIN_NORMAL; // nothing varies: any change at all is a change
  }

  /** Robust deviation along motion between frames t - 1 and t; NaN without a valid pixel. */
  private float flicker(int t, boolean backward) {
    FlowPair pair = frames.get(t).pair().orElseThrow();
    float[] own = aligned(backward ? t - 1 : t);
    float[] other = aligned(backward ? t : t - 1);
    return flicker(
        own,
        other,
        (backward ? pair.ahead() : pair.back()).px().contiguous(),
        backward ? pair.validAhead() : pair.validBack());
  }

  static float flicker(float[] own, float[] other, float[] flow, Mask valid) {
    ReplicateSampler sampler = new ReplicateSampler(valid.size());
    float[] changes = new float[valid.count()];
    for (int i = 0, k = 0; i < own.length; i++) {
      if (valid.array()[i]) {
        changes[k++] = (float) Math.abs(sampler.at(other, flow, i) - own[i]);
      }
    }
    float median = LowerMedian.of(changes, changes.length);
    return (float) (DEVIATIONS_PER_MEDIAN * median);
  }

  /**
   * The forward pass.
   *
   * @param carried the filtered first frame when an earlier piece has it
   */
  List<float[]> forward(Optional<float[]> carried) {
    double tau = tau(false);
    List<float[]> out = new ArrayList<>();
    for (int t = 0; t < frames.size(); t++) {
      HeldFrame frame = frames.get(t);
      if (t == 0) {
        out.add(carried.orElseGet(() -> aligned(0)));
      } else if (!frame.continuesScene()) {
        out.add(aligned(t));
      } else {
        FlowPair pair = frame.pair().orElseThrow();
        out.add(
            filter.step(
                new RecursiveFilter.Source(
                    out.get(t - 1), frames.get(t - 1).rgb(), pair.back(), pair.validBack()),
                aligned(t),
                frame.rgb(),
                tau));
      }
    }
    return out;
  }

  /** Takes the frames of the backward pass, from the last to the first. */
  @FunctionalInterface
  interface PassSink {
    void accept(int t, float[] filtered);
  }

  /** The backward pass. */
  void backward(PassSink sink) {
    double tau = tau(true);
    float[] next = aligned(frames.size() - 1);
    sink.accept(frames.size() - 1, next);
    for (int t = frames.size() - 2; t >= 0; t--) {
      HeldFrame later = frames.get(t + 1);
      float[] own = aligned(t);
      if (later.continuesScene()) {
        FlowPair pair = later.pair().orElseThrow();
        own =
            filter.step(
                new RecursiveFilter.Source(next, later.rgb(), pair.ahead(), pair.validAhead()),
                own,
                frames.get(t).rgb(),
                tau);
      }
      sink.accept(t, own);
      next = own;
    }
  }

  /** The mix of both passes; the maps of the forward pass are dropped from the list. */
  List<InverseDepthMap> mix(List<float[]> forward) {
    List<InverseDepthMap> out = new ArrayList<>(Arrays.asList(new InverseDepthMap[forward.size()]));
    if (options.mix() == MixPolicy.FORWARD_ONLY) {
      for (int t = 0; t < forward.size(); t++) {
        out.set(t, PassMix.average(map(forward.get(t)), map(forward.get(t))));
      }
      return out;
    }
    backward(
        (t, filtered) -> {
          out.set(t, mix(t, map(forward.get(t)), map(filtered)));
          forward.set(t, FREED);
        });
    return out;
  }

  private InverseDepthMap mix(int t, InverseDepthMap forward, InverseDepthMap backward) {
    return options.mix() == MixPolicy.FLOW_ADAPTIVE
        ? flowAdaptive(t, forward, backward)
        : PassMix.average(forward, backward);
  }

  /** The flow-adaptive mix of one frame; one without both neighbours is averaged. */
  InverseDepthMap flowAdaptive(int t, InverseDepthMap forward, InverseDepthMap backward) {
    if (t == 0 || t + 1 == frames.size()) {
      return PassMix.average(forward, backward);
    }
    return PassMix.flowAdaptive(
        forward,
        backward,
        frames.get(t).pair().orElseThrow().back(),
        frames.get(t + 1).pair().orElseThrow().ahead());
  }

  InverseDepthMap map(float[] values) {
    return new InverseDepthMap(FloatImage.wrap(values, size(), 1));
  }
}
