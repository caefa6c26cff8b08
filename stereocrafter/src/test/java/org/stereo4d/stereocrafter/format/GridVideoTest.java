package org.stereo4d.stereocrafter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageQuality;
import org.stereo4d.image.ImageSize;
import org.stereo4d.stereocrafter.format.GridReader.TimedGrid;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

class GridVideoTest {
  private static final VideoCodec ENGINE = Backends.video("ffmpeg");
  private static final double FILM_HZ = 24_000 / 1001.0;
  private static final int FRAMES = 6;

  /** Matroska counts milliseconds. */
  private static final double CLOCK_SECONDS = 1e-3;

  /** Smooth colours and a sharp mask at a quantiser of 2, with half the chroma, dB. */
  private static final double MPEG4_DECIBELS = 38;

  /** At 16 it is 38, too, but for a block of the mask that openh264 takes for still: then 31. */
  private static final double H264_DECIBELS = 30;

  @TempDir Path folder;

  /** Four pictures that differ, with a mask of 0 and 255, moving with time. */
  private static SplatGrid grid(ImageSize size, int t) {
    ByteImage[] pictures = new ByteImage[3];
    for (int k = 0; k < 3; k++) {
      pictures[k] = ByteImage.create(size, 3);
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          pictures[k].set(x, y, 0, 40 + 60 * k + Math.abs((x + t) % 64 - 32));
          pictures[k].set(x, y, 1, 60 + (int) Math.rint(40 * Math.sin(0.1 * (y + 5 * k))));
          pictures[k].set(x, y, 2, 200 - 50 * k - y);
        }
      }
    }
    ByteImage mask = ByteImage.create(size, 1);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        mask.set(x, y, 0, x > 20 + t && x < 30 + t ? 255 : 0);
      }
    }
    return new SplatGrid(pictures[0], pictures[1], mask, pictures[2]);
  }

  private Path write(GridCodec codec, ImageSize size) throws IOException {
    Path file = folder.resolve("grid." + codec.extension());
    try (GridWriter writer = GridWriter.create(file, size, codec, FILM_HZ, ENGINE)) {
      for (int t = 0; t < FRAMES; t++) {
        writer.write(grid(size, t));
      }
      writer.finish();
    }
    return file;
  }

  private static List<TimedGrid> all(GridReader reader) throws IOException {
    List<TimedGrid> out = new ArrayList<>();
    try (reader) {
      assertThat(reader.framesPerSecond()).isCloseTo(FILM_HZ, within(1e-9));
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        out.add(next.get());
      }
    }
    assertThat(out).hasSize(FRAMES);
    return out;
  }

  private static ByteImage[] pictures(SplatGrid grid) {
    return new ByteImage[] {
      grid.left().copy(), grid.depth().copy(), grid.mask().copy(), grid.right().copy()
    };
  }

  @Test
  void lossless_oddSize_givesTheSameBytesAndTimes() throws IOException {
    ImageSize size = new ImageSize(75, 33);
    Path file = write(GridCodec.LOSSLESS, size);
    List<TimedGrid> back = all(GridReader.open(file, ENGINE));
    for (int t = 0; t < FRAMES; t++) {
      assertThat(back.get(t).timeSeconds()).isCloseTo(t / FILM_HZ, within(CLOCK_SECONDS));
      ByteImage[] expected = pictures(grid(size, t));
      ByteImage[] actual = pictures(back.get(t).grid());
      for (int k = 0; k < 4; k++) {
        assertThat(actual[k].size()).isEqualTo(size);
        assertThat(actual[k].array()).isEqualTo(expected[k].array());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GridCodec.class,
      names = {"MPEG4", "H264_CRF16"})
  void parityCodecs_oddSize_arePaddedAndComeBackAlmostTheSame(GridCodec codec) throws IOException {
    ImageSize size = new ImageSize(75, 43);
    Path file = write(codec, size);
    try (GridReader reader = GridReader.open(file, ENGINE)) {
      assertThat(reader.size()).isEqualTo(new ImageSize(76, 44));
    }
    List<TimedGrid> back = all(GridReader.open(file, size, ENGINE));
    for (int t = 0; t < FRAMES; t++) {
      ByteImage[] expected = pictures(grid(size, t));
      ByteImage[] actual = pictures(back.get(t).grid());
      for (int k = 0; k < 4; k++) {
        assertThat(ImageQuality.psnrDecibels(actual[k], expected[k]))
            .as("picture %s of frame %s", k, t)
            .isGreaterThan(codec == GridCodec.MPEG4 ? MPEG4_DECIBELS : H264_DECIBELS);
      }
    }
  }

  @Test
  void open_framesWithTimes_areReadAtThem() throws IOException {
    ImageSize size = new ImageSize(64, 48);
    Path file = folder.resolve("grid.mkv");
    try (GridWriter writer = GridWriter.create(file, size, GridCodec.LOSSLESS, 25, ENGINE)) {
      writer.write(grid(size, 0), 0);
      writer.write(grid(size, 1), 0.12);
      writer.finish();
    }
    try (GridReader reader = GridReader.open(file, ENGINE)) {
      assertThat(reader.next()).isPresent();
      assertThat(reader.next().orElseThrow().timeSeconds()).isCloseTo(0.12, within(CLOCK_SECONDS));
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void write_gridOfAnotherSize_isRefusedAndLeavesNothing() throws IOException {
    Path file = folder.resolve("grid.mkv");
    try (GridWriter writer =
        GridWriter.create(file, new ImageSize(64, 48), GridCodec.LOSSLESS, 25, ENGINE)) {
      writer.write(grid(new ImageSize(64, 48), 0));
      assertThatThrownBy(() -> writer.write(grid(new ImageSize(62, 48), 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("64x48")
          .hasMessageContaining("62x48");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void open_badFiles_namesThemAndWhatWasExpected() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mkv"), "no video at all");
    assertThatThrownBy(() -> GridReader.open(text, ENGINE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.mkv");
    Path grids = write(GridCodec.LOSSLESS, new ImageSize(64, 48));
    assertThatThrownBy(() -> GridReader.open(grids, new ImageSize(32, 24), ENGINE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64x48")
        .hasMessageContaining("32x24");
    Path line = folder.resolve("line.mkv");
    try (VideoWriter writer =
        ENGINE.create(line, new ImageSize(64, 1), GridCodec.LOSSLESS.options())) {
      writer.write(ByteImage.create(new ImageSize(64, 1), 3));
      writer.finish();
    }
    assertThatThrownBy(() -> GridReader.open(line, ENGINE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64x1");
    byte[] bytes = Files.readAllBytes(grids);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 400; i++) {
      bytes[i] ^= 0x5a;
    }
    Path damaged = Files.write(folder.resolve("damaged.mkv"), bytes);
    try (GridReader reader = GridReader.open(damaged, ENGINE)) {
      int frames = 0;
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        frames++;
      }
      assertThat(frames).isLessThanOrEqualTo(FRAMES);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("damaged.mkv");
    }
  }
}
