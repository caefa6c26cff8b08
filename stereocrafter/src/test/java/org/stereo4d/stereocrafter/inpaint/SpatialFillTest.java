package org.stereo4d.stereocrafter.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.stereocrafter.splat.ByteSplat;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.stereocrafter.splat.SplatOptions;

/** Both fills of what no frame shows, and colours of other frames at another brightness. */
class SpatialFillTest {
  private static final ImageSize SIZE = new ImageSize(128, 64);
  private static final int RED = 250;

  private static InpaintOptions options(SpatialFill fill) {
    return InpaintOptions.DEFAULTS.withSpatialFill(fill);
  }

  /** Green and blue waves behind a red square, all as bright as a factor says. */
  private static ByteImage picture(int squareX, double brightness) {
    ByteImage out = ByteImage.create(SIZE, 3);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 128; x++) {
        boolean square = x >= squareX && x < squareX + 50 && y >= 10 && y < 54;
        double green = square ? 0 : 110 + 40 * Math.sin(0.2 * x + 0.05 * y);
        double blue = square ? 0 : 110 + 40 * Math.cos(0.15 * y - 0.03 * x);
        out.set(x, y, 0, square ? (int) Math.min(255, RED * brightness) : 0);
        out.set(x, y, 1, (int) Math.min(255, brightness * green));
        out.set(x, y, 2, (int) Math.min(255, brightness * blue));
      }
    }
    return out;
  }

  private static WarpedFrame frame(int squareX, int near, double brightness, boolean starts) {
    FloatImage px = FloatImage.create(SIZE, 1);
    for (int y = 10; y < 54; y++) {
      Arrays.fill(px.array(), y * 128 + squareX, y * 128 + squareX + 50, near);
    }
    ByteImage source = picture(squareX, brightness);
    return new WarpedFrame(
        source,
        new RowSplatter(SplatOptions.DEFAULTS).splat(source, new DisparityMap(px), -1),
        -1,
        starts);
  }

  private static List<ByteImage> fill(InpaintOptions options, List<WarpedFrame> frames) {
    StereoInpainter inpainter = new ClassicalStereoInpainter(options);
    List<ByteImage> out = new ArrayList<>();
    for (WarpedFrame frame : frames) {
      inpainter.accept(frame).ifPresent(out::add);
    }
    for (Optional<ByteImage> next = inpainter.flush(); next.isPresent(); next = inpainter.flush()) {
      out.add(next.get());
    }
    return out;
  }

  private static Mask changed(WarpedFrame frame) {
    return HoleShape.grownRight(HoleShape.closed(frame.splat().holes()), 1);
  }

  /** Holes of widths up to that of the whole square. */
  @ParameterizedTest
  @CsvSource({"MEMBRANE, 4", "MEMBRANE, 40", "NAVIER_STOKES, 4", "NAVIER_STOKES, 20"})
  void fill_nearObjectsOfAnotherColor_neverFlowIn(SpatialFill fill, int near) {
    WarpedFrame frame = frame(60, near, 1, true);
    ByteImage filled = fill(options(fill), List.of(frame)).get(0);
    Mask holes = changed(frame);
    assertThat(holes.count()).isGreaterThan(near * 40);
    for (int i = 0; i < SIZE.area(); i++) {
      if (holes.array()[i]) {
        assertThat(filled.array()[3 * i]).as("red of pixel %s", i).isZero();
        assertThat(filled.array()[3 * i + 1] & 0xff).isBetween(70, 150);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SpatialFill.class)
  void visiblePixels_stayBitIdentical(SpatialFill fill) {
    List<WarpedFrame> frames = moving(1);
    List<ByteImage> filled = fill(options(fill).withMatchedBrightness(true), frames);
    for (int t = 0; t < frames.size(); t++) {
      Mask holes = changed(frames.get(t));
      byte[] splat = frames.get(t).splat().image().array();
      for (int i = 0; i < splat.length; i++) {
        if (!holes.array()[i / 3]) {
          assertThat(filled.get(t).array()[i]).isEqualTo(splat[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SpatialFill.class)
  void stillScene_givesIdenticalFrames(SpatialFill fill) {
    List<WarpedFrame> frames = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      frames.add(frame(60, 12, 1, t == 0));
    }
    List<ByteImage> filled = fill(options(fill), frames);
    assertThat(filled).containsOnly(filled.get(0));
  }

  @ParameterizedTest
  @EnumSource(SpatialFill.class)
  void fill_anyNumberOfThreads_sameBits(SpatialFill fill) {
    InpaintOptions options = options(fill).withMatchedBrightness(true);
    List<WarpedFrame> frames = moving(1.1);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> fill(options, frames)).join())
          .isEqualTo(three.submit(() -> fill(options, frames)).join());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void fills_differ() {
    List<WarpedFrame> frames = List.of(frame(60, 12, 1, true));
    assertThat(Stream.of(SpatialFill.values()).map(fill -> fill(options(fill), frames)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(SpatialFill.class)
  void constantPicture_staysConstant(SpatialFill fill) {
    WarpedFrame shape = frame(60, 12, 1, true);
    ByteImage gray = ByteImage.create(SIZE, 3);
    Arrays.fill(gray.array(), (byte) 77);
    ByteImage view = gray.copy();
    Mask holes = shape.splat().holes();
    for (int i = 0; i < view.array().length; i++) {
      view.array()[i] = holes.array()[i / 3] ? 0 : view.array()[i];
    }
    ByteSplat splat = new ByteSplat(view, shape.splat().coverage(), shape.splat().disparity());
    assertThat(fill(options(fill), List.of(new WarpedFrame(gray, splat, -1, true))))
        .containsExactly(gray);
  }

  /** A square that moves by half its hole, every second frame brighter. */
  private static List<WarpedFrame> moving(double brightness) {
    List<WarpedFrame> frames = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      frames.add(frame(30 + 6 * t, 10, t % 2 == 0 ? 1 : brightness, t == 0));
    }
    return frames;
  }

  private static double error(InpaintOptions options, double brightness) {
    List<WarpedFrame> frames = moving(brightness);
    List<ByteImage> filled = fill(options.withMemory(0), frames);
    double sum = 0;
    int count = 0;
    for (int t = 0; t < frames.size(); t++) {
      byte[] truth = picture(-100, t % 2 == 0 ? 1 : brightness).array();
      Mask holes = changed(frames.get(t));
      for (int i = 0; i < truth.length; i++) {
        if (holes.array()[i / 3]) {
          sum += Math.abs((filled.get(t).array()[i] & 0xff) - (truth[i] & 0xff));
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void matchedBrightness_framesOfAnotherBrightness_areWorthMore() {
    InpaintOptions as = InpaintOptions.DEFAULTS;
    InpaintOptions matched = as.withMatchedBrightness(true);
    double steady = error(as, 1);
    double apart = error(as, 1.2) - steady;
    double left = error(matched, 1.2) - steady;
    assertThat(left).isLessThan(0.7 * apart);
    assertThat(error(matched, 1)).isCloseTo(steady, within(0.2));
  }

  @Test
  void gains_areLimited() {
    for (double brightness : new double[] {0.5, 0.9, 1, 1.1, 1.6}) {
      SceneFrame here = scene(frame(60, 12, 1, true));
      SceneFrame there = scene(frame(60, 12, brightness, true));
      BackgroundFill background = BackgroundFill.of(here.image, here.holes, here.disparity);
      double[] gains =
          BrightnessMatch.gains(
              here, background, new Candidate(there, 1, SimilarityMotion.NONE), 1);
      double expected = Math.max(0.8, Math.min(1.25, 1 / brightness));
      assertThat(gains[1]).isCloseTo(expected, within(0.01));
      assertThat(gains[2]).isCloseTo(expected, within(0.01));
      assertThat(gains[0]).isEqualTo(1); // black in both
    }
  }

  private static SceneFrame scene(WarpedFrame frame) {
    return new SceneFrame(frame, changed(frame), FloatImage.create(SIZE, 1), SimilarityMotion.NONE);
  }
}
