package org.stereo4d.backend.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageQuality;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.EncodeOptions.Chroma;
import org.stereo4d.video.EncodeOptions.Encoding;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class EncodingTest {
  private static final EncodeOptions LOSSLESS =
      EncodeOptions.DEFAULTS.withEncoding(Encoding.FFV1).withFramesPerSecond(24_000 / 1001.0);

  private static final EncodeOptions MPEG4 = EncodeOptions.DEFAULTS.withEncoding(Encoding.MPEG4);

  /** Gray noise at the finest step, in the 219 levels of video, dB. */
  private static final double FINEST_DECIBELS = 42;

  /** A doubling of the step; encoders differ in what they round to 0, which on noise costs this. */
  private static final double ALIKE_DECIBELS = 6;

  @TempDir Path folder;
  private final VideoCodec codec = Backends.video("ffmpeg");

  private static List<ByteImage> noise(ImageSize size, int channels, int frames) {
    Random random = new Random(5);
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      ByteImage image = ByteImage.create(size, channels);
      random.nextBytes(image.array());
      out.add(image);
    }
    return out;
  }

  private List<Frame> through(Path file, List<ByteImage> frames, EncodeOptions options)
      throws IOException {
    try (VideoWriter writer = codec.create(file, frames.get(0).size(), options)) {
      for (ByteImage frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
    List<Frame> out = new ArrayList<>();
    try (VideoReader reader = codec.open(file)) {
      reader.forEach(out::add);
      assertThat(reader.framesPerSecond()).isCloseTo(options.framesPerSecond(), within(1e-9));
    }
    assertThat(out).hasSameSizeAs(frames);
    return out;
  }

  @ParameterizedTest
  @ValueSource(strings = {"96x64", "75x33", "17x16"})
  void ffv1_noise_comesBackBitByBit(String size) throws IOException {
    String[] sides = size.split("x");
    ImageSize imageSize = new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    List<ByteImage> frames = noise(imageSize, 3, 5);
    List<Frame> back = through(folder.resolve("a.mkv"), frames, LOSSLESS);
    for (int t = 0; t < frames.size(); t++) {
      assertThat(back.get(t).image().array()).isEqualTo(frames.get(t).array());
      assertThat(back.get(t).timeSeconds()).isCloseTo(t * 1001 / 24_000.0, within(1e-3));
    }
  }

  @Test
  void ffv1_grayView_comesBackBitByBit() throws IOException {
    ByteImage whole = noise(new ImageSize(40, 40), 1, 1).get(0);
    ByteImage view = whole.crop(3, 5, new ImageSize(31, 20));
    ByteImage back = through(folder.resolve("a.mkv"), List.of(view), LOSSLESS).get(0).image();
    assertThat(back.array()).isEqualTo(view.grayToRgb().array());
  }

  @Test
  void mpeg4_quality_isTheStepOfH264() throws IOException {
    List<ByteImage> frames = noise(new ImageSize(96, 64), 1, 3);
    double[] decibels = new double[3];
    int[] qualities = {4, 22, 34};
    for (int i = 0; i < qualities.length; i++) {
      EncodeOptions options = MPEG4.withQuality(qualities[i]);
      decibels[i] = decibels(frames, options, "m" + i + ".mp4");
      if (i > 0) {
        double h264 = decibels(frames, options.withEncoding(Encoding.H264), "h" + i + ".mp4");
        assertThat(decibels[i]).isCloseTo(h264, within(ALIKE_DECIBELS));
      }
    }
    assertThat(decibels[0]).isGreaterThan(FINEST_DECIBELS);
    assertThat(decibels).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  private double decibels(List<ByteImage> frames, EncodeOptions options, String name)
      throws IOException {
    ByteImage back = through(folder.resolve(name), frames, options).get(2).image();
    return ImageQuality.psnrDecibels(back, frames.get(2).grayToRgb());
  }

  @Test
  void mpeg4_ratesOfAnyKind_areWritten() throws IOException {
    List<ByteImage> frames = noise(new ImageSize(32, 32), 3, 2);
    through(folder.resolve("a.mp4"), frames, MPEG4.withFramesPerSecond(60_000 / 1001.0));
    Path file = folder.resolve("b.mp4");
    try (VideoWriter writer =
        codec.create(file, frames.get(0).size(), MPEG4.withFramesPerSecond(29.97312345))) {
      writer.write(frames.get(0));
      writer.write(frames.get(1));
      writer.finish();
    }
    try (VideoReader reader = codec.open(file)) {
      assertThat(reader.framesPerSecond()).isCloseTo(29.97312345, within(1e-4));
    }
  }

  @Test
  void mpeg4_whatItCannotDo_isRefused() {
    Path file = folder.resolve("a.mp4");
    assertThatThrownBy(() -> codec.create(file, new ImageSize(75, 33), MPEG4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("75x33");
    assertThatThrownBy(
            () -> codec.create(file, new ImageSize(64, 32), MPEG4.withChroma(Chroma.YUV444)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("YUV444");
    assertThat(file).doesNotExist();
  }

  @Test
  void choose_nativesWithoutTheEncoder_namesItAndWhatToAdd() {
    ImageSize size = new ImageSize(64, 32);
    assertThatThrownBy(() -> Encoder.choose(size, LOSSLESS, (name, format) -> !name.equals("ffv1")))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("FFV1")
        .hasMessageContaining("org.bytedeco:ffmpeg:");
    assertThatThrownBy(() -> Encoder.choose(size, MPEG4, (name, format) -> name.equals("ffv1")))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("mpeg4");
    assertThatThrownBy(() -> Encoder.choose(size, EncodeOptions.DEFAULTS, (name, format) -> false))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("-gpl for x264");
  }
}
