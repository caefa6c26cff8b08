package org.stereo4d.backend.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.testing.Programs;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.EncodeOptions.Chroma;
import org.stereo4d.video.EncodeOptions.Encoding;
import org.stereo4d.video.Frame;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class DeepEncodingTest {
  private static final ImageSize SIZE = new ImageSize(64, 48);
  private static final EncodeOptions DEEP =
      EncodeOptions.DEFAULTS.withBitsPerSample(10).withQuality(2);
  private static final EncodeOptions LOSSLESS = DEEP.withEncoding(Encoding.FFV1);

  private static final double LEVEL = 1.0 / 1023;

  /** Values between two levels are rounded to the nearer, and read as 16 bits. */
  private static final double ROUNDING = 0.5 * LEVEL + 1.0 / 65_535;

  /** At a finest quantiser: a level of 10 bits of luma is 1/876, of which 3 are lost at most. */
  private static final double FINEST = 3.0 / 876;

  /** Luma and chroma are rounded to levels, blue is 1.86 times its chroma. */
  private static final double FINEST_COLOR = 1.5 * LEVEL;

  /** The reader's bytes are swscale's, whose tables round saturated colours down and up. */
  private static final double BYTE_LEVELS = 3.1 / 255;

  @TempDir Path folder;
  private final VideoCodec codec = Backends.video("ffmpeg");

  @BeforeEach
  void requireEncoders() {
    for (EncodeOptions options : List.of(LOSSLESS, DEEP)) {
      try {
        Encoder.choose(SIZE, options);
      } catch (BackendException e) {
        Assumptions.abort(e.getMessage());
      }
    }
  }

  /** A picture of 3072 gray values between 0.1 and 0.9, each pixel a little brighter. */
  private static FloatImage ramp() {
    FloatImage out = FloatImage.create(SIZE, 3);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = 0.1f + 0.8f * (i / 3) / SIZE.area();
    }
    return out;
  }

  private VideoInfo write(Path file, FloatImage picture, EncodeOptions options) throws IOException {
    try (VideoWriter writer = codec.create(file, picture.size(), options)) {
      assertThat(writer.bitsPerSample()).isEqualTo(options.bitsPerSample());
      writer.write(picture);
      writer.write(picture, 0.5);
      writer.finish();
    }
    try (VideoReader reader = codec.open(file)) {
      return reader.info();
    }
  }

  private FloatImage read(Path file) throws IOException {
    try (VideoReader reader = codec.open(file, ReadOptions.DEFAULTS.withFullPrecision(true))) {
      reader.next();
      Frame frame = reader.next().orElseThrow();
      assertThat(frame.timeSeconds()).isCloseTo(0.5, within(1e-2));
      assertThat(reader.next()).isEmpty();
      return frame.samples();
    }
  }

  private ByteImage bytesOf(Path file) throws IOException {
    try (VideoReader reader = codec.open(file)) {
      return reader.next().orElseThrow().image();
    }
  }

  private static double largestError(FloatImage a, FloatImage b) {
    return IntStream.range(0, a.array().length)
        .mapToDouble(i -> Math.abs(a.array()[i] - b.array()[i]))
        .max()
        .orElseThrow();
  }

  private static long levels(FloatImage image) {
    float[] green = image.channel(1).array();
    return IntStream.range(0, green.length)
        .mapToLong(i -> Math.round(green[i] * 1023))
        .distinct()
        .count();
  }

  @Test
  void ffv1_ramp_isRoundedAndNothingElse() throws IOException {
    Path file = folder.resolve("a.mkv");
    VideoInfo info = write(file, ramp(), LOSSLESS);
    assertThat(info.bitsPerSample()).isEqualTo(10);
    assertThat(info.colors().range()).isEqualTo(ColorTags.Range.FULL);
    FloatImage back = read(file);
    assertThat(levels(back)).isGreaterThan(800);
    assertThat(largestError(back, ramp())).isLessThan(ROUNDING);
  }

  @Test
  void ffv1_noise_comesBackBitByBit() throws IOException {
    Random random = new Random(3);
    FloatImage noise = FloatImage.create(new ImageSize(31, 17), 3);
    for (int i = 0; i < noise.array().length; i++) {
      noise.array()[i] = random.nextInt(1024) / 1023f;
    }
    Path file = folder.resolve("a.mkv");
    write(file, noise, LOSSLESS);
    assertThat(largestError(read(file), noise)).isLessThan(1e-4 * LEVEL + 1.0 / 65_535);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void forPlayers_ramp_keepsMoreLevelsThanBytesHave(String container) throws IOException {
    Path file = folder.resolve("a." + container);
    VideoInfo info = write(file, ramp(), DEEP);
    assertThat(info.bitsPerSample()).isEqualTo(10);
    assertThat(info.codec()).isIn("hevc", "av1");
    assertThat(info.colors()).isEqualTo(ColorTags.BT709);
    FloatImage back = read(file);
    assertThat(levels(back)).isGreaterThan(400);
    assertThat(largestError(back, ramp())).isLessThan(FINEST);
    Path bytes = folder.resolve("b." + container);
    assertThat(write(bytes, ramp(), DEEP.withBitsPerSample(8)).bitsPerSample()).isEqualTo(8);
    assertThat(levels(read(bytes))).isLessThanOrEqualTo(256);
  }

  @ParameterizedTest
  @EnumSource(
      value = Chroma.class,
      names = {"YUV420", "YUV444"})
  void forPlayers_colors_areThoseThatAReaderOfTheTagsSees(Chroma chroma) throws IOException {
    float[][] colors = {{.9f, .1f, .2f}, {.1f, .8f, .3f}, {.2f, .1f, .9f}, {.7f, .7f, .1f}};
    FloatImage flat = FloatImage.create(SIZE, 3);
    for (int i = 0; i < SIZE.area(); i++) {
      int quarter = i / SIZE.width() / 24 * 2 + i % SIZE.width() / 32;
      System.arraycopy(colors[quarter], 0, flat.array(), 3 * i, 3);
    }
    for (ColorTags tags : new ColorTags[] {ColorTags.BT709, ColorTags.PQ}) {
      Path file = folder.resolve(chroma + "-" + tags.matrix() + ".mp4");
      write(file, flat, DEEP.withChroma(chroma).withColors(tags));
      FloatImage back = read(file);
      FloatImage bytes = bytesOf(file).toFloat();
      for (int quarter = 0; quarter < 4; quarter++) {
        int x = 16 + 32 * (quarter % 2);
        int y = 12 + 24 * (quarter / 2);
        for (int c = 0; c < 3; c++) {
          assertThat((double) back.at(x, y, c))
              .as("colour %s of quarter %s, %s", c, quarter, tags)
              .isCloseTo(colors[quarter][c], within(FINEST_COLOR));
          assertThat((double) bytes.at(x, y, c))
              .as("byte %s of quarter %s, %s", c, quarter, tags)
              .isCloseTo(colors[quarter][c], within(BYTE_LEVELS));
        }
      }
    }
  }

  /** The picture of another program, whose colours and range it was told. */
  @ParameterizedTest
  @ValueSource(strings = {"yuv420p10le", "yuv422p10le", "yuv444p12le", "yuv420p"})
  void read_filesOfOthers_haveTheColorsThatWereDrawn(String format) throws Exception {
    for (String range : new String[] {"tv", "pc"}) {
      Path file = folder.resolve(format + range + ".mkv");
      Programs.ffmpeg(
          "-f",
          "lavfi",
          "-i",
          "color=c=0xe61a33:size=64x48:rate=25:duration=0.08,format=gbrp",
          "-vf",
          "scale=out_color_matrix=bt2020:out_range=" + range + ",format=" + format,
          "-color_range",
          range,
          "-colorspace",
          "bt2020nc",
          "-c:v",
          "ffv1",
          file.toString());
      try (VideoReader reader = codec.open(file, ReadOptions.DEFAULTS.withFullPrecision(true))) {
        assertThat(reader.info().colors().hasBt2020Luma()).isTrue();
        FloatImage seen = reader.next().orElseThrow().samples();
        float[] drawn = {0xe6 / 255f, 0x1a / 255f, 0x33 / 255f};
        for (int c = 0; c < 3; c++) {
          assertThat((double) seen.at(31, 20, c))
              .as("colour %s of %s, %s", c, format, range)
              .isCloseTo(drawn[c], within(BYTE_LEVELS));
        }
      }
    }
  }

  @Test
  void forPlayers_oddSides_areWrittenWithWholeChroma() throws IOException {
    FloatImage odd = ramp().crop(0, 0, new ImageSize(63, 47)).copy();
    Path file = folder.resolve("odd.mp4");
    assertThat(write(file, odd, DEEP).bitsPerSample()).isEqualTo(10);
    assertThat(largestError(read(file), odd)).isLessThan(FINEST);
    assertThatThrownBy(() -> codec.create(file, odd.size(), DEEP.withChroma(Chroma.YUV420)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("63x47");
  }

  @Test
  void colors_areKeptInTenBits_andLostInEight() throws IOException {
    ColorTags rec601 = new ColorTags(6, 6, 6, ColorTags.Range.FULL);
    for (ColorTags tags : new ColorTags[] {ColorTags.PQ, ColorTags.HLG}) {
      assertThat(write(folder.resolve("a.mp4"), ramp(), DEEP.withColors(tags)).colors())
          .isEqualTo(tags);
      assertThat(tags.isHighDynamicRange()).isTrue();
      VideoInfo lossless = write(folder.resolve("a.mkv"), ramp(), LOSSLESS.withColors(tags));
      assertThat(lossless.colors()).isEqualTo(tags.withCoding(0, ColorTags.Range.FULL));
      EncodeOptions eight = DEEP.withBitsPerSample(8).withColors(tags);
      assertThat(write(folder.resolve("b.mp4"), ramp(), eight).colors()).isEqualTo(ColorTags.BT709);
    }
    assertThat(write(folder.resolve("c.mp4"), ramp(), DEEP.withColors(rec601)).colors())
        .isEqualTo(rec601.withCoding(1, ColorTags.Range.LIMITED));
    assertThat(write(folder.resolve("d.mp4"), ramp(), DEEP.withColors(ColorTags.NONE)).colors())
        .isEqualTo(ColorTags.BT709);
  }

  @Test
  void bytesAndGray_areTaken_andWhatIsNoColorIsClamped() throws IOException {
    Path file = folder.resolve("a.mkv");
    ByteImage bytes = ramp().toBytes();
    try (VideoWriter writer = codec.create(file, SIZE, LOSSLESS)) {
      writer.write(bytes);
      writer.write(ramp().channel(0), 0.5);
      writer.finish();
    }
    assertThat(largestError(read(file), ramp())).isLessThan(ROUNDING);
    assertThat(largestError(bytesOf(file).toFloat(), bytes.toFloat())).isLessThan(BYTE_LEVELS);
    FloatImage strange = FloatImage.create(SIZE, 3);
    for (int i = 0; i < strange.array().length; i++) {
      strange.array()[i] = i % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
    }
    for (EncodeOptions options : new EncodeOptions[] {LOSSLESS, DEEP}) {
      write(file, strange, options);
      assertThat(largestError(read(file), FloatImage.create(SIZE, 3))).isLessThan(FINEST);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"YUV420_10", "YUV444_10", "GBR_10"})
  void fill_anyNumberOfThreads_givesTheSameBits(PixelFormat format) {
    RawPicture one = RawPicture.of(SIZE, format, ColorTags.PQ);
    RawPicture three = RawPicture.of(SIZE, format, ColorTags.PQ);
    new ForkJoinPool(1).submit(() -> one.fill(ramp())).join();
    new ForkJoinPool(3).submit(() -> three.fill(ramp())).join();
    assertThat(plane(one, format)).isEqualTo(plane(three, format)).isNotEqualTo(new short[4096]);
  }

  private static short[] plane(RawPicture picture, PixelFormat format) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.width(SIZE.width()).height(SIZE.height()).format(format.code());
    avutil.av_frame_get_buffer(frame, 0);
    picture.copyTo(frame);
    short[] out = new short[4096];
    for (int y = 0; y < SIZE.height(); y++) {
      new ShortPointer(frame.data(0))
          .position((long) y * frame.linesize(0) / 2)
          .get(out, y * SIZE.width(), SIZE.width());
    }
    avutil.av_frame_free(frame);
    return out;
  }

  @Test
  void tenBits_whereThereAreNone_areRefused() {
    Path file = folder.resolve("a.mp4");
    EncodeOptions mpeg4 = DEEP.withEncoding(Encoding.MPEG4);
    assertThatThrownBy(() -> codec.create(file, SIZE, mpeg4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MPEG4")
        .hasMessageContaining("10 bits");
    assertThatThrownBy(
            () -> Encoder.choose(SIZE, DEEP, (name, format) -> format == PixelFormat.YUV420))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("10 bits for 64x48")
        .hasMessageContaining("libx265 of YUV420_10, libaom-av1 of YUV420_10")
        .hasMessageContaining("-gpl for x265");
    assertThatThrownBy(() -> DEEP.withBitsPerSample(12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12");
    assertThatThrownBy(() -> new ColorTags(1, 300, 1, ColorTags.Range.FULL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transfer")
        .hasMessageContaining("300");
  }
}
