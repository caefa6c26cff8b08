package org.stereo4d.stereocrafter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.container.SphericalVideo;
import org.stereo4d.io.container.StereoLayout;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.stereocrafter.depth.EdgeDilation;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.stereocrafter.inpaint.InpaintOptions;
import org.stereo4d.stereocrafter.inpaint.StereoInpainter;
import org.stereo4d.stereocrafter.inpaint.WarpedFrame;
import org.stereo4d.stereocrafter.splat.DisparityModel;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.stereocrafter.splat.Splat;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.View;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.EncodeOptions.Encoding;
import org.stereo4d.video.Frame;
import org.stereo4d.video.PngSequence;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** Conversion of more than 8 bits. */
class DeepConversionTest {
  private static final ImageSize SIZE = new ImageSize(64, 48);
  private static final int FRAMES = 7;
  private static final Packing SIDE_BY_SIDE = Packing.of(StereoFormat.FULL_SIDE_BY_SIDE);
  private static final ReadOptions ALL_BITS = ReadOptions.DEFAULTS.withFullPrecision(true);
  private static final ConvertOptions DEEP =
      ConvertOptions.DEFAULTS.withNormalizedDepth().withBitsPerSample(10);
  private static final EncodeOptions LOSSLESS =
      EncodeOptions.DEFAULTS.withEncoding(Encoding.FFV1).withBitsPerSample(10);

  /** Rounded to 10 bits where it is written, exact until then. */
  private static final double TEN_BITS = 1.5 / 1023;

  /** At the quantiser 20 of a conversion, on a smooth ramp, in the mean. */
  private static final double CODED = 4.0 / 1023;

  /** A near square before a far ground. */
  private static final VideoDepthEstimator SQUARE =
      new PerFrameDepth(
          rgb -> {
            FloatImage nearness = FloatImage.create(rgb.size(), 1);
            for (int y = 12; y < 36; y++) {
              for (int x = 20; x < 44; x++) {
                nearness.set(x, y, 0, 1);
              }
            }
            return new InverseDepthMap(nearness);
          });

  private final VideoCodec codec = Backends.video("ffmpeg");

  @BeforeEach
  void requireEncoders(@TempDir Path folder) throws IOException {
    for (EncodeOptions options : List.of(LOSSLESS, EncodeOptions.DEFAULTS.withBitsPerSample(10))) {
      try (VideoWriter writer = codec.create(folder.resolve("none.mkv"), SIZE, options)) {
        assertThat(writer.bitsPerSample()).isEqualTo(10);
      } catch (BackendException e) {
        Assumptions.abort(e.getMessage());
      }
    }
  }

  /** Smooth colours of some hundred levels, that rise with time. */
  private static FloatImage picture(int t) {
    FloatImage out = FloatImage.create(SIZE, 3);
    for (int i = 0; i < SIZE.area(); i++) {
      double v = 0.1 + 0.7 * i / SIZE.area() + 0.002 * t;
      for (int c = 0; c < 3; c++) {
        out.array()[3 * i + c] = (float) (Math.rint((v + 0.02 * c) * 1023) / 1023);
      }
    }
    return out;
  }

  private Path source(Path folder, EncodeOptions options) throws IOException {
    Path file = folder.resolve(options.encoding() == Encoding.FFV1 ? "in.mkv" : "in.mp4");
    try (VideoWriter writer = codec.create(file, SIZE, options.withFramesPerSecond(25))) {
      for (int t = 0; t < FRAMES; t++) {
        writer.write(picture(t));
      }
      writer.finish();
    }
    return file;
  }

  private VideoInfo convert(ConvertOptions options, Path source, Path target) throws IOException {
    int frames =
        new StereoConverter(options)
            .convert(source, codec, SQUARE, SIDE_BY_SIDE, target, Progress.NONE);
    assertThat(frames).isEqualTo(FRAMES);
    try (VideoReader reader = codec.open(target)) {
      return reader.info();
    }
  }

  private List<FloatImage> read(Path file) throws IOException {
    List<FloatImage> out = new ArrayList<>();
    try (VideoReader reader = codec.open(file, ALL_BITS)) {
      for (Frame frame : reader) {
        assertThat(frame.timeSeconds()).isCloseTo(out.size() / 25.0, within(1e-3));
        out.add(frame.samples());
      }
    }
    assertThat(out).hasSize(FRAMES);
    return out;
  }

  private static FloatImage left(FloatImage frame) {
    return frame.crop(0, 0, SIZE).copy();
  }

  private static FloatImage right(FloatImage frame) {
    return frame.crop(SIZE.width(), 0, SIZE).copy();
  }

  private static double largestError(FloatImage a, FloatImage b) {
    double out = 0;
    for (int i = 0; i < a.array().length; i++) {
      out = Math.max(out, Math.abs(a.array()[i] - b.array()[i]));
    }
    return out;
  }

  private static double meanError(FloatImage a, FloatImage b) {
    double out = 0;
    for (int i = 0; i < a.array().length; i++) {
      out += Math.abs(a.array()[i] - b.array()[i]);
    }
    return out / a.array().length;
  }

  private static long levels(FloatImage image) {
    List<Integer> out = new ArrayList<>();
    for (float v : image.channel(1).array()) {
      out.add(Math.round(v * 1023));
    }
    return out.stream().distinct().count();
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void convert_noDisparity_passesTheSourceWithItsBits(View view, @TempDir Path folder)
      throws IOException {
    Path source = source(folder, LOSSLESS);
    ConvertOptions still = DEEP.withPercentOfWidth(0).withView(view);
    List<FloatImage> frames = lossless(still, source, folder.resolve("out.mkv"));
    for (int t = 0; t < FRAMES; t++) {
      assertThat(largestError(left(frames.get(t)), picture(t))).isLessThan(TEN_BITS);
      assertThat(largestError(right(frames.get(t)), picture(t))).isLessThan(TEN_BITS);
    }
    assertThat(levels(left(frames.get(0)))).isGreaterThan(600);
    assertThat(convert(still, source, folder.resolve("out.mp4")).bitsPerSample()).isEqualTo(10);
    FloatImage coded = read(folder.resolve("out.mp4")).get(3);
    assertThat(meanError(left(coded), picture(3))).isLessThan(CODED);
    assertThat(levels(left(coded))).isGreaterThan(300);
  }

  /** The conversion into a writer of the caller. */
  private List<FloatImage> lossless(ConvertOptions options, Path source, Path target)
      throws IOException {
    try (VideoReader reader = codec.open(source, ALL_BITS);
        VideoWriter writer =
            codec.create(target, SIZE.sideBySide(), LOSSLESS.withFramesPerSecond(25))) {
      new StereoConverter(options).convert(reader, SQUARE, SIDE_BY_SIDE, writer, Progress.NONE);
      writer.finish();
    }
    return read(target);
  }

  @Test
  void convert_eightBitSource_isConvertedInTen(@TempDir Path folder) throws IOException {
    Path source = source(folder, EncodeOptions.DEFAULTS);
    VideoInfo info = convert(DEEP, source, folder.resolve("out.mp4"));
    assertThat(info.bitsPerSample()).isEqualTo(10);
    assertThat(info.colors()).isEqualTo(ColorTags.BT709);
    assertThat(SphericalVideo.read(folder.resolve("out.mp4")).layout())
        .contains(StereoLayout.LEFT_RIGHT);
    assertThat(meanError(left(read(folder.resolve("out.mp4")).get(3)), picture(3)))
        .isLessThan(3 * CODED); // coded twice, first in 8 bits
  }

  @Test
  void convert_highDynamicRange_isKeptInTenBits_andNotClaimedInEight(@TempDir Path folder)
      throws IOException {
    for (ColorTags tags : new ColorTags[] {ColorTags.PQ, ColorTags.HLG}) {
      Path source = source(folder, EncodeOptions.DEFAULTS.withBitsPerSample(10).withColors(tags));
      assertThat(convert(DEEP, source, folder.resolve("a.mp4")).colors()).isEqualTo(tags);
      VideoInfo eight = convert(DEEP.withBitsPerSample(8), source, folder.resolve("b.mp4"));
      assertThat(eight.bitsPerSample()).isEqualTo(8);
      assertThat(eight.colors()).isEqualTo(ColorTags.BT709);
      FloatImage kept = read(folder.resolve("a.mp4")).get(3);
      assertThat(meanError(left(kept), picture(3))).isLessThan(2 * CODED);
    }
  }

  private static DisparityMap squareDisparity(ConvertOptions options) throws IOException {
    InverseDepthMap[] nearness = new InverseDepthMap[1];
    SQUARE.estimate(
        () -> List.of(ByteImage.create(SIZE, 3)).iterator(),
        (t, map) -> nearness[0] = map,
        Progress.NONE);
    return DisparityModel.ofPercentOfWidth(options.percentOfWidth(), SIZE.width())
        .withConvergence(options.convergence())
        .disparity(nearness[0]);
  }

  /** Paints holes in one colour and touches nothing else. */
  private static StereoInpainter painter(int color) {
    return new StereoInpainter() {
      @Override
      public Optional<ByteImage> accept(WarpedFrame frame) {
        ByteImage out = frame.splat().image().copy();
        boolean[] holes = frame.splat().holes().array();
        for (int k = 0; k < out.array().length; k++) {
          out.array()[k] = holes[k / 3] ? (byte) color : out.array()[k];
        }
        return Optional.of(out);
      }

      @Override
      public Optional<ByteImage> flush() {
        return Optional.empty();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void convert_whatIsSeen_isTheSplatOfFloats_andHolesAreTheFill(View view, @TempDir Path folder)
      throws IOException {
    Path source = source(folder, LOSSLESS);
    ConvertOptions options =
        DEEP.withPercentOfWidth(10).withView(view).withDilation(EdgeDilation.NONE);
    Path target = folder.resolve("out");
    PngSequence pictures = new PngSequence(25); // 16 bits, so nothing is rounded to 10
    try (VideoReader reader = codec.open(source, ALL_BITS);
        VideoWriter writer = pictures.create(target, SIZE.sideBySide(), EncodeOptions.DEFAULTS)) {
      new StereoConverter(options, () -> painter(77))
          .convert(reader, SQUARE, SIDE_BY_SIDE, writer, Progress.NONE);
      writer.finish();
    }
    DisparityMap disparity = squareDisparity(options);
    int holes = 0;
    try (VideoReader reader = pictures.open(target, ALL_BITS)) {
      for (Frame frame : reader) {
        FloatImage source16 = picture(frame.frameIndex());
        holes += check(left(frame.samples()), source16, disparity, view.leftShift());
        holes += check(right(frame.samples()), source16, disparity, view.rightShift());
      }
    }
    assertThat(holes).isGreaterThan(100);
  }

  /** Compares an eye with the splat of floats and returns the number of its holes. */
  private static int check(
      FloatImage eye, FloatImage source, DisparityMap disparity, double shift) {
    Splat splat = new RowSplatter(SplatOptions.DEFAULTS).splat(source, disparity, shift);
    FloatImage wanted = shift == 0 ? source.copy() : splat.image();
    int holes = 0;
    for (int i = 0; i < SIZE.area(); i++) {
      if (shift != 0 && splat.holes().array()[i]) {
        holes++;
        for (int c = 0; c < 3; c++) {
          wanted.array()[3 * i + c] = 77 / 255f;
        }
      }
    }
    assertThat(largestError(eye, wanted)).isLessThan(2.0 / 65_535);
    return holes;
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void convert_classicalFill_leavesWhatIsSeen_andJoinsTheFill(View view, @TempDir Path folder)
      throws IOException {
    Path source = source(folder, LOSSLESS);
    ConvertOptions options =
        DEEP.withPercentOfWidth(10)
            .withView(view)
            .withDilation(EdgeDilation.NONE)
            .withInpaint(InpaintOptions.DEFAULTS.withLookAhead(2));
    List<FloatImage> deep = lossless(options, source, folder.resolve("deep.mkv"));
    DisparityMap disparity = squareDisparity(options);
    for (int t = 0; t < FRAMES; t++) {
      checkFilled(left(deep.get(t)), picture(t), disparity, view.leftShift());
      checkFilled(right(deep.get(t)), picture(t), disparity, view.rightShift());
    }
  }

  /** Of the pixels a tenth are holes, and the fill takes some beside them. */
  private static void checkFilled(
      FloatImage eye, FloatImage source, DisparityMap disparity, double shift) {
    Splat splat = new RowSplatter(SplatOptions.DEFAULTS).splat(source, disparity, shift);
    int same = 0;
    for (int i = 0; i < SIZE.area(); i++) {
      boolean equal = true;
      for (int c = 0; c < 3; c++) {
        float wanted = shift == 0 ? source.array()[3 * i + c] : splat.image().array()[3 * i + c];
        equal &= Math.abs(eye.array()[3 * i + c] - wanted) < TEN_BITS;
        // colours of the ground or the square, whatever was filled
        assertThat(eye.array()[3 * i + c]).isBetween(0.09f, 0.88f);
      }
      same += equal ? 1 : 0;
    }
    assertThat(same).isGreaterThan(SIZE.area() * 17 / 20);
  }

  @Test
  void convert_folderOfSixteenBits_goesToOneOfSixteenBits(@TempDir Path folder) throws IOException {
    PngSequence pictures = new PngSequence(25);
    Path source = folder.resolve("in");
    try (VideoWriter writer = pictures.create(source, SIZE, EncodeOptions.DEFAULTS)) {
      writer.write(picture(2).channel(0));
      writer.finish();
    }
    Path target = folder.resolve("out");
    new StereoConverter(DEEP.withPercentOfWidth(0))
        .convert(source, pictures, SQUARE, SIDE_BY_SIDE, target, Progress.NONE);
    try (VideoReader reader = pictures.open(target, ALL_BITS)) {
      assertThat(reader.info().bitsPerSample()).isEqualTo(16);
      FloatImage eye = right(reader.next().orElseThrow().samples());
      assertThat(largestError(eye.channel(2), picture(2).channel(0))).isLessThan(2.0 / 65_535);
    }
  }

  @Test
  void convertInSegments_tenBits_areJoined_andGoOn(@TempDir Path folder) throws IOException {
    Path source = source(folder, LOSSLESS.withColors(ColorTags.PQ));
    StereoConverter converter = new StereoConverter(DEEP);
    Path whole = folder.resolve("whole.mp4");
    Path target = folder.resolve("out.mp4");
    assertThat(
            converter.convertInSegments(
                source, codec, SQUARE, SIDE_BY_SIDE, whole, 3, Progress.NONE))
        .isEqualTo(FRAMES);
    assertThat(
            converter.convertInSegments(
                source,
                codec,
                SQUARE,
                SIDE_BY_SIDE,
                target,
                3,
                step -> step.done() == 4 ? Signal.FINISH : Signal.CONTINUE))
        .isZero();
    converter.convertInSegments(source, codec, SQUARE, SIDE_BY_SIDE, target, 3, Progress.NONE);
    assertThat(target).hasSameBinaryContentAs(whole);
    try (VideoReader reader = codec.open(target)) {
      assertThat(reader.info().bitsPerSample()).isEqualTo(10);
      assertThat(reader.info().colors()).isEqualTo(ColorTags.PQ);
    }
    List<FloatImage> frames = read(target);
    for (int t = 0; t < FRAMES; t++) {
      assertThat(meanError(left(frames.get(t)), picture(t))).isLessThan(CODED);
    }
  }

  @Test
  void convert_writerOfEightBits_isRefused(@TempDir Path folder) throws IOException {
    Path source = source(folder, LOSSLESS);
    Path target = folder.resolve("out.mp4");
    try (VideoReader reader = codec.open(source, ALL_BITS);
        VideoWriter writer = codec.create(target, SIZE.sideBySide(), EncodeOptions.DEFAULTS)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new StereoConverter(DEEP)
                      .convert(reader, SQUARE, SIDE_BY_SIDE, writer, Progress.NONE))
          .withMessageContaining("keep 10 bits")
          .withMessageContaining("keeps 8");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEEP.withBitsPerSample(12))
        .withMessageContaining("12");
    assertThat(target).doesNotExist();
  }
}
