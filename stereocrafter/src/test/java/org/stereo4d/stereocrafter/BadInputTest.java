package org.stereo4d.stereocrafter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.DepthConvention;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.DepthFiles;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.stereocrafter.inpaint.StereoInpainter;
import org.stereo4d.stereocrafter.inpaint.WarpedFrame;
import org.stereo4d.testing.Programs;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.PngSequence;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** What users' files do, row by row. */
class BadInputTest {
  private static final ImageSize SIZE = new ImageSize(64, 48);
  private static final Packing SIDE_BY_SIDE = Packing.of(StereoFormat.FULL_SIDE_BY_SIDE);
  private static final VideoDepthEstimator LUMA =
      new PerFrameDepth(rgb -> new InverseDepthMap(rgb.toFloat().luma()));

  private static ByteImage picture(int channels, int t) {
    ByteImage out = ByteImage.create(SIZE, channels);
    for (int i = 0; i < out.array().length; i++) {
      int x = i / channels % SIZE.width();
      out.array()[i] = (byte) (x > 10 + t && x < 30 + t ? 200 : 40 + x / 4);
    }
    return out;
  }

  private static Path folder(Path parent, int channels, int frames) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("in"));
    for (int t = 0; t < frames; t++) {
      PngImage.of(picture(channels, t)).write(folder.resolve("frame_" + t + ".png"));
    }
    return folder;
  }

  private static int convert(Path source, VideoCodec codec, VideoDepthEstimator depth, Path out)
      throws IOException {
    return new StereoConverter(ConvertOptions.DEFAULTS)
        .convert(source, codec, depth, SIDE_BY_SIDE, out, Progress.NONE);
  }

  @Test
  void noFramesOrNoVideo_isNamed_andLeavesNothing(@TempDir Path folder) throws IOException {
    Path noise = folder.resolve("noise.mp4");
    byte[] bytes = new byte[5000];
    new Random(1).nextBytes(bytes);
    Files.write(noise, bytes);
    Path out = folder.resolve("out.mp4");
    VideoCodec ffmpeg = Backends.video("ffmpeg");
    assertThatIOException()
        .isThrownBy(() -> convert(noise, ffmpeg, LUMA, out))
        .withMessageContaining("noise.mp4");
    assertThatIOException()
        .isThrownBy(() -> convert(folder.resolve("none.mp4"), ffmpeg, LUMA, out))
        .withMessageContaining("none.mp4");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatIOException()
        .isThrownBy(() -> convert(empty, new PngSequence(25), LUMA, folder.resolve("o")))
        .withMessageContaining("empty");
    assertThat(out).doesNotExist();
  }

  @Test
  void sizeThatChanges_isNamedByFile(@TempDir Path folder) throws IOException {
    Path source = folder(folder, 3, 3);
    PngImage.of(ByteImage.create(new ImageSize(32, 32), 3)).write(source.resolve("frame_2.png"));
    assertThatIOException()
        .isThrownBy(() -> convert(source, new PngSequence(25), LUMA, folder.resolve("out")))
        .withMessageContaining("frame_2");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void variableFrameRate_keepsItsTimes(@TempDir Path folder) throws IOException {
    double[] times = {0, 0.04, 0.2, 0.24, 0.6};
    VideoCodec codec = Backends.video("ffmpeg");
    Path source = folder.resolve("in.mp4");
    try (VideoWriter writer = codec.create(source, SIZE, 25)) {
      for (int t = 0; t < times.length; t++) {
        writer.write(picture(3, t), times[t]);
      }
      writer.finish();
    }
    Path target = folder.resolve("out.mp4");
    assertThat(convert(source, codec, LUMA, target)).isEqualTo(times.length);
    try (VideoReader reader = codec.open(target)) {
      int t = 0;
      for (Frame frame : reader) {
        assertThat(frame.timeSeconds()).isCloseTo(times[t++], within(2e-3));
      }
      assertThat(t).isEqualTo(times.length);
    }
  }

  @Test
  void grayAndAlpha_areConverted(@TempDir Path folder) throws IOException {
    for (int channels : new int[] {1, 4}) {
      Path parent = Files.createDirectories(folder.resolve("c" + channels));
      Path source = folder(parent, channels, 2);
      assertThat(convert(source, new PngSequence(25), LUMA, parent.resolve("out"))).isEqualTo(2);
      try (VideoReader reader = new PngSequence(25).open(parent.resolve("out"))) {
        ByteImage left = StereoPair.splitSideBySide(reader.next().orElseThrow().image()).left();
        assertThat(left.at(20, 20, 0)).isEqualTo(200);
        assertThat(left.channels()).isEqualTo(3);
      }
    }
  }

  private static Path depth(Path folder, int frames, int width, int height) throws IOException {
    float[] values = new float[frames * width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % width < width / 2 ? 0.2f : 0.8f;
    }
    Path file = folder.resolve("depth" + frames + ".npz");
    NpzWriter.write(file, Map.of("depth", NpyArray.of(values, frames, height, width)));
    return file;
  }

  @Test
  void depthOfAnotherLength_isAnError_ofAnotherSize_isResized(@TempDir Path folder)
      throws IOException {
    Path source = folder(folder, 3, 4);
    for (int frames : new int[] {3, 5}) {
      VideoDepthEstimator other =
          DepthFiles.ofNpz(depth(folder, frames, 64, 48), "depth", DepthConvention.INVERSE_DEPTH);
      assertThatIOException()
          .isThrownBy(
              () -> convert(source, new PngSequence(25), other, folder.resolve("o" + frames)))
          .withMessageContaining("depth" + frames + ".npz");
      assertThat(folder.resolve("o" + frames)).doesNotExist();
    }
    VideoDepthEstimator small =
        DepthFiles.ofNpz(depth(folder, 4, 16, 12), "depth", DepthConvention.INVERSE_DEPTH);
    assertThat(convert(source, new PngSequence(25), small, folder.resolve("small"))).isEqualTo(4);
  }

  @Test
  void depthWithFewInfinities_isMended(@TempDir Path folder) throws IOException {
    VideoDepthEstimator spiked =
        new PerFrameDepth(
            rgb -> {
              FloatImage map = rgb.toFloat().luma();
              map.array()[5] = Float.POSITIVE_INFINITY;
              map.array()[6] = Float.NaN;
              return new InverseDepthMap(map);
            });
    assertThat(convert(folder(folder, 3, 2), new PngSequence(25), spiked, folder.resolve("out")))
        .isEqualTo(2);
  }

  @Test
  void failureOfAStage_isPassedOn_andLeavesNothing(@TempDir Path folder) throws IOException {
    Path source = folder(folder, 3, 12);
    StereoInpainter failing =
        new StereoInpainter() {
          @Override
          public Optional<ByteImage> accept(WarpedFrame frame) {
            throw new IllegalStateException("out of order");
          }

          @Override
          public Optional<ByteImage> flush() {
            return Optional.empty();
          }
        };
    StereoConverter converter = new StereoConverter(ConvertOptions.DEFAULTS, () -> failing);
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(
            () ->
                converter.convert(
                    source,
                    new PngSequence(25),
                    LUMA,
                    SIDE_BY_SIDE,
                    folder.resolve("out"),
                    Progress.NONE))
        .withMessage("out of order");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Writes to a disk that is full after some frames. */
  private record FullDisk(VideoCodec codec, int room) implements VideoCodec {
    @Override
    public VideoReader open(Path file, ReadOptions options) throws IOException {
      return codec.open(file, options);
    }

    @Override
    public VideoWriter create(Path file, ImageSize size, EncodeOptions options) throws IOException {
      VideoWriter writer = codec.create(file, size, options);
      int[] left = {room};
      return new VideoWriter() {
        @Override
        public void write(ByteImage image) throws IOException {
          write(image, 0);
        }

        @Override
        public void write(ByteImage image, double timeSeconds) throws IOException {
          if (left[0]-- == 0) {
            throw new IOException(file + ": No space left on device");
          }
          writer.write(image, timeSeconds);
        }

        @Override
        public void finish() throws IOException {
          writer.finish();
        }

        @Override
        public void close() throws IOException {
          writer.close();
        }
      };
    }
  }

  @Test
  void fullDisk_isNamed_leavesNoTarget_andSegmentsGoOn(@TempDir Path folder) throws IOException {
    VideoCodec codec = Backends.video("ffmpeg");
    Path source = folder.resolve("in.mp4");
    try (VideoWriter writer = codec.create(source, SIZE, 25)) {
      for (int t = 0; t < 12; t++) {
        writer.write(picture(3, t));
      }
      writer.finish();
    }
    Path target = folder.resolve("out.mp4");
    assertThatIOException()
        .isThrownBy(() -> convert(source, new FullDisk(codec, 5), LUMA, target))
        .withMessageContaining("No space left");
    assertThat(target).doesNotExist();
    StereoConverter converter = new StereoConverter(ConvertOptions.DEFAULTS);
    Progress none = Progress.NONE;
    assertThatIOException()
        .isThrownBy(
            () ->
                converter.convertInSegments(
                    source, new FullDisk(codec, 5), LUMA, SIDE_BY_SIDE, target, 6, none))
        .withMessageContaining("No space left");
    assertThat(target).doesNotExist();
    assertThat(converter.convertInSegments(source, codec, LUMA, SIDE_BY_SIDE, target, 6, none))
        .isEqualTo(12);
    assertThat(target).isNotEmptyFile();
    try (Stream<Path> rest = Files.list(folder)) {
      assertThat(rest).containsExactlyInAnyOrder(source, target);
    }
  }

  @Test
  void tenBitPictureOfHighDynamicRange_isConverted_andIsNotTaggedAsSuch(@TempDir Path folder)
      throws Exception {
    Path source = folder.resolve("hdr.mkv");
    Programs.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=96x64:rate=25:duration=0.2",
        "-pix_fmt",
        "yuv420p10le",
        "-color_trc",
        "smpte2084",
        "-color_primaries",
        "bt2020",
        "-colorspace",
        "bt2020nc",
        "-c:v",
        "ffv1",
        source.toString());
    Path target = folder.resolve("out.mp4");
    assertThat(convert(source, Backends.video("ffmpeg"), LUMA, target)).isEqualTo(5);
    String said =
        Programs.ffprobe("-show_entries", "stream=pix_fmt,color_transfer", target.toString());
    assertThat(said).contains("yuv420p").doesNotContain("10le").doesNotContain("smpte2084");
  }

  @Test
  void strengthBeyondUse_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvertOptions.DEFAULTS.withPercentOfWidth(25))
        .withMessageContaining("25");
    assertThat(ConvertOptions.DEFAULTS.withMaxDisparityPx(20, 1920).percentOfWidth())
        .isCloseTo(2.083, within(1e-3));
  }
}
