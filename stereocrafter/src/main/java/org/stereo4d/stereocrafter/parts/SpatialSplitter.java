package org.stereo4d.stereocrafter.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.format.OutputNames;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** Writes both halves of every frame as videos of their own; a last odd row or column is lost. */
public enum SpatialSplitter {
  /** Upper and lower halves: {@code NAME_top.mp4}, {@code NAME_bottom.mp4}. */
  HORIZONTAL("_top", "_bottom"),
  /**
   * Left and right halves, the eyes of side by side: {@code NAME_left.mp4}, {@code NAME_right.mp4}.
   */
  VERTICAL("_left", "_right");

  private final String first;
  private final String second;

  SpatialSplitter(String first, String second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Writes both files, with the sound of the source.
   *
   * @return first and second half
   */
  public List<Path> split(
      Path source, VideoCodec codec, Path folder, EncodeOptions encode, Progress progress)
      throws IOException {
    try (VideoReader reader = codec.open(source)) {
      ImageSize size = reader.info().size();
      ImageSize half =
          this == HORIZONTAL
              ? new ImageSize(size.width(), size.height() / 2)
              : new ImageSize(size.width() / 2, size.height());
      Check.that(half.area() > 0, "the frames of %s are too small to be split", size);
      EncodeOptions silent = encode.withFramesPerSecond(reader.framesPerSecond()).withoutAudio();
      EncodeOptions options = reader.info().hasAudio() ? silent.withAudioFrom(source) : silent;
      String stem = OutputNames.stem(source);
      Path one = folder.resolve(stem + first + ".mp4");
      Path two = folder.resolve(stem + second + ".mp4");
      try (VideoWriter a = codec.create(one, half, options);
          VideoWriter b = codec.create(two, half, options)) {
        int frames = 0;
        int x = this == VERTICAL ? half.width() : 0;
        int y = this == HORIZONTAL ? half.height() : 0;
        for (Frame frame : reader) {
          ByteImage image = frame.image();
          a.write(image.crop(0, 0, half).copy(), frame.timeSeconds());
          b.write(image.crop(x, y, half).copy(), frame.timeSeconds());
          frames++;
          if (progress.finishAfter(
              Step.of("split", frames, reader.info().frameCount().orElse(0)))) {
            break;
          }
        }
        a.finish();
        b.finish();
      }
      return List.of(one, two);
    }
  }
}
