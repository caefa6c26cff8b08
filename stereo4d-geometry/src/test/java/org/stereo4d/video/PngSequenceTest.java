package org.stereo4d.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.png.PngImage;

class PngSequenceTest {
  private static final ImageSize SIZE = new ImageSize(5, 3);
  private final PngSequence codec = new PngSequence(10);
  @TempDir Path folder;

  private static ByteImage level(int value) {
    ByteImage out = ByteImage.create(SIZE, 3);
    java.util.Arrays.fill(out.array(), (byte) value);
    return out;
  }

  private List<Frame> read(Path from, ReadOptions options) throws IOException {
    List<Frame> out = new ArrayList<>();
    try (VideoReader reader = codec.open(from, options)) {
      reader.forEach(out::add);
    }
    return out;
  }

  @Test
  void write_thenRead_isLossless() throws IOException {
    Path target = folder.resolve("frames é");
    try (VideoWriter writer = codec.create(target, SIZE, EncodeOptions.DEFAULTS)) {
      for (int n = 0; n < 12; n++) {
        writer.write(level(20 * n));
      }
      writer.finish();
    }
    List<Frame> frames = read(target, ReadOptions.DEFAULTS);
    assertThat(frames).hasSize(12);
    for (int n = 0; n < 12; n++) {
      assertThat(frames.get(n).image()).isEqualTo(level(20 * n));
      assertThat(frames.get(n).timeSeconds()).isCloseTo(n / 10.0, within(1e-12));
    }
  }

  @Test
  void write_floats_keepSixteenBits() throws IOException {
    Path target = folder.resolve("deep");
    FloatImage image = FloatImage.create(SIZE, 3);
    image.set(1, 2, 0, 0.12345f);
    try (VideoWriter writer = codec.create(target, SIZE, EncodeOptions.DEFAULTS)) {
      writer.write(image);
      writer.finish();
    }
    Frame frame = read(target, ReadOptions.DEFAULTS.withFullPrecision(true)).get(0);
    assertThat(frame.samples().at(1, 2, 0)).isCloseTo(0.12345f, within(1 / 65535f));
  }

  @Test
  void write_timedGrayFloats_areReadAsRgbOfSixteenBits() throws IOException {
    Path target = folder.resolve("gray");
    FloatImage image = FloatImage.create(SIZE, 1);
    image.set(1, 2, 0, 0.12345f);
    try (VideoWriter writer = codec.create(target, SIZE, EncodeOptions.DEFAULTS)) {
      assertThat(writer.bitsPerSample()).isEqualTo(16);
      writer.write(image, 0.5);
      assertThatThrownBy(() -> writer.write(image, 0.5))
          .isInstanceOf(IllegalArgumentException.class);
      writer.finish();
    }
    FloatImage seen = read(target, ReadOptions.DEFAULTS.withFullPrecision(true)).get(0).samples();
    assertThat(seen.channels()).isEqualTo(3);
    assertThat(seen.at(1, 2, 2)).isCloseTo(0.12345f, within(1 / 65535f));
  }

  @Test
  void open_namesWithGaps_areOrderedByNumber() throws IOException {
    PngImage.of(level(10)).write(folder.resolve("b_10.png"));
    PngImage.of(level(2)).write(folder.resolve("c_002.png"));
    PngImage.of(level(9)).write(folder.resolve("a9.png"));
    Files.writeString(folder.resolve("notes.txt"), "no frame");
    List<Frame> frames = read(folder, ReadOptions.DEFAULTS);
    assertThat(frames).extracting(f -> f.image().at(0, 0, 0)).containsExactly(2, 9, 10);
    assertThat(frames).extracting(Frame::frameIndex).containsExactly(0, 1, 2);
  }

  @Test
  void open_grayAndAlpha_becomeRgb() throws IOException {
    ByteImage gray = ByteImage.create(SIZE, 1);
    gray.set(0, 0, 0, 77);
    PngImage.of(gray).write(folder.resolve("0.png"));
    ByteImage rgba = ByteImage.create(SIZE, 4);
    rgba.set(0, 0, 2, 88);
    PngImage.of(rgba).write(folder.resolve("1.png"));
    List<Frame> frames = read(folder, ReadOptions.DEFAULTS);
    assertThat(frames.get(0).image().at(0, 0, 2)).isEqualTo(77);
    assertThat(frames.get(1).image().at(0, 0, 2)).isEqualTo(88);
  }

  @Test
  void open_badFolders_sayWhy() throws IOException {
    assertThatThrownBy(() -> codec.open(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> codec.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no PNG file");
    PngImage.of(level(1)).write(folder.resolve("0.png"));
    PngImage.of(ByteImage.create(new ImageSize(2, 2), 3)).write(folder.resolve("1.png"));
    assertThatThrownBy(() -> read(folder, ReadOptions.DEFAULTS)).hasMessageContaining("2x2");
  }

  @Test
  void close_withoutFinish_leavesNothing() throws IOException {
    try (VideoWriter writer = codec.create(folder.resolve("x"), SIZE, EncodeOptions.DEFAULTS)) {
      writer.write(level(1));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
