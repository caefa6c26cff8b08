package org.stereo4d.synthetic;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;

/** A video whose frames are drawn when they are asked for. */
final class GeneratedVideo implements VideoReader {
  private final VideoInfo info;
  private final int frameCount;
  private final IntFunction<ByteImage> draw;
  private int nextIndex;

  GeneratedVideo(
      ImageSize size, int frameCount, double framesPerSecond, IntFunction<ByteImage> draw) {
    this.info =
        new VideoInfo(
            size,
            framesPerSecond,
            frameCount / framesPerSecond,
            OptionalInt.of(frameCount),
            "synthetic",
            8,
            ColorTags.NONE,
            false);
    this.frameCount = frameCount;
    this.draw = draw;
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Optional<Frame> next() {
    if (nextIndex >= frameCount) {
      return Optional.empty();
    }
    int index = nextIndex++;
    return Optional.of(Frame.of(index, index / info.framesPerSecond(), draw.apply(index)));
  }

  /** Ends the video; it holds nothing that must be freed. */
  @Override
  public void close() {
    nextIndex = frameCount;
  }
}
