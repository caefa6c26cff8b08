package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.stereo4d.backend.Backends;
import org.stereo4d.video.PngSequence;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;

/** Videos by path: a folder holds numbered PNG frames, a file is read by FFmpeg. */
final class VideoFiles {
  private static final double FOLDER_HZ = 30;

  private VideoFiles() {}

  static VideoCodec codecOf(Path video) throws IOException {
    if (!Files.exists(video)) {
      throw new NoSuchFileException(video.toString());
    }
    return Files.isDirectory(video) ? new PngSequence(FOLDER_HZ) : Backends.video("ffmpeg");
  }

  static VideoReader open(Path video) throws IOException {
    return codecOf(video).open(video);
  }
}
