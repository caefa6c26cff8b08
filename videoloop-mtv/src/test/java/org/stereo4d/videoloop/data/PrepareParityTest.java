package org.stereo4d.videoloop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.ByteImage;
import org.stereo4d.io.colmap.ColmapModel;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.Golden;
import org.stereo4d.video.PngSequence;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class PrepareParityTest {
  private static final double POSE = 1e-9;

  @TempDir Path folder;

  @Test
  void poses_goldenModels_mapByIdAndName() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/colmap.npz"))) {
      for (int c = 0; npz.has("c" + c + "_poses_bounds"); c++) {
        for (String kind : List.of("bin", "txt")) {
          Path model = Files.createDirectories(folder.resolve("c" + c + kind));
          for (String name : List.of("cameras", "images", "points3D")) {
            Files.write(
                model.resolve(name + "." + kind), npz.bytes("c" + c + "_" + name + "_" + kind));
          }
          ColmapPoses.Result result = ColmapPoses.of(ColmapModel.read(model));
          double[] expected = npz.doubles("c" + c + "_poses_bounds");
          double tolerance = kind.equals("bin") ? POSE : 1e-6; // text files hold fewer digits
          double[] rows = result.poses().toRows();
          assertThat(rows).hasSameSizeAs(expected);
          for (int i = 0; i < rows.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            assertThat(rows[i]).as("c%s %s %s", c, kind, i).isCloseTo(expected[i], within(allowed));
          }
          assertThat(result.names()).isSorted();
          assertThatThrownBy(() -> ColmapPoses.requireAll(result, List.of("images/zebra.png")))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("zebra");
        }
      }
    }
  }

  @Test
  void split_goldenFrames_givesThoseClips() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/clip_split.npz"))) {
      List<ByteImage> frames = LoopableMaskParityTest.clip(npz, "frames");
      PngSequence codec = new PngSequence(25);
      Path source = folder.resolve("source");
      try (VideoWriter out = codec.create(source, frames.get(0).size(), 25)) {
        for (ByteImage frame : frames) {
          out.write(frame);
        }
        out.finish();
      }
      ClipSplitter splitter = new ClipSplitter(SplitOptions.DEFAULTS.withLeastFrames(1));
      List<ClipSplitter.Segment> segments;
      try (VideoReader in = codec.open(source)) {
        segments = splitter.split(in, folder, codec, Progress.NONE);
      }
      int[] expected = npz.ints("segments");
      assertThat(segments).hasSize(expected.length / 2);
      List<ByteImage> joined = new ArrayList<>();
      for (int k = 0; k < segments.size(); k++) {
        assertThat(segments.get(k).startInclusive()).isEqualTo(expected[2 * k]);
        assertThat(segments.get(k).endExclusive()).isEqualTo(expected[2 * k + 1]);
        Path mean = folder.resolve("images/000" + k + ".png");
        assertThat(PngImage.read(mean).toBytes().array())
            .isEqualTo(npz.bytes("clip" + k + "_average"));
        assertThat(read(codec, "videos_2/000" + k + ".mp4"))
            .isEqualTo(LoopableMaskParityTest.clip(npz, "clip" + k + "_half"));
        joined.addAll(read(codec, "videos_1/000" + k + ".mp4"));
      }
      assertThat(joined)
          .isEqualTo(frames.stream().filter(frame -> !splitter.isBlack(frame)).toList());
    }
  }

  private List<ByteImage> read(PngSequence codec, String name) throws Exception {
    List<ByteImage> out = new ArrayList<>();
    try (VideoReader in = codec.open(folder.resolve(name))) {
      in.forEach(frame -> out.add(frame.image()));
    }
    return out;
  }

  @Test
  void split_shortRun_isReportedAndLeftOut() throws Exception {
    PngSequence codec = new PngSequence(25);
    ByteImage bright = LoopSceneTest.gray(9, 7, 90);
    ByteImage black = LoopSceneTest.gray(9, 7, 3);
    Path source = folder.resolve("source");
    try (VideoWriter out = codec.create(source, bright.size(), 25)) {
      for (ByteImage frame : List.of(bright, black, bright, bright, bright, black)) {
        out.write(frame);
      }
      out.finish();
    }
    try (VideoReader in = codec.open(source)) {
      List<ClipSplitter.Segment> segments =
          new ClipSplitter(SplitOptions.DEFAULTS.withLeastFrames(3))
              .split(in, folder, codec, Progress.NONE);
      assertThat(segments)
          .containsExactly(
              new ClipSplitter.Segment(0, 1, false), new ClipSplitter.Segment(2, 5, true));
    }
    assertThat(read(codec, "videos_1/0000.mp4"))
        .hasSize(3)
        .allMatch(frame -> frame.width() == 8 && frame.height() == 6);
    assertThat(folder.resolve("videos_1/0001.mp4")).doesNotExist();
  }
}
