package org.stereo4d.backend.ffmpeg;

import java.util.Optional;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendProvider;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.video.VideoCodec;

/** Offers FFmpeg. */
public final class FFmpegProvider implements BackendProvider {
  private static final String VERSION = "8.0.1-1.5.13";

  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public Availability availability() {
    if (NativeLibraries.hasJavaCppNative("ffmpeg", "jniavutil")) {
      return new Availability.Ready(VERSION);
    }
    return new Availability.Missing(
        "no FFmpeg natives for this platform; add org.bytedeco:ffmpeg:"
            + VERSION
            + ":"
            + NativeLibraries.platform()
            + " and org.bytedeco:javacpp:1.5.13:"
            + NativeLibraries.platform());
  }

  @Override
  public Optional<VideoCodec> video() {
    return Optional.of(new FFmpegVideoCodec());
  }
}
