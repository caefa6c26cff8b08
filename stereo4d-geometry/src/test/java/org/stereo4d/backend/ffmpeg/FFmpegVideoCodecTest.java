package org.stereo4d.backend.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.RealData;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.FramesAtTimes;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class FFmpegVideoCodecTest {
  private static final ImageSize SIZE = new ImageSize(96, 64);

  /** Levels a smooth picture may lose to a quantiser of 10 and to chroma at half resolution. */
  private static final double LOSS = 4;

  @TempDir Path folder;
  private final VideoCodec codec = Backends.video("ffmpeg");

  private Path write(String name, EncodeOptions options, int frames) throws IOException {
    Path file = folder.resolve(name);
    try (VideoWriter writer = codec.create(file, SIZE, options)) {
      for (int n = 0; n < frames; n++) {
        writer.write(TestVideos.picture(SIZE, n));
      }
      writer.finish();
    }
    return file;
  }

  private List<Frame> read(Path file, ReadOptions options) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (VideoReader reader = codec.open(file, options)) {
      for (Frame frame : reader) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private static double meanDifference(ByteImage a, ByteImage b) {
    double sum = 0;
    for (int i = 0; i < a.array().length; i++) {
      sum += Math.abs((a.array()[i] & 0xff) - (b.array()[i] & 0xff));
    }
    return sum / a.array().length;
  }

  @Test
  void write_thenRead_givesTheFramesInOrderWithTheirTimes() throws IOException {
    Path file = write("a b é.mp4", EncodeOptions.DEFAULTS.withFramesPerSecond(25), 30);

    List<Frame> frames = read(file, ReadOptions.DEFAULTS);

    assertThat(frames).hasSize(30);
    for (int n = 0; n < 30; n++) {
      Frame frame = frames.get(n);
      assertThat(frame.frameIndex()).isEqualTo(n);
      assertThat(frame.timeSeconds()).isCloseTo(n / 25.0, within(1e-5));
      assertThat(TestVideos.number(frame.image())).isEqualTo(n);
    }
  }

  @Test
  void write_smoothColors_comeBackWithinTheLossOfTheQuantiser() throws IOException {
    for (EncodeOptions.Chroma chroma : EncodeOptions.Chroma.values()) {
      Path file =
          write(chroma + ".mp4", EncodeOptions.DEFAULTS.withQuality(10).withChroma(chroma), 3);
      ByteImage image = read(file, ReadOptions.DEFAULTS).get(1).image();
      assertThat(meanDifference(image, TestVideos.picture(SIZE, 1)))
          .as(chroma.name())
          .isLessThan(LOSS);
    }
  }

  @Test
  void write_quality_isTheQuantiserOfEveryFrame() throws IOException {
    Random random = new Random(3);
    List<ByteImage> noise = new ArrayList<>();
    for (int t = 0; t < 20; t++) {
      ByteImage frame = ByteImage.create(SIZE, 3);
      for (int i = 0; i < frame.array().length; i += 3) {
        Arrays.fill(frame.array(), i, i + 3, (byte) (80 + random.nextInt(80)));
      }
      noise.add(frame);
    }
    double lastLoss = 0;
    long lastBytes = Long.MAX_VALUE;
    for (int quality : new int[] {12, 20, 28, 36}) {
      Path file = folder.resolve("q" + quality + ".mp4");
      try (VideoWriter writer =
          codec.create(file, SIZE, EncodeOptions.DEFAULTS.withQuality(quality))) {
        for (ByteImage frame : noise) {
          writer.write(frame);
        }
        writer.finish();
      }
      List<Frame> frames = read(file, ReadOptions.DEFAULTS);
      double first = meanDifference(frames.get(1).image(), noise.get(1));
      double last = meanDifference(frames.get(19).image(), noise.get(19));
      assertThat(last).as("no rate control, quality " + quality).isBetween(first / 2, first * 2);
      assertThat(last).as("loss at " + quality).isGreaterThan(1.3 * lastLoss);
      assertThat(Files.size(file)).as("bytes at " + quality).isLessThan(lastBytes * 3 / 4);
      lastLoss = last;
      lastBytes = Files.size(file);
    }
  }

  @Test
  void write_oddSizeAndGray_isReadBackInThatSize() throws IOException {
    ImageSize odd = new ImageSize(75, 33);
    Path file = folder.resolve("odd.mp4");
    ByteImage gray = ByteImage.create(odd, 1);
    java.util.Arrays.fill(gray.array(), (byte) 100);
    try (VideoWriter writer = codec.create(file, odd, 30)) {
      writer.write(gray);
      writer.write(gray);
      writer.finish();
    }
    ByteImage image = read(file, ReadOptions.DEFAULTS).get(1).image();
    assertThat(image.size()).isEqualTo(odd);
    assertThat(image.at(40, 20, 0)).isBetween(97, 103);
    assertThat(image.at(40, 20, 2)).isBetween(97, 103);
  }

  @Test
  void write_withOddSizeIn420_namesTheRule() {
    assertThatThrownBy(
            () ->
                codec.create(
                    folder.resolve("x.mp4"),
                    new ImageSize(75, 33),
                    EncodeOptions.DEFAULTS.withChroma(EncodeOptions.Chroma.YUV420)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("75x33");
  }

  @Test
  void close_withoutFinish_leavesNoFile() throws IOException {
    try (VideoWriter writer = codec.create(folder.resolve("gone.mp4"), SIZE, 30)) {
      writer.write(TestVideos.picture(SIZE, 0));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void write_frameOfOtherSize_isRefused() throws IOException {
    try (VideoWriter writer = codec.create(folder.resolve("x.mp4"), SIZE, 30)) {
      assertThatThrownBy(() -> writer.write(TestVideos.picture(new ImageSize(32, 32), 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("96x64");
    }
  }

  @Test
  void read_variableFrameRate_keepsPresentationTimes() throws IOException {
    Path file = folder.resolve("vfr.mp4");
    double[] times = {0, 0.04, 0.2, 0.24, 0.8};
    try (VideoWriter writer =
        codec.create(file, SIZE, EncodeOptions.DEFAULTS.withFramesPerSecond(25))) {
      for (int n = 0; n < times.length; n++) {
        writer.write(TestVideos.picture(SIZE, n), times[n]);
      }
      writer.finish();
    }
    List<Frame> frames = read(file, ReadOptions.DEFAULTS);
    assertThat(frames).hasSize(times.length);
    for (int n = 0; n < times.length; n++) {
      assertThat(frames.get(n).timeSeconds()).isCloseTo(times[n], within(1e-5));
      assertThat(TestVideos.number(frames.get(n).image())).isEqualTo(n);
    }
  }

  @Test
  void read_bFrames_comeInPresentationOrder() throws Exception {
    Path file = folder.resolve("b.mp4");
    TestVideos.writeWithBFrames(file, SIZE, 30);

    List<Frame> frames = read(file, ReadOptions.DEFAULTS);

    assertThat(frames).hasSize(30);
    for (int n = 0; n < 30; n++) {
      assertThat(TestVideos.number(frames.get(n).image())).isEqualTo(n);
      assertThat(frames.get(n).timeSeconds() - frames.get(0).timeSeconds())
          .isCloseTo(n / 25.0, within(1e-5));
    }
  }

  @Test
  void read_tenBits_areAllThereWhenAsked() throws Exception {
    Path file = folder.resolve("deep.mkv");
    TestVideos.writeGray10(file, SIZE, 3);

    List<Frame> frames = read(file, ReadOptions.DEFAULTS.withFullPrecision(true));

    assertThat(frames).hasSize(3);
    // 1 / 1023 is a step of the source; half of it tells neighbours apart
    double halfStep = 0.5 / 1023;
    for (int x = 0; x < SIZE.width(); x++) {
      double expected = (4 * x + 2) / 1023.0;
      assertThat((double) frames.get(2).samples().at(x, 5, 1))
          .isCloseTo(expected, within(halfStep));
    }
    assertThat(read(file, ReadOptions.DEFAULTS).get(2).fullPrecision()).isEmpty();
  }

  @Test
  void read_rotationFlag_turnsThePictureUpright() throws Exception {
    Path file = write("turned.mp4", EncodeOptions.DEFAULTS, 1);
    TestVideos.setRotationFlag(file);

    ByteImage turned = read(file, ReadOptions.DEFAULTS).get(0).image();
    ByteImage stored = read(file, ReadOptions.DEFAULTS.withApplyRotation(false)).get(0).image();

    assertThat(turned.size()).isEqualTo(new ImageSize(64, 96));
    // clockwise: the top-left stored pixel goes to the top right
    for (int c = 0; c < 3; c++) {
      assertThat(turned.at(63, 0, c)).isEqualTo(stored.at(0, 0, c));
      assertThat(turned.at(0, 0, c)).isEqualTo(stored.at(0, 63, c));
      assertThat(turned.at(63, 95, c)).isEqualTo(stored.at(95, 0, c));
    }
  }

  @Test
  void write_withAudioFrom_carriesTheSoundOver() throws Exception {
    Path tone = folder.resolve("tone.mp4");
    TestVideos.writeTone(tone);
    Path file = write("sound.mp4", EncodeOptions.DEFAULTS.withAudioFrom(tone), 45);

    try (VideoReader reader = codec.open(file)) {
      assertThat(reader.info().hasAudio()).isTrue();
    }
    assertThat(read(file, ReadOptions.DEFAULTS)).hasSize(45);
    Path mute = write("mute.mp4", EncodeOptions.DEFAULTS, 2);
    Path silent = write("silent.mp4", EncodeOptions.DEFAULTS.withAudioFrom(mute), 3);
    try (VideoReader reader = codec.open(silent)) {
      assertThat(reader.info().hasAudio()).isFalse();
    }
  }

  @Test
  void framesAtTimes_pickTheNearest() throws IOException {
    Path file = write("t.mp4", EncodeOptions.DEFAULTS.withFramesPerSecond(10), 10);
    double[] times = {0.04, 0.26, 0.34, 0.9};
    List<Integer> numbers = new ArrayList<>();
    try (VideoReader reader = new FramesAtTimes(codec.open(file), "t.mp4", times)) {
      for (Frame frame : reader) {
        numbers.add(TestVideos.number(frame.image()));
      }
    }
    assertThat(numbers).containsExactly(0, 3, 3, 9);
  }

  @Test
  void framesAtTimes_beyondTheEnd_namesTimesAndSource() throws IOException {
    Path file = write("t.mp4", EncodeOptions.DEFAULTS.withFramesPerSecond(10), 3);
    try (VideoReader reader = new FramesAtTimes(codec.open(file), "t.mp4", new double[] {0, 0.9})) {
      assertThat(reader.next()).isPresent();
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("t.mp4", "timestamp 1 of 2", "0.9", "ends at 0.2");
    }
  }

  @Test
  void open_notAVideo_saysSo() throws IOException {
    Path file = folder.resolve("text.mp4");
    Files.writeString(file, "this is no video");
    assertThatThrownBy(() -> codec.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.mp4")
        .hasMessageContaining("cannot be opened as a video: Invalid data found")
        .hasMessageNotContaining("setFormat");
    assertThatThrownBy(() -> codec.open(folder.resolve("none.mp4")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void open_overTheLimits_isRefusedBeforeDecoding() throws IOException {
    Path file = write("l.mp4", EncodeOptions.DEFAULTS, 5);
    ReadOptions small = ReadOptions.DEFAULTS.withLimits(Limits.DEFAULTS.withMaxImageSidePx(90));
    assertThatThrownBy(() -> codec.open(file, small))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("96x64");
    ReadOptions few = ReadOptions.DEFAULTS.withLimits(Limits.DEFAULTS.withMaxFrames(3));
    assertThatThrownBy(() -> read(file, few)).isInstanceOf(IOException.class);
  }

  @Test
  void read_truncatedFile_endsWithFramesOrAnIoException() throws IOException {
    Path file = write("cut.mkv", EncodeOptions.DEFAULTS, 40);
    byte[] all = Files.readAllBytes(file);
    for (int part = 1; part < 8; part++) {
      Files.write(file, java.util.Arrays.copyOf(all, all.length * part / 8));
      try {
        assertThat(read(file, ReadOptions.DEFAULTS).size()).isLessThanOrEqualTo(40);
      } catch (IOException | java.io.UncheckedIOException e) {
        assertThat(e).hasMessageContaining("cut.mkv");
      }
    }
  }

  @Test
  void read_realFiles_haveTheKnownMeans() throws IOException {
    // means of the first frame in three channels, as another decoder gives them; that decoder
    // assumes BT.601 everywhere and rounds differently, which moves a mean by under two levels
    double tolerance = 2;
    checkMean("videoio/testsrc_320x240_h264.mp4", 127.44, tolerance);
    checkMean("videoio/testsrc_320x240_vp9.mp4", 127.35, tolerance);
    checkMean("videoio/testsrc_32x24_prores.mov", 127.33, tolerance);
    checkMean("videoio/mediapy_video.mp4", 101.34, tolerance);
    checkMean("tracking/camel.mp4", 121.57, tolerance);
  }

  private void checkMean(String name, double expected, double tolerance) throws IOException {
    try (VideoReader reader = codec.open(RealData.path(name))) {
      ByteImage image = reader.next().orElseThrow().image();
      double sum = 0;
      for (byte b : image.array()) {
        sum += b & 0xff;
      }
      assertThat(sum / image.array().length).as(name).isCloseTo(expected, within(tolerance));
    }
  }
}
