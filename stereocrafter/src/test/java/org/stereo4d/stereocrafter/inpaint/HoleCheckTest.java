package org.stereo4d.stereocrafter.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.Backends;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.depth.DepthRange;
import org.stereo4d.stereocrafter.depth.HeuristicDepthEstimator;
import org.stereo4d.stereocrafter.splat.DisparityModel;
import org.stereo4d.testing.RealData;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;

class HoleCheckTest {
  private static final ImageSize SIZE = new ImageSize(120, 80);
  private static final int FRAMES = 60;
  private static final double RANGE_PX = 40;

  /** What the fill must gain over copies of the background, dB. */
  private static final double GAIN_DECIBELS = 1;

  /** What joining the background to what other frames showed must gain, dB; 0.23 were measured. */
  private static final double MEMBRANE_DECIBELS = 0.1;

  /** Fills within this are as good as each other, dB. */
  private static final double EQUAL_DECIBELS = 0.05;

  private static ByteImage picture() {
    ByteImage out = ByteImage.create(SIZE, 3);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (byte) (128 + 60 * Math.sin(0.1 * (i / 3 % 120)) + 40 * Math.sin(i / 9000.));
    }
    return out;
  }

  private static DisparityMap square() {
    FloatImage px = FloatImage.create(SIZE, 1);
    for (int y = 20; y < 60; y++) {
      Arrays.fill(px.array(), y * 120 + 40, y * 120 + 70, 10);
    }
    return new DisparityMap(px);
  }

  @Test
  void holes_besideASquare_areTenColumnsOfBackground() {
    Mask holes = RoundTripHoles.of(square(), -1);
    assertThat(holes.at(75, 40)).isTrue();
    assertThat(holes.at(55, 40)).isFalse();
    assertThat(holes.at(30, 40)).isFalse();
    assertThat(holes.at(75, 5)).isFalse();
    assertThat(holes.count()).isBetween(9 * 40, 14 * 44);
  }

  /** Knows the answer, or is off by a level everywhere in every second frame. */
  private static final class Oracle implements StereoInpainter {
    private final int offset;
    private int frames;

    Oracle(int offset) {
      this.offset = offset;
    }

    @Override
    public Optional<ByteImage> accept(WarpedFrame frame) {
      ByteImage out = frame.source().copy();
      for (int i = 0; i < out.array().length && frames % 2 == 1; i++) {
        out.array()[i] += (byte) offset;
      }
      frames++;
      return Optional.of(out);
    }

    @Override
    public Optional<ByteImage> flush() {
      return Optional.empty();
    }
  }

  private static HoleCheck.Quality quality(StereoInpainter inpainter) {
    HoleCheck check =
        new HoleCheck(inpainter, (a, b) -> new FlowField(FloatImage.create(a.size(), 2)));
    for (int t = 0; t < 4; t++) {
      check.accept(picture(), square());
    }
    return check.finish();
  }

  @Test
  void quality_ofTheTruth_isPerfect_andOneLevelShows() {
    HoleCheck.Quality perfect = quality(new Oracle(0));
    assertThat(perfect.frames()).isEqualTo(4);
    assertThat(perfect.psnrDecibels()).isGreaterThan(100);
    assertThat(perfect.ssim()).isGreaterThan(0.999999);
    assertThat(perfect.flickerLevels()).isLessThan(1e-4);
    HoleCheck.Quality off = quality(new Oracle(2));
    assertThat(off.flickerLevels()).isBetween(1.99, 2.01);
    assertThat(off.psnrDecibels()).isLessThan(perfect.psnrDecibels() - 20);
    HoleCheck.Quality rows = quality(new RowBackgroundInpainter());
    assertThat(rows.psnrDecibels()).isBetween(10.0, 60.0);
  }

  private static HoleCheck.Quality real(
      List<ByteImage> frames, List<DisparityMap> maps, StereoInpainter inpainter) {
    HoleCheck check = new HoleCheck(inpainter, new OpenCvDisFlow(DisFlowOptions.DEFAULTS));
    for (int t = 0; t < frames.size(); t++) {
      check.accept(frames.get(t), maps.get(t));
    }
    return check.finish();
  }

  /** Both fills of the first frames of a clip. */
  private record Fills(HoleCheck.Quality rows, HoleCheck.Quality classical) {
    /** Frames times decibels gained. */
    double gain() {
      return rows.frames() == 0
          ? 0
          : rows.frames() * (classical.psnrDecibels() - rows.psnrDecibels());
    }

    /** Steps times flicker lost. */
    double calm() {
      return rows.frames() == 0
          ? 0
          : rows.frames() * (rows.flickerLevels() - classical.flickerLevels());
    }
  }

  /** Frames of a clip and their disparity. */
  private record Clip(List<ByteImage> frames, List<DisparityMap> maps) {
    HoleCheck.Quality of(InpaintOptions options) {
      return real(frames, maps, new ClassicalStereoInpainter(options));
    }
  }

  private static Fills fills(String name) throws IOException {
    Clip clip = clip(name);
    return new Fills(
        real(clip.frames, clip.maps, new RowBackgroundInpainter()),
        clip.of(InpaintOptions.DEFAULTS));
  }

  private static Clip clip(String clip) throws IOException {
    List<ByteImage> frames = new ArrayList<>();
    try (VideoReader reader = Backends.video("ffmpeg").open(RealData.path("tracking/" + clip))) {
      while (frames.size() < FRAMES) {
        frames.add(reader.next().map(Frame::image).orElseThrow());
      }
    }
    List<DisparityMap> maps = new ArrayList<>();
    HeuristicDepthEstimator.ofPictures()
        .estimate(
            frames,
            (t, map) ->
                maps.add(
                    new DisparityModel(RANGE_PX, 0.5).disparity(DepthRange.of(map).normalize(map))),
            Progress.NONE);
    return new Clip(frames, maps);
  }

  /** Frames with few holes say little and are left out: at this strength all those of the camel. */
  @Test
  @Tag("real")
  void fill_framesOfBothClipsWithHoles_beatsCopiesOfTheBackgroundAndFlickersLess()
      throws IOException {
    Fills highway = fills("highway_bridge_jitter.mp4");
    Fills camel = fills("camel.mp4");
    int count = highway.rows.frames() + camel.rows.frames();
    assertThat(highway.rows.frames()).isGreaterThan(FRAMES / 2);
    assertThat(highway.classical.frames() + camel.classical.frames()).isEqualTo(count);
    assertThat((highway.gain() + camel.gain()) / count).isGreaterThan(GAIN_DECIBELS);
    assertThat(highway.calm() + camel.calm()).isPositive();
    assertThat(highway.classical.ssim()).isGreaterThan(highway.rows.ssim());
  }

  @Test
  @Tag("real")
  void membrane_isTheBestSpatialFillAndTheCalmest() throws IOException {
    Clip clip = clip("highway_bridge_jitter.mp4");
    InpaintOptions options = InpaintOptions.DEFAULTS;
    HoleCheck.Quality membrane = clip.of(options);
    HoleCheck.Quality lines = clip.of(options.withSpatialFill(SpatialFill.NAVIER_STOKES));
    HoleCheck.Quality beside = clip.of(options.withSpatialFill(SpatialFill.BACKGROUND));
    assertThat(options.spatialFill()).isEqualTo(SpatialFill.MEMBRANE);
    assertThat(membrane.psnrDecibels())
        .isGreaterThan(beside.psnrDecibels() + MEMBRANE_DECIBELS)
        .isGreaterThan(lines.psnrDecibels() - EQUAL_DECIBELS);
    assertThat(lines.psnrDecibels()).isGreaterThan(beside.psnrDecibels());
    assertThat(membrane.flickerLevels())
        .isLessThan(beside.flickerLevels())
        .isLessThan(lines.flickerLevels() + 0.1);
  }
}
