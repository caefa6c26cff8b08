package org.stereo4d.backend.ffmpeg;

import java.util.Optional;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendProvider;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.backend.NativeLibraries.Preset;
import org.stereo4d.video.VideoCodec;

/** Offers FFmpeg. */
public final class FFmpegProvider implements BackendProvider {
  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public Availability availability() {
    return NativeLibraries.availability(Preset.FFMPEG, Preset.JAVACPP);
  }

  @Override
  public Optional<VideoCodec> video() {
    return Optional.of(new FFmpegVideoCodec());
  }
}
