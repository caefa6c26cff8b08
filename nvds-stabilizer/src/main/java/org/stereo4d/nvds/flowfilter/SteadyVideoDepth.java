package org.stereo4d.nvds.flowfilter;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.run.Progress;

/**
 * Any depth of a video, steadied on the way: per-frame estimates, files, or another video network.
 * Maps come out one piece of {@link FlowStream} later, or at once under {@link
 * MixPolicy#FORWARD_ONLY}.
 */
public final class SteadyVideoDepth implements VideoDepthEstimator {
  private final VideoDepthEstimator source;
  private final FlowEstimator flow;
  private final FlowFilterOptions options;

  /** Steadies what a source gives; source and estimator stay with the caller. */
  public SteadyVideoDepth(
      VideoDepthEstimator source, FlowEstimator flow, FlowFilterOptions options) {
    this.source = source;
    this.flow = flow;
    this.options = options;
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    Deque<ByteImage> waiting = new ArrayDeque<>();
    Iterable<ByteImage> watched = () -> watch(frames.iterator(), waiting);
    if (options.mix() == MixPolicy.FORWARD_ONLY) {
      LiveFlowFilter filter = new LiveFlowFilter(flow, options);
      source.estimate(
          watched,
          (index, map) -> sink.accept(index, filter.next(waiting.removeFirst(), map)),
          progress);
      return;
    }
    FlowStream stream = new FlowStream(flow, options, sink);
    source.estimate(watched, (index, map) -> stream.accept(waiting.removeFirst(), map), progress);
    stream.finish();
  }

  /** Remembers the frames that the source has taken and not given a map for. */
  private static Iterator<ByteImage> watch(Iterator<ByteImage> frames, Deque<ByteImage> waiting) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return frames.hasNext();
      }

      @Override
      public ByteImage next() {
        ByteImage frame = frames.next();
        waiting.addLast(frame);
        return frame;
      }
    };
  }
}
