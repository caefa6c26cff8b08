package org.stereo4d.stereocrafter.parts;

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
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageQuality;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.ffmpeg.VideoJoiner;
import org.stereo4d.testing.Programs;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class PartsTest {
  private static final VideoCodec CODEC = Backends.video("ffmpeg");

  /** Of a small quantiser. */
  private static final double DECIBELS = 30;

  private static List<Frame> frames(Path file) throws IOException {
    List<Frame> out = new ArrayList<>();
    try (VideoReader reader = CODEC.open(file)) {
      reader.forEach(out::add);
    }
    return out;
  }

  private static double seconds(Path file, String stream) throws Exception {
    return Double.parseDouble(
        Programs.ffprobe(
                "-select_streams",
                stream,
                "-show_entries",
                "stream=duration",
                "-of",
                "csv=p=0",
                file.toString())
            .strip());
  }

  @Test
  void splitAndConnect_video_keepsFramesTimesAndSound(@TempDir Path folder) throws Exception {
    Path source = SoundVideos.write(folder.resolve("in.mp4"), 64, 48, 22);
    List<Path> parts =
        new VideoSegmenter(8, false)
            .split(source, CODEC, folder.resolve("parts"), EncodeOptions.DEFAULTS, Progress.NONE);
    assertThat(parts)
        .extracting(p -> p.getFileName().toString())
        .containsExactly("in_part_1.mp4", "in_part_2.mp4", "in_part_3.mp4");
    assertThat(frames(parts.get(0))).hasSize(8);
    assertThat(frames(parts.get(2))).hasSize(6);
    assertThat(seconds(parts.get(1), "a")).isCloseTo(0.32, within(0.05));
    for (Path part : parts) {
      String name = part.getFileName().toString().replace(".mp4", "_sbs.mp4");
      Files.move(part, part.resolveSibling(name));
    }
    Path joined = VideoConnector.connect(folder.resolve("parts"), "sbs");
    assertThat(joined.getFileName()).hasToString("final_sbs.mp4");
    assertSameVideo(frames(joined), frames(source));
    assertThat(seconds(joined, "a")).isCloseTo(seconds(joined, "v"), within(0.12));
    List<Path> whole =
        new VideoSegmenter(8, true)
            .split(source, CODEC, folder.resolve("whole"), EncodeOptions.DEFAULTS, Progress.NONE);
    assertThat(whole).hasSize(2);
    assertThat(folder.resolve("whole/in_part_3.mp4")).doesNotExist();
  }

  private static void assertSameVideo(List<Frame> actual, List<Frame> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int t = 0; t < expected.size(); t++) {
      assertThat(actual.get(t).timeSeconds())
          .isCloseTo(expected.get(t).timeSeconds(), within(1e-3));
      assertThat(ImageQuality.psnrDecibels(actual.get(t).image(), expected.get(t).image()))
          .as("frame %s", t)
          .isGreaterThan(DECIBELS);
    }
  }

  @Test
  void parts_areOrderedByPartAndCopy(@TempDir Path folder) throws IOException {
    for (String name :
        List.of(
            "a_part_10_sbs.mp4",
            "a_part_2_sbs.mp4",
            "a_part_2_sbs.mp4-Copy1",
            "a_part_2-Copy2_sbs.mp4",
            "final_sbs.mp4",
            "a_part_1_anaglyph.mp4")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(VideoConnector.parts(folder, "sbs"))
        .extracting(p -> p.getFileName().toString())
        .containsExactly(
            "a_part_2_sbs.mp4",
            "a_part_2_sbs.mp4-Copy1",
            "a_part_2-Copy2_sbs.mp4",
            "a_part_10_sbs.mp4");
    assertThatThrownBy(() -> VideoConnector.connect(folder, "vr180"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("_vr180.mp4");
  }

  @Test
  void join_otherSize_namesThePart(@TempDir Path folder) throws IOException {
    List<VideoJoiner.Part> parts = new ArrayList<>();
    for (int side : new int[] {48, 64}) {
      Path file = folder.resolve(side + ".mp4");
      try (VideoWriter writer = CODEC.create(file, new ImageSize(side, 48), 25)) {
        writer.write(ByteImage.create(new ImageSize(side, 48), 3));
        writer.finish();
      }
      parts.add(new VideoJoiner.Part(file, Double.NaN));
    }
    Path target = folder.resolve("out.mp4");
    assertThatThrownBy(() -> VideoJoiner.join(parts, List.of(), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64.mp4");
    assertThat(target).doesNotExist();
  }

  @Test
  void spatialSplit_sideBySide_givesBothEyes(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("in.mp4");
    ByteImage frame = ByteImage.create(new ImageSize(128, 48), 3);
    for (int i = 0; i < frame.array().length; i++) {
      frame.array()[i] = (byte) (i / 3 % 128 < 64 ? 60 : 200);
    }
    try (VideoWriter writer = CODEC.create(source, frame.size(), 25)) {
      writer.write(frame);
      writer.write(frame);
      writer.finish();
    }
    List<Path> halves =
        SpatialSplitter.VERTICAL.split(
            source, CODEC, folder, EncodeOptions.DEFAULTS, Progress.NONE);
    assertThat(halves.get(0).getFileName()).hasToString("in_left.mp4");
    assertThat(frames(halves.get(0))).hasSize(2);
    assertThat(frames(halves.get(0)).get(1).image().at(30, 20, 0)).isBetween(50, 70);
    assertThat(frames(halves.get(1)).get(1).image().at(30, 20, 0)).isBetween(190, 210);
  }
}
