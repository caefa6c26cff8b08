package org.stereo4d.nvds.flowfilter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.nvds.ClipChecks;
import org.stereo4d.nvds.ClipScores;
import org.stereo4d.nvds.MixBranch;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.PassMix;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.nvds.metric.OpwScore;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * The default stabiliser, which needs no weights: alignment of scale and offset, then flow-guided
 * recursive filtering in both directions. Values of the result keep the gauge of the input.
 * Thread-safe when its flow estimator is.
 *
 * {@snippet :
 * DepthStabilizer steady =
 *     new FlowStabilizer(Backends.flowEstimator("opencv"), FlowFilterOptions.DEFAULTS);
 * List<InverseDepthMap> maps = steady.stabilize(frames, initial, Progress.NONE);
 * }
 */
public final class FlowStabilizer implements DepthStabilizer {
  private final FlowEstimator flow;
  private final FlowFilterOptions options;

  /** A stabiliser; the estimator stays with the caller. */
  public FlowStabilizer(FlowEstimator flow, FlowFilterOptions options) {
    this.flow = flow;
    this.options = options;
  }

  /**
   * Steadies a clip. One longer than a piece goes through {@link FlowStream}, so that beside the
   * maps only one piece is in memory.
   */
  @Override
  public List<InverseDepthMap> stabilize(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) {
    ClipChecks.requireSameCount(frames, initial);
    if (options.mix() == MixPolicy.REFERENCE) {
      return run(frames, initial, progress).mix();
    }
    List<InverseDepthMap> out = new ArrayList<>();
    FlowStream stream = new FlowStream(flow, options, (frameIndex, map) -> out.add(map));
    try {
      for (int t = 0; t < frames.size(); t++) {
        stream.accept(frames.get(t), initial.get(t));
        if (progress.finishAfter(Step.of("steady depth", t + 1, frames.size()))) {
          break;
        }
      }
      stream.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a sink in memory
    }
    return out;
  }

  /**
   * Steadies a clip in one piece, whatever its length, and measures every pass. Memory grows by
   * about 40 bytes per pixel and frame.
   */
  public StabilizedClip run(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) {
    ClipChecks.requireSameCount(frames, initial);
    FlowFilterOptions average = options.withMix(MixPolicy.AVERAGE);
    FlowStream stream = new FlowStream(flow, average, (frameIndex, map) -> {});
    for (int t = 0; t < frames.size(); t++) {
      stream.ingest(frames.get(t), initial.get(t));
      if (progress.finishAfter(Step.of("steady depth", t + 1, frames.size()))) {
        break;
      }
    }
    return run(stream);
  }

  private StabilizedClip run(FlowStream stream) {
    List<HeldFrame> held = stream.held();
    List<InverseDepthMap> clean = new ArrayList<>();
    for (HeldFrame frame : held) {
      clean.add(new InverseDepthMap(frame.map()));
    }
    if (held.isEmpty()) {
      OpwScore none = new OpwScore(List.of(), 0);
      return new StabilizedClip(
          clean,
          clean,
          clean,
          clean,
          MixBranch.AVERAGE,
          Optional.of(new ClipScores(none, none, none, none)),
          List.of());
    }
    FlowPiece piece = stream.piece();
    List<InverseDepthMap> forward = new ArrayList<>();
    for (float[] values : piece.forward(Optional.empty())) {
      forward.add(piece.map(values));
    }
    List<InverseDepthMap> backward = backward(piece, forward);
    OpwScore initialScore = score(held, clean, false);
    OpwScore forwardScore = score(held, forward, false);
    OpwScore backwardScore = score(held, backward, true);
    MixBranch branch = branch(initialScore, forwardScore, backwardScore);
    List<InverseDepthMap> mix = new ArrayList<>();
    for (int t = 0; t < held.size(); t++) {
      mix.add(
          branch == MixBranch.FLOW_ADAPTIVE
              ? piece.flowAdaptive(t, forward.get(t), backward.get(t))
              : PassMix.of(branch, forward.get(t), backward.get(t)));
    }
    ClipScores scores =
        new ClipScores(initialScore, forwardScore, backwardScore, score(held, mix, false));
    return new StabilizedClip(
        clean, forward, backward, mix, branch, Optional.of(scores), stream.warnings());
  }

  private List<InverseDepthMap> backward(FlowPiece piece, List<InverseDepthMap> forward) {
    if (options.mix() == MixPolicy.FORWARD_ONLY) {
      return forward;
    }
    List<InverseDepthMap> out = new ArrayList<>(forward);
    piece.backward((t, values) -> out.set(t, piece.map(values)));
    return out;
  }

  private MixBranch branch(OpwScore initial, OpwScore forward, OpwScore backward) {
    return switch (options.mix()) {
      case REFERENCE ->
          MixBranch.ofErrors(
              initial.meanOverFrames(), forward.meanOverFrames(), backward.meanOverFrames());
      case AVERAGE -> MixBranch.AVERAGE;
      case FORWARD_ONLY -> MixBranch.FORWARD;
      case FLOW_ADAPTIVE -> MixBranch.FLOW_ADAPTIVE;
    };
  }

  /** Errors in processing order: from the last frame to the first when reversed. */
  private static OpwScore score(
      List<HeldFrame> held, List<InverseDepthMap> maps, boolean reversed) {
    List<Double> pairs = new ArrayList<>();
    for (int t = 1; t < held.size(); t++) {
      FlowPair pair = held.get(t).pair().orElseThrow();
      OpwMetric.View earlier = view(held.get(t - 1), maps.get(t - 1));
      OpwMetric.View later = view(held.get(t), maps.get(t));
      FlowField ahead = pair.ahead();
      pairs.add(
          reversed
              ? OpwMetric.DEFAULTS.pair(later, earlier, ahead)
              : OpwMetric.DEFAULTS.pair(earlier, later, pair.back()));
    }
    if (reversed) {
      Collections.reverse(pairs);
    }
    return new OpwScore(pairs, held.size());
  }

  private static OpwMetric.View view(HeldFrame frame, InverseDepthMap map) {
    return new OpwMetric.View(frame.rgb().toFloat(), map);
  }
}
