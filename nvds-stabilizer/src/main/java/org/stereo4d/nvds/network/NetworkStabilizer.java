package org.stereo4d.nvds.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.nvds.CleanMap;
import org.stereo4d.nvds.ClipChecks;
import org.stereo4d.nvds.ClipScores;
import org.stereo4d.nvds.Direction;
import org.stereo4d.nvds.MixBranch;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.NormalizationScope;
import org.stereo4d.nvds.PassMix;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.nvds.flowfilter.FlowFilterOptions;
import org.stereo4d.nvds.flowfilter.FlowPair;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.nvds.metric.OpwScore;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Steadies depth by a network that sees windows of four frames, forward and backward.
 *
 * <p>One sweep makes both passes: a frame is encoded once, serves every window it is part of, and
 * is freed when none is left, so that at most {@code 6 clipStep + 1} encoded frames are in memory.
 * With a flow estimator scenes are kept apart and every pass is measured; without one the mix is
 * the average. Values of the result are relative, in the gauge of the network and not of the input;
 * {@code AffineAlignment} brings a clip back.
 *
 * <p>The network and the estimator stay with the caller.
 */
public final class NetworkStabilizer implements DepthStabilizer {
  private final WindowNetwork network;
  private final NetworkOptions options;
  private final Optional<FlowEstimator> flow;

  /** A stabiliser without flow. */
  public NetworkStabilizer(WindowNetwork network, NetworkOptions options) {
    this(network, options, Optional.empty());
  }

  /** A stabiliser that finds scenes and measures itself by flow. */
  public NetworkStabilizer(WindowNetwork network, NetworkOptions options, FlowEstimator flow) {
    this(network, options, Optional.of(flow));
  }

  private NetworkStabilizer(
      WindowNetwork network, NetworkOptions options, Optional<FlowEstimator> flow) {
    this.network = network;
    this.options = options;
    this.flow = flow;
  }

  @Override
  public List<InverseDepthMap> stabilize(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) {
    ClipChecks.requireSameCount(frames, initial);
    if (frames.isEmpty()) {
      return List.of();
    }
    NetworkClip clip = new NetworkClip(frames, initial, options, network.multiplePx());
    List<InverseDepthMap> out = new ArrayList<>();
    for (InverseDepthMap map : run(frames, initial, progress).mix()) {
      out.add(clip.atMapSize(map));
    }
    return out;
  }

  /**
   * Every stage, at the inference size. The initial maps and those of both passes are in memory,
   * with a flow estimator also two flows per frame.
   */
  public StabilizedClip run(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) {
    ClipChecks.requireSameCount(frames, initial);
    if (frames.isEmpty()) {
      return new StabilizedClip(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          MixBranch.AVERAGE,
          Optional.empty(),
          List.of());
    }
    NetworkClip clip = new NetworkClip(frames, initial, options, network.multiplePx());
    List<String> warnings = new ArrayList<>();
    List<FlowPair> pairs = flow.map(f -> pairs(clip, frames.size(), f)).orElse(List.of());
    int[] sceneStarts = sceneStarts(pairs, frames.size(), warnings);
    Passes passes = new Passes(clip, sceneStarts);
    for (int t = 0; t < frames.size(); t++) {
      passes.frame(t, warnings);
      if (progress.finishAfter(Step.of("steady depth", t + 1, frames.size()))) {
        break;
      }
    }
    passes.cache.close();
    return mixed(clip, passes, pairs, warnings);
  }

  private static List<FlowPair> pairs(NetworkClip clip, int count, FlowEstimator flow) {
    List<FlowPair> out = new ArrayList<>();
    ByteImage previous = clip.bytes(0);
    for (int t = 1; t < count; t++) {
      ByteImage frame = clip.bytes(t);
      out.add(FlowPair.of(flow, previous, frame, FlowFilterOptions.DEFAULTS.cutShare()));
      previous = frame;
    }
    return out;
  }

  /** First frame of every scene, and the number of frames. */
  private static int[] sceneStarts(List<FlowPair> pairs, int count, List<String> warnings) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int t = 1; t <= pairs.size(); t++) {
      if (pairs.get(t - 1).isCut()) {
        starts.add(t);
        warnings.add("frame " + t + ": a new scene starts");
      }
    }
    starts.add(count);
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Encoded frames that later windows need. */
  private final class Cache {
    private final Map<Integer, WindowNetwork.EncodedFrame> frames = new HashMap<>();
    private final NetworkClip clip;

    Cache(NetworkClip clip) {
      this.clip = clip;
    }

    InverseDepthMap decode(int[] window) {
      if (options.normalization() == NormalizationScope.WINDOW) {
        return decodeAlone(window);
      }
      List<WindowNetwork.EncodedFrame> encoded = new ArrayList<>();
      for (int t : window) {
        encoded.add(frames.computeIfAbsent(t, index -> network.encode(clip.input(index))));
      }
      return new InverseDepthMap(network.decode(encoded));
    }

    private InverseDepthMap decodeAlone(int[] window) {
      List<WindowNetwork.EncodedFrame> encoded = new ArrayList<>();
      try {
        encoded.addAll(network.encodeAll(clip.inputs(window)));
        return new InverseDepthMap(network.decode(encoded));
      } finally {
        encoded.forEach(WindowNetwork.EncodedFrame::close);
      }
    }

    void forgetBefore(int frameIndex) {
      frames
          .entrySet()
          .removeIf(
              entry -> {
                boolean old = entry.getKey() < frameIndex;
                if (old) {
                  entry.getValue().close();
                }
                return old;
              });
    }

    void close() {
      forgetBefore(Integer.MAX_VALUE);
    }
  }

  /** Both passes, frame by frame. */
  private final class Passes {
    private final Cache cache;
    private final NetworkClip clip;
    private final int[] sceneStarts;
    private int scene;
    final List<InverseDepthMap> initial = new ArrayList<>();
    final List<InverseDepthMap> forward = new ArrayList<>();
    final List<InverseDepthMap> backward = new ArrayList<>();

    Passes(NetworkClip clip, int[] sceneStarts) {
      this.clip = clip;
      this.cache = new Cache(clip);
      this.sceneStarts = sceneStarts;
    }

    void frame(int t, List<String> warnings) {
      try {
        CleanMap clean = clip.map(t);
        warnings.addAll(clean.warnings(t));
        initial.add(clean.map());
        while (t >= sceneStarts[scene + 1]) {
          scene++;
        }
        forward.add(cache.decode(window(t, Direction.FORWARD)));
        if (options.mix() != MixPolicy.FORWARD_ONLY) {
          backward.add(cache.decode(window(t, Direction.BACKWARD)));
        }
        cache.forgetBefore(t + 1 - 3 * options.window().clipStep());
      } catch (RuntimeException e) {
        cache.close();
        throw e;
      }
    }

    private int[] window(int t, Direction direction) {
      return options.window().window(t, sceneStarts[scene], sceneStarts[scene + 1], direction);
    }
  }

  private StabilizedClip mixed(
      NetworkClip clip, Passes passes, List<FlowPair> pairs, List<String> warnings) {
    int n = passes.forward.size();
    boolean oneWay = options.mix() == MixPolicy.FORWARD_ONLY;
    List<InverseDepthMap> backward = oneWay ? passes.forward : passes.backward;
    boolean measured = flow.isPresent();
    OpwScore[] scores = new OpwScore[3];
    if (measured) {
      scores[0] = score(clip, passes.initial, pairs, false);
      scores[1] = score(clip, passes.forward, pairs, false);
      scores[2] = score(clip, backward, pairs, !oneWay);
    }
    MixBranch branch =
        switch (options.mix()) {
          case REFERENCE ->
              measured
                  ? MixBranch.ofErrors(
                      scores[0].meanOverFrames(),
                      scores[1].meanOverFrames(),
                      scores[2].meanOverFrames())
                  : MixBranch.AVERAGE;
          case AVERAGE -> MixBranch.AVERAGE;
          case FORWARD_ONLY -> MixBranch.FORWARD;
          case FLOW_ADAPTIVE -> measured ? MixBranch.FLOW_ADAPTIVE : MixBranch.AVERAGE;
        };
    List<InverseDepthMap> mix = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      boolean adaptive = branch == MixBranch.FLOW_ADAPTIVE;
      boolean between = t > 0 && t < pairs.size();
      mix.add(
          adaptive && between
              ? PassMix.flowAdaptive(
                  passes.forward.get(t),
                  backward.get(t),
                  pairs.get(t - 1).back(),
                  pairs.get(t).ahead())
              : PassMix.of(
                  adaptive ? MixBranch.AVERAGE : branch, passes.forward.get(t), backward.get(t)));
    }
    Optional<ClipScores> all =
        measured
            ? Optional.of(
                new ClipScores(scores[0], scores[1], scores[2], score(clip, mix, pairs, false)))
            : Optional.empty();
    return new StabilizedClip(passes.initial, passes.forward, backward, mix, branch, all, warnings);
  }

  private static OpwScore score(
      NetworkClip clip, List<InverseDepthMap> maps, List<FlowPair> pairs, boolean reversed) {
    List<Double> out = new ArrayList<>();
    OpwMetric.View earlier = new OpwMetric.View(clip.colors(0), maps.get(0));
    for (int t = 1; t < maps.size(); t++) {
      OpwMetric.View later = new OpwMetric.View(clip.colors(t), maps.get(t));
      FlowPair pair = pairs.get(t - 1);
      out.add(
          reversed
              ? OpwMetric.DEFAULTS.pair(later, earlier, pair.ahead())
              : OpwMetric.DEFAULTS.pair(earlier, later, pair.back()));
      earlier = later;
    }
    if (reversed) {
      Collections.reverse(out);
    }
    return new OpwScore(out, maps.size());
  }
}
