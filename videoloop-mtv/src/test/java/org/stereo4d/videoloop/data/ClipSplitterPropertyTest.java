package org.stereo4d.videoloop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.TemporaryFolder;
import org.stereo4d.video.PngSequence;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class ClipSplitterPropertyTest {
  private static final ImageSize SIZE = new ImageSize(6, 4);

  /** Clips one after the other are the frames that are not black, but for runs too short. */
  @Property(tries = 15)
  void split_anyVideo_losesNoFrameOfAKeptRun(
      @ForAll @IntRange(min = 1, max = 4) int least,
      @ForAll @IntRange(min = 0, max = 10_000) int seed)
      throws Exception {
    List<ByteImage> frames = video(seed);
    ClipSplitter splitter =
        new ClipSplitter(SplitOptions.DEFAULTS.withLeastFrames(least).withFactors(List.of(1)));
    PngSequence codec = new PngSequence(25);
    List<ByteImage> joined = new ArrayList<>();
    List<ClipSplitter.Segment> segments;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Path source = folder.path().resolve("source");
      write(codec, source, frames);
      try (VideoReader in = codec.open(source)) {
        segments = splitter.split(in, folder.path(), codec, Progress.NONE);
      }
      long kept = segments.stream().filter(ClipSplitter.Segment::kept).count();
      for (int clip = 0; clip < kept; clip++) {
        String name = String.format("videos_1/%04d.mp4", clip);
        try (VideoReader in = codec.open(folder.path().resolve(name))) {
          in.forEach(frame -> joined.add(frame.image()));
        }
      }
    }
    List<ByteImage> expected = new ArrayList<>();
    List<ByteImage> run = new ArrayList<>();
    int runs = 0;
    for (int i = 0; i <= frames.size(); i++) {
      boolean ends = i == frames.size() || splitter.isBlack(frames.get(i));
      if (!ends) {
        run.add(frames.get(i));
      } else if (!run.isEmpty()) {
        assertThat(segments.get(runs++))
            .isEqualTo(new ClipSplitter.Segment(i - run.size(), i, run.size() >= least));
        expected.addAll(run.size() >= least ? run : List.of());
        run.clear();
      }
    }
    assertThat(segments).hasSize(runs);
    assertThat(joined).isEqualTo(expected);
  }

  private static void write(PngSequence codec, Path file, List<ByteImage> frames) throws Exception {
    try (VideoWriter out = codec.create(file, SIZE, 25)) {
      for (ByteImage frame : frames) {
        out.write(frame);
      }
      out.finish();
    }
  }

  /** Frames of noise, about a third of them too dark. */
  private static List<ByteImage> video(int seed) {
    Random random = new Random(seed);
    List<ByteImage> out = new ArrayList<>();
    int count = 1 + random.nextInt(16);
    for (int t = 0; t < count; t++) {
      ByteImage frame = ByteImage.create(SIZE, 3);
      int brightest = random.nextInt(3) == 0 ? 12 : 250;
      for (int i = 0; i < frame.array().length; i++) {
        frame.array()[i] = (byte) random.nextInt(brightest);
      }
      out.add(frame);
    }
    return out;
  }
}
