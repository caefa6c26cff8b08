package org.stereo4d.nvds.flowfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.nvds.GoldenMaps;
import org.stereo4d.nvds.MixBranch;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.DepthStabilizerContract;

class FlowStabilizerTest extends DepthStabilizerContract {
  private static final OpenCvDisFlow FLOW = new OpenCvDisFlow(DisFlowOptions.DEFAULTS);
  private static final FlowFilterOptions DEFAULTS = FlowFilterOptions.DEFAULTS;

  @Override
  protected DepthStabilizer stabilizer() {
    return new FlowStabilizer(FLOW, DEFAULTS);
  }

  private static List<InverseDepthMap> steady(FlowFilterOptions options, int count) {
    return new FlowStabilizer(FLOW, options)
        .stabilize(frames(count), maps(count, 0.2), Progress.NONE);
  }

  @Test
  void stabilize_oneAndThreeThreads_sameBits() throws Exception {
    List<InverseDepthMap> one = new ForkJoinPool(1).submit(() -> steady(DEFAULTS, 6)).get();
    assertThat(new ForkJoinPool(3).submit(() -> steady(DEFAULTS, 6)).get()).isEqualTo(one);
  }

  @Test
  void stabilize_flicker_shrinks() {
    List<InverseDepthMap> steady = steady(DEFAULTS, 8);
    double before = 0;
    double after = 0;
    List<InverseDepthMap> initial = maps(8, 0.2);
    for (int t = 1; t < 8; t++) {
      // the slope does not move, look at its lower right corner
      before += Math.abs(initial.get(t).at(60, 28) - initial.get(t - 1).at(60, 28));
      after += Math.abs(steady.get(t).at(60, 28) - steady.get(t - 1).at(60, 28));
    }
    assertThat(after).isLessThan(0.5 * before);
  }

  @Test
  void stabilize_cut_keepsScenesApart() {
    List<ByteImage> frames = new ArrayList<>(frames(4));
    for (ByteImage frame : frames(4)) {
      ByteImage other = frame.copy();
      for (int i = 0; i < other.array().length; i++) {
        other.array()[i] = (byte) (37 * i * (i % 61) >> 3); // nothing like the first scene
      }
      frames.add(other);
    }
    List<InverseDepthMap> initial = new ArrayList<>(maps(4, 0.2));
    for (int t = 0; t < 4; t++) {
      FloatImage map = FloatImage.create(SIZE, 1);
      for (int i = 0; i < map.array().length; i++) {
        map.array()[i] = 5 + i % SIZE.width();
      }
      initial.add(new InverseDepthMap(map));
    }
    StabilizedClip clip = new FlowStabilizer(FLOW, DEFAULTS).run(frames, initial, Progress.NONE);
    assertThat(clip.warnings()).anyMatch(w -> w.contains("frame 4: a new scene"));
    List<InverseDepthMap> alone =
        new FlowStabilizer(FLOW, DEFAULTS.withAlignFrames(0))
            .stabilize(frames.subList(4, 8), initial.subList(4, 8), Progress.NONE);
    for (int t = 4; t < 8; t++) {
      assertThat(
              GoldenMaps.largestDifference(
                  clip.mix().get(t).values().array(), alone.get(t - 4).values().array()))
          .isLessThan(1e-5);
    }
  }

  @Test
  void stabilize_clipOfSeveralPieces_staysNearTheWholeClip() {
    List<ByteImage> frames = frames(40);
    List<InverseDepthMap> initial = maps(40, 0.2);
    List<InverseDepthMap> whole =
        new FlowStabilizer(FLOW, DEFAULTS.withChunks(40, 8))
            .stabilize(frames, initial, Progress.NONE);
    List<InverseDepthMap> pieces =
        new FlowStabilizer(FLOW, DEFAULTS.withChunks(12, 8))
            .stabilize(frames, initial, Progress.NONE);
    assertThat(pieces).hasSize(40);
    double flicker = 0;
    double apart = 0;
    for (int t = 0; t < 40; t++) {
      flicker += meanDifference(initial.get(t), whole.get(t));
      apart += meanDifference(pieces.get(t), whole.get(t));
    }
    assertThat(apart).isLessThan(0.15 * flicker);
  }

  private static double meanDifference(InverseDepthMap a, InverseDepthMap b) {
    double sum = 0;
    for (int i = 0; i < a.size().area(); i++) {
      sum += Math.abs(a.values().array()[i] - b.values().array()[i]);
    }
    return sum / a.size().area();
  }

  @Test
  void live_isCausal() {
    List<ByteImage> frames = frames(6);
    List<InverseDepthMap> maps = maps(6, 0.2);
    LiveFlowFilter all = new LiveFlowFilter(FLOW, DEFAULTS);
    LiveFlowFilter some = new LiveFlowFilter(FLOW, DEFAULTS);
    List<InverseDepthMap> steady = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      InverseDepthMap out = all.next(frames.get(t), maps.get(t));
      steady.add(out);
      if (t < 3) {
        assertThat(some.next(frames.get(t), maps.get(t))).isEqualTo(out);
      }
    }
    double before = 0;
    double after = 0;
    for (int t = 1; t < 6; t++) {
      before += Math.abs(maps.get(t).at(60, 28) - maps.get(t - 1).at(60, 28));
      after += Math.abs(steady.get(t).at(60, 28) - steady.get(t - 1).at(60, 28));
    }
    assertThat(after).isLessThan(0.6 * before);
  }

  @Test
  void steadyVideoDepth_overAnyFunction_givesEveryFrameInOrder() throws IOException {
    List<ByteImage> frames = frames(30);
    List<InverseDepthMap> direct =
        new FlowStabilizer(FLOW, DEFAULTS.withChunks(10, 4))
            .stabilize(
                frames, frames.stream().map(FlowStabilizerTest::luma).toList(), Progress.NONE);
    for (MixPolicy mix : List.of(MixPolicy.AVERAGE, MixPolicy.FORWARD_ONLY)) {
      List<InverseDepthMap> out = new ArrayList<>();
      new SteadyVideoDepth(
              new PerFrameDepth(FlowStabilizerTest::luma),
              FLOW,
              DEFAULTS.withChunks(10, 4).withMix(mix))
          .estimate(
              frames,
              (index, map) -> {
                assertThat(index).isEqualTo(mix == MixPolicy.FORWARD_ONLY ? out.size() : index);
                out.add(map);
              },
              Progress.NONE);
      assertThat(out).hasSize(30);
      if (mix == MixPolicy.AVERAGE) {
        assertThat(out).isEqualTo(direct);
      }
    }
  }

  private static InverseDepthMap luma(ByteImage frame) {
    return new InverseDepthMap(frame.luma().toFloat());
  }

  @Test
  void run_policies_takeTheirBranch() {
    List<ByteImage> frames = frames(5);
    List<InverseDepthMap> maps = maps(5, 0.2);
    for (MixPolicy mix : MixPolicy.values()) {
      StabilizedClip clip =
          new FlowStabilizer(FLOW, DEFAULTS.withMix(mix)).run(frames, maps, Progress.NONE);
      assertThat(clip.mix()).hasSize(5);
      assertThat(clip.scores().orElseThrow().mix().pairs()).hasSize(4);
      switch (mix) {
        case FORWARD_ONLY -> assertThat(clip.branch()).isEqualTo(MixBranch.FORWARD);
        case AVERAGE -> assertThat(clip.branch()).isEqualTo(MixBranch.AVERAGE);
        case FLOW_ADAPTIVE -> assertThat(clip.branch()).isEqualTo(MixBranch.FLOW_ADAPTIVE);
        case REFERENCE ->
            assertThat(clip.branch())
                .isEqualTo(
                    MixBranch.ofErrors(
                        clip.scores().get().initial().meanOverFrames(),
                        clip.scores().get().forward().meanOverFrames(),
                        clip.scores().get().backward().meanOverFrames()));
      }
    }
  }

  @Test
  void stabilize_onlyOneFlowOff_isTheIdentity() {
    FlowFilterOptions off = DEFAULTS.withAlignFrames(0).withKeepMost(0);
    List<InverseDepthMap> initial = maps(4, 0.2);
    assertThat(new FlowStabilizer(FLOW, off).stabilize(frames(4), initial, Progress.NONE))
        .isEqualTo(initial);
  }

  @Test
  void alignFrames_infinite_locksToTheFirstFrame() {
    List<ByteImage> frames = Collections.nCopies(4, frames(1).get(0));
    List<InverseDepthMap> maps = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      FloatImage map = maps(1, 0).get(0).values().copy();
      for (int i = 0; i < map.array().length; i++) {
        map.array()[i] = (1 + 0.2f * t) * map.array()[i] + 0.1f * t;
      }
      maps.add(new InverseDepthMap(map));
    }
    FlowFilterOptions locked = DEFAULTS.withAlignFrames(Double.POSITIVE_INFINITY).withKeepMost(0);
    for (InverseDepthMap map :
        new FlowStabilizer(FLOW, locked).stabilize(frames, maps, Progress.NONE)) {
      assertThat(
              GoldenMaps.largestDifference(map.values().array(), maps.get(0).values().contiguous()))
          .isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void percentiles_areThoseOfTheSortedValues() {
    float[] values = new float[1001];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.sin(i * 12.9898) * 43.7585);
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] found =
        Percentiles.of(consumer -> consumer.accept(values), 0.05, 0.5, 0.95, 0, 1, 0.3333);
    assertThat(found[0]).isEqualTo(sorted[50]);
    assertThat(found[1]).isEqualTo(sorted[500]);
    assertThat(found[2]).isEqualTo(sorted[950]);
    assertThat(found[3]).isEqualTo(sorted[0]);
    assertThat(found[4]).isEqualTo(sorted[1000]);
    double expected = sorted[333] + (333.3 - 333) * (sorted[334] - (double) sorted[333]);
    assertThat(found[5]).isCloseTo(expected, within(1e-6));
  }

  @Test
  void rangeSmoother_pumping_shrinksAndScenesStartAnew() {
    ImageSize size = SIZE;
    List<ByteImage> frames = Collections.nCopies(30, ByteImage.create(size, 3));
    List<InverseDepthMap> maps = maps(30, 0.3);
    List<InverseDepthMap> out = RangeSmoother.DEFAULTS.stabilize(frames, maps, Progress.NONE);
    for (InverseDepthMap map : out) {
      for (float v : map.values().array()) {
        assertThat(v).isBetween(0f, 1f);
      }
    }
    List<InverseDepthMap> scenes =
        RangeSmoother.DEFAULTS.withStartsScene(t -> t == 15).stabilize(frames, maps, Progress.NONE);
    assertThat(scenes.subList(15, 30))
        .isEqualTo(
            RangeSmoother.DEFAULTS.stabilize(
                frames.subList(15, 30), maps.subList(15, 30), Progress.NONE));
  }
}
