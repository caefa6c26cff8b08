package org.stereo4d.nvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.DepthConvention;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.Pfm;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.nvds.flowfilter.FlowFilterOptions;
import org.stereo4d.nvds.flowfilter.FlowStabilizer;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.ColorRange;
import org.stereo4d.nvds.metric.DepthErrors;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.nvds.metric.OpwScore;
import org.stereo4d.run.Progress;
import org.stereo4d.video.PngSequence;

/** Situations in which the reference fails or misleads, and what happens here. */
class BadInputTest {
  private static final ImageSize SIZE = new ImageSize(64, 48);
  private static final FlowStabilizer STEADY =
      new FlowStabilizer(new OpenCvDisFlow(DisFlowOptions.DEFAULTS), FlowFilterOptions.DEFAULTS);

  @TempDir Path folder;

  private static ByteImage picture(int shift) {
    ByteImage out = ByteImage.create(SIZE, 3);
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++) {
        for (int c = 0; c < 3; c++) {
          double wave = Math.sin(0.4 * (x - shift) + 0.2 * y + c) + Math.sin(0.17 * x - 0.3 * y);
          out.set(x, y, c, (int) (127.5 + 60 * wave));
        }
      }
    }
    return out;
  }

  private static InverseDepthMap slope(double scale) {
    FloatImage out = FloatImage.create(SIZE, 1);
    for (int i = 0; i < SIZE.area(); i++) {
      out.array()[i] = (float) (scale * (0.2 + (double) (i / SIZE.width()) / SIZE.height()));
    }
    return new InverseDepthMap(out);
  }

  private static List<InverseDepthMap> slopes(int count) {
    List<InverseDepthMap> out = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      out.add(slope(1 + 0.2 * Math.sin(2 * t)));
    }
    return out;
  }

  private static List<ByteImage> pictures(int count) {
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      out.add(picture(t));
    }
    return out;
  }

  @Test
  void sizeThatIsNoMultiple_isRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InferenceSize.require(new ImageSize(688, 384), 32))
        .withMessageContaining("688x384")
        .withMessageContaining("704x384");
    assertThat(InferenceSize.of(new ImageSize(1920, 1080))).isEqualTo(new ImageSize(672, 384));
    assertThat(InferenceSize.of(new ImageSize(640, 480))).isEqualTo(new ImageSize(512, 384));
    assertThat(InferenceSize.of(new ImageSize(1880, 800))).isEqualTo(InferenceSize.REFERENCE);
  }

  @Test
  void framesNumberedFromAnywhere_goByPosition() throws IOException {
    for (int number : new int[] {7, 9, 12}) {
      PngImage.of(picture(number)).write(folder.resolve("frame_0000" + number + ".png"));
    }
    List<ByteImage> frames = new ArrayList<>();
    try (var reader = new PngSequence(24).open(folder)) {
      reader.forEach(frame -> frames.add(frame.image()));
    }
    assertThat(frames).containsExactly(picture(7), picture(9), picture(12));
    assertThat(STEADY.stabilize(frames, slopes(3), Progress.NONE)).hasSize(3);
  }

  @Test
  void mixedFrameSizes_areRefusedByIndex() {
    List<ByteImage> frames = pictures(4);
    frames.set(2, ByteImage.create(new ImageSize(32, 32), 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STEADY.stabilize(frames, slopes(4), Progress.NONE))
        .withMessageContaining("frame 2")
        .withMessageContaining("32x32");
  }

  @Test
  void constantMap_becomesZerosForTheNetworkAndIsFlagged() {
    InverseDepthMap flat = slope(0);
    assertThat(DepthLevels.of(List.of(flat)).unit(flat).array()).containsOnly(0);
    List<InverseDepthMap> maps = new ArrayList<>(slopes(3));
    maps.set(1, flat);
    StabilizedClip clip = STEADY.run(pictures(3), maps, Progress.NONE);
    assertThat(clip.warnings()).anyMatch(w -> w.contains("frame 1") && w.contains("constant"));
    clip.mix().forEach(map -> assertThat(map.known().count()).isEqualTo(SIZE.area()));
  }

  @Test
  void unknownPixels_becomeTheMedianAndAreCounted() {
    InverseDepthMap holes = slope(1);
    holes.values().set(3, 4, 0, Float.NaN);
    holes.values().set(5, 4, 0, Float.POSITIVE_INFINITY);
    CleanMap clean = CleanMap.of(holes);
    assertThat(clean.replaced()).isEqualTo(2);
    assertThat(clean.map().at(3, 4)).isBetween(0.6f, 0.8f);
    assertThat(Float.isNaN(holes.at(3, 4))).as("the input is not changed").isTrue();
    List<InverseDepthMap> maps = new ArrayList<>(slopes(3));
    maps.set(2, holes);
    StabilizedClip clip = STEADY.run(pictures(3), maps, Progress.NONE);
    assertThat(clip.warnings()).anyMatch(w -> w.contains("frame 2: 2 values"));
    assertThat(CleanMap.of(nothing()).map().values().array()).containsOnly(0);
  }

  private static InverseDepthMap nothing() {
    FloatImage out = FloatImage.create(SIZE, 1);
    Arrays.fill(out.array(), Float.NaN);
    return new InverseDepthMap(out);
  }

  @Test
  void otherNumberOfMaps_isRefusedBeforeAnyWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                STEADY.stabilize(
                    pictures(3),
                    slopes(2),
                    step -> {
                      throw new AssertionError("work began");
                    }))
        .withMessageContaining("3")
        .withMessageContaining("2");
  }

  @Test
  void depth_isConvertedWhenItIsStated() {
    FloatImage meters = FloatImage.wrap(new float[] {2, 4, 0}, new ImageSize(3, 1), 1);
    float[] inverse = DepthConvention.DEPTH.toInverse(meters).values().array();
    assertThat(inverse[0]).isEqualTo(0.5f);
    assertThat(inverse[1]).isEqualTo(0.25f);
    assertThat(inverse[2]).isNaN();
  }

  @Test
  void wideRanges_comeBackByOneLineForTheClip() {
    List<InverseDepthMap> initial = slopes(4);
    AffineAlignment.Sums sums = new AffineAlignment.Sums();
    AffineAlignment.Sums inverse = new AffineAlignment.Sums();
    AffineAlignment wide = new AffineAlignment(250, 1000);
    Mask all = Mask.none(SIZE).not();
    for (InverseDepthMap map : initial) {
      sums.add(map.values(), wide.apply(map).values(), all);
      inverse.add(wide.apply(map).at(0, 0), map.at(0, 0)); // sparse metric points
    }
    assertThat(sums.solve(AffineAlignment.IDENTITY).scale()).isCloseTo(250, within(1e-2));
    assertThat(sums.solve(AffineAlignment.IDENTITY).shift()).isCloseTo(1000, within(1e-2));
    assertThat(inverse.solve(AffineAlignment.IDENTITY).scale()).isCloseTo(1 / 250.0, within(1e-5));
  }

  @Test
  void fewFrames_work() {
    for (int n = 1; n <= 3; n++) {
      StabilizedClip clip = STEADY.run(pictures(n), slopes(n), Progress.NONE);
      assertThat(clip.mix()).hasSize(n);
      assertThat(Double.isNaN(clip.scores().orElseThrow().mix().meanOverPairs())).isEqualTo(n == 1);
    }
    assertThat(STEADY.run(List.of(), List.of(), Progress.NONE).mix()).isEmpty();
    assertThat(MixBranch.ofErrors(Double.NaN, Double.NaN, Double.NaN)).isEqualTo(MixBranch.AVERAGE);
    assertThat(WindowSelector.DEFAULTS.window(0, 1, Direction.BACKWARD)).containsOnly(0);
  }

  @Test
  void windowInsideAScene_neverLeavesIt() {
    for (StartPolicy start : StartPolicy.values()) {
      for (Direction direction : Direction.values()) {
        for (int step = 1; step <= 3; step++) {
          WindowSelector selector = WindowSelector.DEFAULTS.withStart(start).withClipStep(step);
          for (int f = 5; f < 21; f++) {
            int[] window = selector.window(f, 5, 21, direction);
            assertThat(window[3]).isEqualTo(f);
            for (int i : window) {
              assertThat(i).isBetween(5, 20);
            }
          }
        }
      }
    }
    assertThat(WindowSelector.DEFAULTS.withStart(StartPolicy.CLAMP).window(1, 9, Direction.FORWARD))
        .containsExactly(0, 0, 0, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowSelector(WindowRule.FIXED, 4, StartPolicy.REPEAT_TARGET))
        .withMessageContaining("4");
  }

  @Test
  void secondRunIntoTheSameFolder_overwritesUnlessCompatible() throws IOException {
    StabilizedClip clip = STEADY.run(pictures(3), slopes(3), Progress.NONE);
    ResultFolder fresh =
        new ResultFolder(folder.resolve("a"), ResultOptions.DEFAULTS.withFloats(true));
    fresh.write(clip, Progress.NONE);
    String once = Files.readString(folder.resolve("a/result.txt"));
    fresh.write(clip, Progress.NONE);
    assertThat(Files.readString(folder.resolve("a/result.txt"))).isEqualTo(once);
    ResultFolder growing = new ResultFolder(folder.resolve("b"), ResultOptions.REFERENCE);
    growing.write(clip, Progress.NONE);
    growing.write(clip, Progress.NONE);
    assertThat(Files.readString(folder.resolve("b/result.txt"))).isEqualTo(once + once);
    assertThat(Files.exists(folder.resolve("b/mix/range.txt"))).isFalse();
    assertThat(Pfm.read(folder.resolve("a/mix/pfm/frame_000002.pfm")))
        .isEqualTo(clip.mix().get(2).values());
    String[] range = Files.readString(folder.resolve("a/initial/range.txt")).trim().split(" ", 2);
    DepthLevels levels = DepthLevels.of(clip.initial());
    assertThat(Float.parseFloat(range[0])).isEqualTo(levels.low());
    assertThat(Float.parseFloat(range[1])).isEqualTo(levels.high());
    PngImage gray = PngImage.read(folder.resolve("a/initial/gray/frame_000001.png"));
    assertThat(gray.bitsPerSample()).isEqualTo(16);
    float back = levels.low() + gray.sample(9, 20, 0) / 65535f * (levels.high() - levels.low());
    assertThat(back)
        .isCloseTo(clip.initial().get(1).at(9, 20), within((levels.high() - levels.low()) / 65535));
    assertThat(PngImage.read(folder.resolve("b/2/color/0.png")).channels()).isEqualTo(4);
    assertThat(PngImage.read(folder.resolve("b/1/gray/frame_000002.png")).sample(0, 47, 0))
        .as("each frame uses the full range")
        .isGreaterThan(60_000);
  }

  @Test
  void resultText_exactBytesAndSummary() {
    OpwScore score = new OpwScore(List.of(0.25, 0.5), 3);
    String text = ResultText.ofScores(new ClipScores(score, score, score, score));
    assertThat(text)
        .isEqualTo(
            "**********initial**********\nall:0.75,mean:0.25,frames:3\n"
                + "**********forward**********\nall:0.75,mean:0.25,frames:3\n"
                + "**********backward**********\nall:0.75,mean:0.25,frames:3\n"
                + "**********Mixing**********\nall:0.75,mean:0.25,frames:3");
    assertThat(ResultText.summary(List.of(text, text.replace("0.25", "0.75"))))
        .containsExactly(0.5, 0.5, 0.5, 0.5);
    var errors = new DepthErrors(1, 0.12345, 1, 0.9, 0.95678, 1);
    assertThat(ResultText.ofAccuracy(List.of(errors, errors, errors)))
        .startsWith("\n**********Initial**********\nd1:0.9,d2:0.957,d3:1.0,absrel:0.123\n")
        .contains("\n**********Looping**********\n")
        .endsWith("\n**********Mixing**********\nd1:0.9,d2:0.957,d3:1.0,absrel:0.123\n");
    StabilizedClip clip =
        new StabilizedClip(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            MixBranch.FORWARD,
            Optional.empty(),
            List.of("a hole"));
    assertThat(ResultText.json(clip)).contains("\"FORWARD\"").contains("a hole");
  }

  @Test
  void noMotion_hasFullWeightEverywhere() {
    List<ByteImage> frames = Collections.nCopies(3, picture(0));
    List<InverseDepthMap> maps = Collections.nCopies(3, slope(1));
    assertThat(STEADY.stabilize(frames, maps, Progress.NONE))
        .allSatisfy(
            map ->
                assertThat(
                        GoldenMaps.largestDifference(
                            map.values().array(), slope(1).values().array()))
                    .isLessThan(1e-6));
    OpwMetric.View view = new OpwMetric.View(frames.get(0).toFloat(), maps.get(0));
    OpwMetric.View other = new OpwMetric.View(frames.get(0).toFloat(), noisy());
    assertThat(OpwMetric.DEFAULTS.pair(view, view, FlowField.zero(SIZE))).isZero();
    double unweighted =
        OpwMetric.DEFAULTS.withColors(ColorRange.UNIT).pair(view, other, FlowField.zero(SIZE));
    assertThat(OpwMetric.DEFAULTS.pair(view, other, FlowField.zero(SIZE)))
        .as("weight 3 in either unit")
        .isCloseTo(unweighted, within(1e-9));
  }

  private static InverseDepthMap noisy() {
    FloatImage out = slope(1).values().copy();
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] += (i * 7919 % 13) / 100f;
    }
    return new InverseDepthMap(out);
  }

  @Test
  void letterboxBars_canBeLeftOut() {
    Mask active = Mask.none(SIZE);
    for (int y = 12; y < 36; y++) {
      Arrays.fill(active.array(), y * SIZE.width(), (y + 1) * SIZE.width(), true);
    }
    ByteImage frame = picture(0);
    FloatImage map = noisy().values();
    for (int i = 0; i < SIZE.area(); i++) {
      if (!active.array()[i]) {
        Arrays.fill(frame.array(), 3 * i, 3 * i + 3, (byte) 0);
        map.array()[i] = 0;
      }
    }
    FloatImage before = slope(1).values();
    for (int i = 0; i < SIZE.area(); i++) {
      before.array()[i] = active.array()[i] ? before.array()[i] : 0;
    }
    OpwMetric.View a = new OpwMetric.View(frame.toFloat(), new InverseDepthMap(before));
    OpwMetric.View b = new OpwMetric.View(frame.toFloat(), new InverseDepthMap(map));
    double all = OpwMetric.DEFAULTS.pair(a, b, FlowField.zero(SIZE));
    double inside = OpwMetric.DEFAULTS.withActiveArea(active).pair(a, b, FlowField.zero(SIZE));
    assertThat(inside).isGreaterThan(all);
  }

  @Test
  void comparisonVideo_hasThreeRowsOfTwo() throws IOException {
    List<ByteImage> frames = pictures(2);
    ComparisonVideo.Column column = new ComparisonVideo.Column(slopes(2), slopes(2));
    new ComparisonVideo(new PngSequence(24), 24)
        .write(folder.resolve("video"), frames, column, column, Progress.NONE);
    List<ByteImage> out = new ArrayList<>();
    try (var reader = new PngSequence(24).open(folder.resolve("video"))) {
      reader.forEach(frame -> out.add(frame.image()));
    }
    assertThat(out).hasSize(2);
    assertThat(out.get(1).size()).isEqualTo(new ImageSize(128, 144));
    assertThat(out.get(1).crop(64, 0, SIZE).copy()).isEqualTo(frames.get(1));
    assertThat(out.get(1).crop(0, 48, SIZE).copy()).isEqualTo(out.get(1).crop(64, 96, SIZE).copy());
  }
}
