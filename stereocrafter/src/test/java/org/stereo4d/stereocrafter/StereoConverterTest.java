package org.stereo4d.stereocrafter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.container.SphericalMetadata;
import org.stereo4d.io.container.SphericalVideo;
import org.stereo4d.io.container.StereoLayout;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.stereocrafter.parts.SoundVideos;
import org.stereo4d.stereocrafter.splat.View;
import org.stereo4d.testing.Programs;
import org.stereo4d.video.Frame;
import org.stereo4d.video.PngSequence;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class StereoConverterTest {
  private static final PngSequence PICTURES = new PngSequence(25);
  private static final Packing SIDE_BY_SIDE = Packing.of(StereoFormat.FULL_SIDE_BY_SIDE);

  /** Nearness of the picture's brightness. */
  private static final VideoDepthEstimator LUMA =
      new PerFrameDepth(rgb -> new InverseDepthMap(rgb.toFloat().luma()));

  private static ByteImage picture(ImageSize size, int t) {
    ByteImage out = ByteImage.create(size, 3);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        boolean near = x >= 10 + t && x < 30 + t && y > 8 && y < size.height() - 4;
        int v = near ? 220 : 40 + x % 11;
        int i = out.index(x, y);
        out.array()[i] = (byte) v;
        out.array()[i + 1] = (byte) (v / 2);
        out.array()[i + 2] = (byte) v;
      }
    }
    return out;
  }

  private static Path source(Path folder, VideoCodec codec, String name, ImageSize size, int frames)
      throws IOException {
    Path file = folder.resolve(name);
    try (VideoWriter writer = codec.create(file, size, 25)) {
      for (int t = 0; t < frames; t++) {
        writer.write(picture(size, t));
      }
      writer.finish();
    }
    return file;
  }

  private static int convert(ConvertOptions options, Path source, Path target) throws IOException {
    return new StereoConverter(options)
        .convert(source, PICTURES, LUMA, SIDE_BY_SIDE, target, Progress.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 23})
  void convert_anyLength_keepsEveryFrameAndTheLeftEye(int frames, @TempDir Path folder)
      throws IOException {
    ImageSize size = new ImageSize(65, 33);
    Path source = source(folder, PICTURES, "in", size, frames);
    Path target = folder.resolve("out");
    assertThat(convert(ConvertOptions.DEFAULTS, source, target)).isEqualTo(frames);
    try (VideoReader reader = PICTURES.open(target)) {
      int t = 0;
      for (Frame frame : reader) {
        StereoPair pair = StereoPair.splitSideBySide(frame.image());
        assertThat(pair.left()).isEqualTo(picture(size, t++));
        assertThat(pair.right()).isNotEqualTo(pair.left());
      }
      assertThat(t).isEqualTo(frames);
    }
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void convert_noDisparity_givesEqualEyes(View view, @TempDir Path folder) throws IOException {
    Path source = source(folder, PICTURES, "in", new ImageSize(48, 32), 3);
    ConvertOptions options = ConvertOptions.DEFAULTS.withPercentOfWidth(0).withView(view);
    convert(options, source, folder.resolve("out"));
    try (VideoReader reader = PICTURES.open(folder.resolve("out"))) {
      StereoPair pair = StereoPair.splitSideBySide(reader.next().orElseThrow().image());
      assertThat(pair.right()).isEqualTo(pair.left()).isEqualTo(picture(new ImageSize(48, 32), 0));
    }
  }

  @Test
  void convert_nearSquare_movesLeftInTheRightEye(@TempDir Path folder) throws IOException {
    Path source = source(folder, PICTURES, "in", new ImageSize(64, 32), 1);
    convert(ConvertOptions.DEFAULTS.withPercentOfWidth(10), source, folder.resolve("out"));
    // columns 10 to 29 have their centre at 19.5 and half of 6.4 px to go
    assertThat(nearCentre(folder.resolve("out"))).isBetween(15.5, 17.5);
    convert(ConvertOptions.DEFAULTS.withPercentOfWidth(-10), source, folder.resolve("turned"));
    try (VideoReader straight = PICTURES.open(folder.resolve("out"));
        VideoReader turned = PICTURES.open(folder.resolve("turned"))) {
      assertThat(turned.next().orElseThrow().image())
          .isNotEqualTo(straight.next().orElseThrow().image());
    }
  }

  /** Mean column of the bright square in the right eye. */
  private static double nearCentre(Path file) throws IOException {
    try (VideoReader reader = PICTURES.open(file)) {
      ByteImage right = StereoPair.splitSideBySide(reader.next().orElseThrow().image()).right();
      double sum = 0;
      int count = 0;
      for (int x = 0; x < right.width(); x++) {
        boolean near = right.at(x, 16, 0) > 150;
        sum += near ? x : 0;
        count += near ? 1 : 0;
      }
      return sum / count;
    }
  }

  @Test
  void convert_constantDepth_hasNoParallax(@TempDir Path folder) throws IOException {
    Path source = source(folder, PICTURES, "in", new ImageSize(48, 32), 2);
    VideoDepthEstimator flat =
        new PerFrameDepth(
            rgb -> {
              FloatImage half = FloatImage.create(rgb.size(), 1);
              Arrays.fill(half.array(), 0.5f);
              return new InverseDepthMap(half);
            });
    new StereoConverter(ConvertOptions.DEFAULTS)
        .convert(source, PICTURES, flat, SIDE_BY_SIDE, folder.resolve("out"), Progress.NONE);
    try (VideoReader reader = PICTURES.open(folder.resolve("out"))) {
      StereoPair pair = StereoPair.splitSideBySide(reader.next().orElseThrow().image());
      assertThat(pair.right()).isEqualTo(pair.left());
    }
  }

  @Test
  void convert_unknownDepth_namesTheFrame(@TempDir Path folder) throws IOException {
    Path source = source(folder, PICTURES, "in", new ImageSize(48, 32), 2);
    VideoDepthEstimator unknown =
        new PerFrameDepth(
            rgb -> {
              FloatImage nothing = FloatImage.create(rgb.size(), 1);
              Arrays.fill(nothing.array(), 0, 200, Float.NaN);
              return new InverseDepthMap(nothing);
            });
    assertThatThrownBy(
            () ->
                new StereoConverter(ConvertOptions.DEFAULTS)
                    .convert(
                        source,
                        PICTURES,
                        unknown,
                        SIDE_BY_SIDE,
                        folder.resolve("out"),
                        Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("frame 0")
        .hasMessageContaining("200");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void convert_tinyPicture_isRefused(@TempDir Path folder) throws IOException {
    Path source = source(folder, PICTURES, "in", new ImageSize(40, 12), 1);
    assertThatThrownBy(() -> convert(ConvertOptions.DEFAULTS, source, folder.resolve("out")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("40x12");
  }

  @Test
  void convert_listener_finishesOrAborts(@TempDir Path folder) throws IOException {
    Path source = source(folder, PICTURES, "in", new ImageSize(48, 32), 12);
    StereoConverter converter = new StereoConverter(ConvertOptions.DEFAULTS);
    int written =
        converter.convert(
            source,
            PICTURES,
            LUMA,
            SIDE_BY_SIDE,
            folder.resolve("some"),
            step -> step.done() == 5 ? Signal.FINISH : Signal.CONTINUE);
    assertThat(written).isEqualTo(5);
    assertThatThrownBy(
            () ->
                converter.convert(
                    source,
                    PICTURES,
                    LUMA,
                    SIDE_BY_SIDE,
                    folder.resolve("none"),
                    step -> Signal.ABORT))
        .isInstanceOf(CancellationException.class);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void convert_toMp4_saysWhereTheEyesAre(@TempDir Path folder) throws IOException {
    VideoCodec codec = Backends.video("ffmpeg");
    ImageSize size = new ImageSize(64, 48);
    Path source = source(folder, codec, "in.mp4", size, 4);
    Path target = folder.resolve("out_LRF_Full_SBS.mp4");
    new StereoConverter(ConvertOptions.DEFAULTS)
        .convert(source, codec, LUMA, SIDE_BY_SIDE, target, Progress.NONE);
    assertThat(SphericalVideo.read(target).layout()).contains(StereoLayout.LEFT_RIGHT);
    Path sphere = folder.resolve("out_180x180_LR.mp4");
    new StereoConverter(ConvertOptions.DEFAULTS)
        .convert(source, codec, LUMA, Packing.ofVr180(size, 90), sphere, Progress.NONE);
    assertThat(SphericalVideo.read(sphere).projection())
        .isEqualTo(SphericalMetadata.vr180(StereoLayout.LEFT_RIGHT).projection());
    try (VideoReader reader = codec.open(sphere)) {
      assertThat(reader.info().size()).isEqualTo(new ImageSize(192, 96));
      int frames = 0;
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        frames++;
      }
      assertThat(frames).isEqualTo(4);
    }
  }

  private static int segments(Path source, Path target, Progress progress) throws IOException {
    VideoCodec codec = Backends.video("ffmpeg");
    return new StereoConverter(ConvertOptions.DEFAULTS)
        .convertInSegments(source, codec, LUMA, SIDE_BY_SIDE, target, 5, progress);
  }

  @Test
  void convertInSegments_cutOff_goesOnAndGivesTheSameFile(@TempDir Path folder) throws Exception {
    Path source = SoundVideos.write(folder.resolve("in.mp4"), 64, 48, 13);
    Path whole = folder.resolve("whole_LRF_Full_SBS.mp4");
    assertThat(segments(source, whole, Progress.NONE)).isEqualTo(13);
    assertThat(folder.resolve("whole_LRF_Full_SBS.mp4.parts")).doesNotExist();
    Path target = folder.resolve("out_LRF_Full_SBS.mp4");
    Path parts = folder.resolve("out_LRF_Full_SBS.mp4.parts");
    assertThat(segments(source, target, step -> step.done() == 7 ? Signal.FINISH : Signal.CONTINUE))
        .isZero();
    assertThat(target).doesNotExist();
    assertThat(parts).isNotEmptyDirectory();
    assertThatThrownBy(
            () ->
                segments(source, target, step -> step.done() == 2 ? Signal.ABORT : Signal.CONTINUE))
        .isInstanceOf(CancellationException.class);
    int[] made = {0};
    assertThat(
            segments(
                source,
                target,
                step -> {
                  made[0]++;
                  return Signal.CONTINUE;
                }))
        .isEqualTo(13);
    assertThat(made[0]).isLessThan(13);
    assertThat(parts).doesNotExist();
    assertThat(target).hasSameBinaryContentAs(whole);
    assertThat(SphericalVideo.read(target).layout()).contains(StereoLayout.LEFT_RIGHT);
    try (VideoReader reader = Backends.video("ffmpeg").open(target)) {
      assertThat(reader.info().hasAudio()).isTrue();
      int frames = 0;
      for (Frame frame : reader) {
        assertThat(frame.timeSeconds()).isCloseTo(frames / 25.0, within(1e-3));
        frames++;
      }
      assertThat(frames).isEqualTo(13);
    }
  }

  @Test
  void convert_withSound_carriesItOver_andMetadataLeavesThePacketsAlone(@TempDir Path folder)
      throws Exception {
    VideoCodec codec = Backends.video("ffmpeg");
    Path source = SoundVideos.write(folder.resolve("in.mp4"), 64, 48, 10);
    for (String container : new String[] {"mp4", "mkv"}) {
      Path target = folder.resolve("out_LRF_Full_SBS." + container);
      new StereoConverter(ConvertOptions.DEFAULTS)
          .convert(source, codec, LUMA, SIDE_BY_SIDE, target, Progress.NONE);
      String sound = packets(target, "a");
      // what outlasts the last picture is cut
      assertThat(packets(source, "a")).startsWith(sound);
      assertThat(sound.lines().count()).isGreaterThan(packets(source, "a").lines().count() * 3 / 4);
      assertThat(SphericalVideo.read(target).layout()).contains(StereoLayout.LEFT_RIGHT);
      Path bare = folder.resolve("bare." + container);
      SphericalVideo.write(target, bare, SphericalMetadata.NONE);
      assertThat(packets(bare, "v")).isEqualTo(packets(target, "v")).isNotEmpty();
      assertThat(Programs.ffprobe("-show_streams", target.toString())).contains("side by side");
      assertThat(Programs.ffprobe("-show_streams", bare.toString())).doesNotContain("side by side");
    }
  }

  /** Hash of every packet of a stream. */
  private static String packets(Path file, String stream) throws Exception {
    return Programs.ffprobe(
            "-select_streams",
            stream,
            "-show_entries",
            "packet=data_hash",
            "-show_data_hash",
            "md5",
            "-of",
            "csv=p=0",
            file.toString())
        .replace(",", "")
        .strip();
  }
}
