package org.stereo4d.videoloop.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.RealData;
import org.stereo4d.video.VideoReader;
import org.stereo4d.videoloop.metric.LoopMetrics;

class FlatLoopTest {
  /** Seam of the loop over that of the best plain cut of the same length. */
  private static final double MOST_SEAM = 0.9;

  private static final double ROUNDING = 0.01; // of the waves to 8 bits

  private static List<ByteImage> waves(int frames, int leftPeriod, int rightPeriod) {
    ImageSize size = new ImageSize(48, 24);
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      ByteImage frame = ByteImage.create(size, 3);
      for (int y = 0; y < 24; y++) {
        for (int x = 0; x < 48; x++) {
          double phase = 2 * Math.PI * t / (x < 24 ? leftPeriod : rightPeriod);
          for (int c = 0; c < 3; c++) {
            frame.set(x, y, c, (int) (128 + 100 * Math.sin(phase + 0.4 * x + 0.2 * y + c)));
          }
        }
      }
      out.add(frame);
    }
    return out;
  }

  @Test
  void of_periodicVideo_findsThePeriodAndLoopsExactly() {
    List<ByteImage> video = waves(50, 12, 12);
    FlatLoop.Result result =
        new FlatLoop(FlatLoopOptions.DEFAULTS.withFrames(8, 20)).of(video, Progress.NONE);
    assertThat(result.frames()).hasSize(12);
    assertThat(result.cut().seam()).isLessThan(ROUNDING);
    assertThat(result.jump()).isLessThan(ROUNDING);
    for (int t = 0; t < 12; t++) {
      assertThat(PlainCut.difference(result.frames().get(t), video.get(t))).isLessThan(1);
    }
  }

  @Test
  void of_placesThatRepeatAtDifferentTimes_jumpLessThanAnyPlainCut() {
    ImageSize size = new ImageSize(48, 24);
    Random random = new Random(4);
    List<ByteImage> video = new ArrayList<>();
    for (int t = 0; t < 44; t++) {
      ByteImage frame = ByteImage.create(size, 3);
      random.nextBytes(frame.array());
      video.add(frame);
    }
    // the left half comes back 18 frames after frame 5, the right half after frame 12; for two
    // frames each, so that motion goes on
    for (int t = 4; t <= 5; t++) {
      copyColumns(video.get(t), video.get(t + 18), 0);
      copyColumns(video.get(t + 7), video.get(t + 25), 24);
    }
    FlatLoopOptions options =
        FlatLoopOptions.DEFAULTS.withFrames(16, 20).withPatchPx(9, 5).withRefinements(0);
    FlatLoop.Result result = new FlatLoop(options).of(video, Progress.NONE);
    assertThat(result.frames()).hasSize(18);
    assertThat(result.jump()).isLessThan(0.5 * result.cut().seam());
  }

  @Test
  void of_halvesOfDifferentPeriods_eachPlaceHasItsOwn() {
    ImageSize size = new ImageSize(48, 24);
    Random random = new Random(6);
    List<ByteImage> noise = new ArrayList<>();
    for (int t = 0; t < 60; t++) {
      ByteImage frame = ByteImage.create(size, 3);
      random.nextBytes(frame.array());
      noise.add(frame);
    }
    // the right half returns after 9 frames once, for three frames so that motion goes on, and
    // never after 18; the left half after 18
    for (int t = 10; t <= 12; t++) {
      copyColumns(noise.get(t), noise.get(t + 18), 0);
      copyColumns(noise.get(t + 10), noise.get(t + 19), 24);
    }
    FlatLoopOptions options =
        FlatLoopOptions.DEFAULTS.withFrames(18, 18).withPatchPx(9, 5).withRefinements(0);
    FlatLoop.Result one = new FlatLoop(options.withMostRepeats(1)).of(noise, Progress.NONE);
    FlatLoop.Result own = new FlatLoop(options).of(noise, Progress.NONE);
    assertThat(one.shorterShare()).isZero();
    assertThat(own.shorterShare()).isBetween(0.3, 0.7);
    assertThat(own.jump()).isLessThan(0.5 * one.jump());
    ByteImage first = own.frames().get(2);
    ByteImage again = own.frames().get(11);
    assertThat(first.crop(36, 4, new ImageSize(8, 8)))
        .isEqualTo(again.crop(36, 4, new ImageSize(8, 8)));
  }

  private static void copyColumns(ByteImage from, ByteImage to, int left) {
    for (int y = 0; y < from.height(); y++) {
      System.arraycopy(from.array(), from.index(left, y), to.array(), to.index(left, y), 3 * 24);
    }
  }

  @Test
  void of_shortVideo_namesTheBound() {
    assertThatThrownBy(
            () -> new FlatLoop(FlatLoopOptions.DEFAULTS).of(waves(20, 5, 5), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leastFrames 50");
  }

  @Test
  void of_realFire_jumpsLessThanTheBestCut() throws Exception {
    List<ByteImage> video = new ArrayList<>();
    try (VideoReader in = Backends.video("ffmpeg").open(RealData.path("loop/fire.mp4"))) {
      in.forEach(frame -> video.add(frame.image()));
    }
    FlatLoop.Result result =
        new FlatLoop(FlatLoopOptions.DEFAULTS.withFrames(60, 120).withRefinements(0))
            .of(video, Progress.NONE);
    double[] neighbours = new double[video.size() - 1];
    for (int t = 0; t < neighbours.length; t++) {
      neighbours[t] = PlainCut.difference(video.get(t), video.get(t + 1));
    }
    java.util.Arrays.sort(neighbours);
    List<ByteImage> frames = result.frames();
    double wrap = PlainCut.difference(frames.get(frames.size() - 1), frames.get(0));
    PlainCut cut = result.cut();
    double cutWrap =
        PlainCut.difference(video.get(cut.start() + cut.frames() - 1), video.get(cut.start()));
    List<ByteImage> plain = video.subList(cut.start(), cut.start() + cut.frames());
    System.getLogger("loop")
        .log(
            System.Logger.Level.INFO,
            String.format(
                "period %d, jump %.2f, best cut %.2f at %d, neighbours %.2f, wrap %.2f, cut's wrap"
                    + " %.2f, STDerr %.1f, cut's STDerr %.1f",
                cut.frames(),
                result.jump(),
                cut.seam(),
                cut.start(),
                neighbours[neighbours.length / 2],
                wrap,
                cutWrap,
                LoopMetrics.standardDeviationError(video, frames),
                LoopMetrics.standardDeviationError(video, plain)));
    assertThat(result.jump()).isLessThanOrEqualTo(MOST_SEAM * cut.seam());
    assertThat(wrap).isLessThan(neighbours[neighbours.length - 1]);
  }
}
