package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.EncodeOptions.Chroma;

/** The encoders that write our videos, best first. */
enum Encoder {
  X264("libx264"),
  OPEN_H264("libopenh264"),
  VP9("libvpx-vp9");

  private static final System.Logger LOG = System.getLogger(Encoder.class.getName());
  private static final int OPEN_H264_MAX_MACROBLOCKS = 36_864;

  private final String ffmpegName;

  Encoder(String ffmpegName) {
    this.ffmpegName = ffmpegName;
  }

  String ffmpegName() {
    return ffmpegName;
  }

  /** The first encoder that is present and can write the size and chroma. */
  static Encoder choose(ImageSize size, Chroma chroma) {
    for (Encoder encoder : List.of(values())) {
      if (encoder.canWrite(size, chroma) && encoder.isPresent()) {
        LOG.log(System.Logger.Level.DEBUG, "videos of {0} are written by {1}", size, encoder);
        return encoder;
      }
    }
    throw new BackendException(
        "ffmpeg has no encoder for "
            + size
            + " "
            + chroma
            + "; add "
            + NativeLibraries.Preset.FFMPEG.coordinates()
            + "-gpl for x264");
  }

  private boolean isPresent() {
    AVCodec codec = avcodec_find_encoder_by_name(ffmpegName);
    return codec != null && !codec.isNull();
  }

  private boolean canWrite(ImageSize size, Chroma chroma) {
    return switch (this) {
      case X264, VP9 -> true;
      case OPEN_H264 -> {
        int macroblocks = ((size.width() + 15) / 16) * ((size.height() + 15) / 16);
        yield pixelFormat(size, chroma) == AV_PIX_FMT_YUV420P
            && macroblocks <= OPEN_H264_MAX_MACROBLOCKS
            && size.width() >= 16
            && size.height() >= 16;
      }
    };
  }

  static int pixelFormat(ImageSize size, Chroma chroma) {
    boolean even = size.width() % 2 == 0 && size.height() % 2 == 0;
    return switch (chroma) {
      case AUTO -> even ? AV_PIX_FMT_YUV420P : AV_PIX_FMT_YUV444P;
      case YUV420 -> AV_PIX_FMT_YUV420P;
      case YUV444 -> AV_PIX_FMT_YUV444P;
    };
  }

  /** Options that keep the quantiser constant. */
  Map<String, String> options(int quality) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("colorspace", "bt709");
    out.put("color_primaries", "bt709");
    out.put("color_trc", "bt709");
    out.put("color_range", "tv");
    switch (this) {
      case X264 -> {
        out.put("qp", Integer.toString(quality));
        out.put("preset", "veryfast");
      }
      case OPEN_H264 -> {
        int quantiser = Math.max(1, quality);
        out.put("rc_mode", "quality"); // without rate control it would always take 26
        out.put("qmin", Integer.toString(quantiser));
        out.put("qmax", Integer.toString(quantiser));
        out.put("allow_skip_frames", "0");
      }
      case VP9 -> {
        // VP9 counts to 63; the scale is chosen so that pictures look alike at one number
        out.put("crf", Integer.toString(Math.min(63, (int) Math.rint(quality * 63 / 51.0))));
        out.put("b", "0");
        out.put("deadline", "realtime");
        out.put("cpu-used", "7");
        out.put("row-mt", "1");
      }
    }
    return out;
  }
}
