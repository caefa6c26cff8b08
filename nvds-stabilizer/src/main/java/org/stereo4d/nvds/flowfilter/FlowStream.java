package org.stereo4d.nvds.flowfilter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.nvds.CleanMap;
import org.stereo4d.nvds.ClipChecks;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.run.Check;

/**
 * Steadies a clip of any length frame by frame, in both directions.
 *
 * <p>It waits for {@code chunkFrames + overlapFrames} frames, filters them together, gives out the
 * first {@code chunkFrames} and keeps the rest, which the next piece does again: the forward pass
 * goes on from where it was, the backward pass of the later piece is blended in over the overlap.
 * The alignment knows all frames from the start of the clip to the end of the piece. Memory is that
 * of one piece, about 33 bytes per pixel and frame. A clip that fits one piece gets what {@link
 * FlowStabilizer#run} gives.
 *
 * <p>Not thread-safe.
 */
public final class FlowStream {
  private final FlowEstimator flow;
  private final FlowFilterOptions options;
  private final VideoDepthEstimator.Sink sink;
  private final List<HeldFrame> held = new ArrayList<>();
  private final List<FrameLink> links = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private List<InverseDepthMap> shared = List.of();
  private Optional<float[]> carried = Optional.empty();
  private int given;

  /**
   * A stream.
   *
   * @param sink receives steady maps in order, from within {@link #accept} and {@link #finish}
   */
  public FlowStream(FlowEstimator flow, FlowFilterOptions options, VideoDepthEstimator.Sink sink) {
    Check.that(
        options.mix() != MixPolicy.REFERENCE,
        "the mix of the reference needs the whole clip, use FlowStabilizer.run");
    this.flow = flow;
    this.options = options;
    this.sink = sink;
  }

  /** Takes the next frame with its map. */
  public void accept(ByteImage frame, InverseDepthMap map) throws IOException {
    if (held.size() == options.chunkFrames() + options.overlapFrames()) {
      process(options.chunkFrames());
    }
    ingest(frame, map);
  }

  /** Gives out what is left; the stream cannot go on. */
  public void finish() throws IOException {
    if (!held.isEmpty()) {
      process(held.size());
    }
  }

  /** What a person should know about the frames taken so far. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  void ingest(ByteImage frame, InverseDepthMap map) {
    int index = links.size();
    ClipChecks.requireFits(
        index, frame, map, held.isEmpty() ? frame.size() : held.get(0).rgb().size());
    CleanMap clean = CleanMap.of(map);
    warnings.addAll(clean.warnings(index));
    FloatImage values = clean.map().values();
    if (held.isEmpty()) {
      held.add(new HeldFrame(frame, values, Optional.empty()));
      links.add(FrameLink.first(values));
      return;
    }
    HeldFrame previous = held.get(held.size() - 1);
    FlowPair pair = FlowPair.of(flow, previous.rgb(), frame, options.cutShare());
    if (pair.isCut()) {
      warnings.add("frame " + index + ": a new scene starts");
    }
    held.add(new HeldFrame(frame, values, Optional.of(pair)));
    links.add(
        pair.isCut()
            ? FrameLink.first(values)
            : FrameLink.between(previous.map(), values, pair, options.minPixels()));
  }

  /** The frames taken and not given out yet, under the alignment of all frames so far. */
  FlowPiece piece() {
    AffineAlignment[] all = AffineCurve.solve(links, options.tether());
    AffineAlignment[] lines = new AffineAlignment[held.size()];
    System.arraycopy(all, all.length - lines.length, lines, 0, lines.length);
    return new FlowPiece(held, lines, options);
  }

  List<FrameLink> links() {
    return links;
  }

  List<HeldFrame> held() {
    return held;
  }

  private void process(int count) throws IOException {
    FlowPiece piece = piece();
    List<float[]> forward = piece.forward(carried);
    boolean last = count == held.size();
    carried = last ? Optional.empty() : Optional.of(forward.get(count));
    List<InverseDepthMap> mixed = piece.mix(forward);
    if (!shared.isEmpty()) {
      int overlap = shared.size();
      List<InverseDepthMap> blended = CrossFade.blend(shared, mixed.subList(0, overlap));
      for (int i = 0; i < overlap; i++) {
        mixed.set(i, blended.get(i));
      }
    }
    shared = List.copyOf(mixed.subList(count, mixed.size()));
    for (int i = 0; i < count; i++) {
      sink.accept(given++, mixed.get(i));
    }
    held.subList(0, count).clear();
  }
}
