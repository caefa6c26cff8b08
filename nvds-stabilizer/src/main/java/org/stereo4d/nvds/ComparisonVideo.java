package org.stereo4d.nvds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

/**
 * Two depth models side by side, before and after: three rows with the picture twice, the initial
 * maps, and the steady maps, in colours of the range of the clip. The reference writes motion JPEG;
 * here the codec decides.
 *
 * @param codec writes the video
 * @param framesPerSecond Hz; > 0. The reference uses 24
 */
public record ComparisonVideo(VideoCodec codec, double framesPerSecond) {
  /**
   * The maps of one depth model.
   *
   * @param initial one map per frame
   * @param mix one map per frame
   */
  public record Column(List<InverseDepthMap> initial, List<InverseDepthMap> mix) {
    /** The initial maps and the mix of a clip. */
    public static Column of(StabilizedClip clip) {
      return new Column(clip.initial(), clip.mix());
    }
  }

  /** Checks the rate. */
  public ComparisonVideo {
    Check.that(framesPerSecond > 0, "framesPerSecond must be > 0, was %s", framesPerSecond);
  }

  /** Writes a video of twice the width and three times the height of the frames. */
  public void write(Path file, List<ByteImage> frames, Column left, Column right, Progress progress)
      throws IOException {
    Check.that(!frames.isEmpty(), "a video needs frames");
    for (Column column : List.of(left, right)) {
      ClipChecks.requireSameCount(frames, column.initial());
      ClipChecks.requireSameCount(frames, column.mix());
    }
    ImageSize cell = frames.get(0).size();
    ImageSize size = new ImageSize(2 * cell.width(), 3 * cell.height());
    List<List<InverseDepthMap>> stages =
        List.of(left.initial(), right.initial(), left.mix(), right.mix());
    List<DepthLevels> levels = stages.stream().map(DepthLevels::of).toList();
    try (VideoWriter writer =
        codec.create(file, size, EncodeOptions.DEFAULTS.withFramesPerSecond(framesPerSecond))) {
      for (int t = 0; t < frames.size(); t++) {
        ByteImage picture = ByteImage.create(size, 3);
        put(frames.get(t), picture, 0, 0);
        put(frames.get(t), picture, 1, 0);
        for (int k = 0; k < 4; k++) {
          ByteImage colors =
              ColorMap.INFERNO.colorize(levels.get(k).unit(stages.get(k).get(t)), 0, 1);
          put(
              new ImageResizer(ResizeFilter.BILINEAR).resize(colors, cell),
              picture,
              k % 2,
              1 + k / 2);
        }
        writer.write(picture);
        if (progress.finishAfter(Step.of("comparison", t + 1, frames.size()))) {
          break;
        }
      }
      writer.finish();
    }
  }

  private static void put(ByteImage from, ByteImage into, int column, int row) {
    int bytes = 3 * from.width();
    for (int y = 0; y < from.height(); y++) {
      System.arraycopy(
          from.array(),
          from.index(0, y),
          into.array(),
          into.index(column * from.width(), row * from.height() + y),
          bytes);
    }
  }
}
