package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_INFO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_get_level;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** Opens and creates videos with FFmpeg. */
public final class FFmpegVideoCodec implements VideoCodec {
  /** Creates a codec and {@linkplain #prepare() prepares} FFmpeg. */
  public FFmpegVideoCodec() {
    prepare();
  }

  /** Silences FFmpeg's own log unless the application chose a level. Before any use of FFmpeg. */
  public static void prepare() {
    NativeLibraries.prepareJavaCpp();
    if (av_log_get_level() == AV_LOG_INFO) {
      av_log_set_level(AV_LOG_QUIET);
    }
  }

  @Override
  public VideoReader open(Path file, ReadOptions options) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file, expected a video");
    }
    return FFmpegReader.open(file, options);
  }

  @Override
  public VideoWriter create(Path file, ImageSize size, EncodeOptions options) throws IOException {
    return FFmpegWriter.create(file, size, options);
  }
}
