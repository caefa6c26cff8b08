package org.stereo4d.nvds.flowfilter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.nvds.CleanMap;
import org.stereo4d.nvds.ClipChecks;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.LowerMedian;

/**
 * The low-latency form: each map comes out as soon as its frame is there, made of the past alone.
 *
 * <p>Scale and offset follow the causal form of the alignment, {@code x_t = (x_{t-1} + r_t) / (1 +
 * L)} and the same for the offset. The depth tolerance uses the range of the frame and the median
 * flicker of the last {@value #FLICKER_FRAMES} pairs. Two frames are in memory. Not thread-safe.
 */
public final class LiveFlowFilter {
  private static final int FLICKER_FRAMES = 64;

  private final FlowEstimator flow;
  private final FlowFilterOptions options;
  private final RecursiveFilter filter;
  private final Deque<Float> flickers = new ArrayDeque<>();
  private @Nullable State state;
  private int frameIndex;

  /** A filter for one clip; the estimator stays with the caller. */
  public LiveFlowFilter(FlowEstimator flow, FlowFilterOptions options) {
    this.flow = flow;
    this.options = options;
    this.filter = new RecursiveFilter(options);
  }

  /** The frame before, its line and its result. */
  private record State(HeldFrame frame, AffineAlignment line, float[] filtered) {}

  /** Steadies the next frame. */
  public InverseDepthMap next(ByteImage rgb, InverseDepthMap map) {
    State past = state;
    ClipChecks.requireFits(
        frameIndex++, rgb, map, past == null ? rgb.size() : past.frame().rgb().size());
    FloatImage values = CleanMap.of(map).map().values();
    if (past == null) {
      return keep(new HeldFrame(rgb, values, Optional.empty()), AffineAlignment.IDENTITY);
    }
    FlowPair pair = FlowPair.of(flow, past.frame().rgb(), rgb, options.cutShare());
    HeldFrame frame = new HeldFrame(rgb, values, Optional.of(pair));
    if (pair.isCut()) {
      flickers.clear();
      return keep(frame, AffineAlignment.IDENTITY);
    }
    FrameLink link = FrameLink.between(past.frame().map(), values, pair, options.minPixels());
    AffineAlignment line = AffineCurve.next(past.line(), link, options.tether());
    float[] aligned = frame.aligned(line);
    float[] filtered =
        filter.step(
            new RecursiveFilter.Source(
                past.filtered(), past.frame().rgb(), pair.back(), pair.validBack()),
            aligned,
            rgb,
            tau(past, pair, aligned));
    return keep(frame, line, filtered);
  }

  private double tau(State past, FlowPair pair, float[] aligned) {
    float[] before = past.frame().aligned(past.line());
    float flicker =
        FlowPiece.flicker(aligned, before, pair.back().px().contiguous(), pair.validBack());
    if (!Float.isNaN(flicker)) {
      flickers.addLast(flicker);
    }
    if (flickers.size() > FLICKER_FRAMES) {
      flickers.removeFirst();
    }
    List<Float> all = new ArrayList<>(flickers);
    float[] known = new float[all.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = all.get(i);
    }
    double[] ends = Percentiles.of(consumer -> consumer.accept(aligned), 0.05, 0.95);
    double median = known.length == 0 ? 0 : LowerMedian.of(known, known.length);
    return FlowPiece.tau(options, ends[1] - ends[0], median);
  }

  private InverseDepthMap keep(HeldFrame frame, AffineAlignment line) {
    return keep(frame, line, frame.aligned(line));
  }

  private InverseDepthMap keep(HeldFrame frame, AffineAlignment line, float[] filtered) {
    state = new State(frame, line, filtered);
    float[] out = new float[filtered.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, filtered[i]);
    }
    return new InverseDepthMap(FloatImage.wrap(out, frame.rgb().size(), 1));
  }
}
