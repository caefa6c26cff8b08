package org.stereo4d.video;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.image.ImageSize;

/** Opens and creates videos. */
public interface VideoCodec {
  /** Opens a video. */
  VideoReader open(Path file, ReadOptions options) throws IOException;

  /** Opens a video with the default options. */
  default VideoReader open(Path file) throws IOException {
    return open(file, ReadOptions.DEFAULTS);
  }

  /** Creates a video. */
  VideoWriter create(Path file, ImageSize size, EncodeOptions options) throws IOException;

  /** Creates a video with the default options at a frame rate in Hz. */
  default VideoWriter create(Path file, ImageSize size, double framesPerSecond) throws IOException {
    return create(file, size, EncodeOptions.DEFAULTS.withFramesPerSecond(framesPerSecond));
  }
}
