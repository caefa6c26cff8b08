package org.stereo4d.stereocrafter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.depth.DepthConvention;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.DepthFiles;
import org.stereo4d.run.Progress;

class DepthArchiveTest {
  private static final ImageSize SIZE = new ImageSize(31, 17);

  private static List<ByteImage> frames() {
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      ByteImage image = ByteImage.create(SIZE, 3);
      for (int i = 0; i < image.array().length; i++) {
        image.array()[i] = (byte) (i * 7 + 31 * t);
      }
      out.add(image);
    }
    return out;
  }

  @Test
  void keeping_anEstimator_givesAnArchiveThatReadsBack(@TempDir Path folder) throws IOException {
    PerFrameDepth luma = new PerFrameDepth(rgb -> new InverseDepthMap(rgb.toFloat().luma()));
    Path file = folder.resolve("clip.npz");
    List<InverseDepthMap> found = new ArrayList<>();
    try (DepthArchive archive = new DepthArchive(file, SIZE)) {
      archive.keeping(luma).estimate(frames(), (t, map) -> found.add(map), Progress.NONE);
      assertThat(file).doesNotExist();
      archive.finish();
    }
    List<InverseDepthMap> read = new ArrayList<>();
    DepthFiles.ofNpz(file, DepthArchive.KEY, DepthConvention.INVERSE_DEPTH)
        .estimate(frames(), (t, map) -> read.add(map), Progress.NONE);
    assertThat(read).hasSize(5).isEqualTo(found);
    try (Stream<Path> rest = Files.list(folder)) {
      assertThat(rest).containsExactly(file);
    }
  }

  @Test
  void close_withoutFinish_leavesNothing(@TempDir Path folder) throws IOException {
    try (DepthArchive archive = new DepthArchive(folder.resolve("clip.npz"), SIZE)) {
      archive.accept(new InverseDepthMap(FloatImage.create(SIZE, 1)));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> archive.accept(new InverseDepthMap(FloatImage.create(new ImageSize(3, 3), 1))))
          .withMessageContaining("31");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
