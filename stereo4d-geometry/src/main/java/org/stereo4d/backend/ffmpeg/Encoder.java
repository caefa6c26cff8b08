package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.EncodeOptions.Chroma;
import org.stereo4d.video.EncodeOptions.Encoding;

/** The encoders that write our videos, for each encoding the best first. */
enum Encoder {
  X264("libx264", Encoding.H264),
  OPEN_H264("libopenh264", Encoding.H264),
  VP9("libvpx-vp9", Encoding.H264),
  MPEG4("mpeg4", Encoding.MPEG4),
  FFV1("ffv1", Encoding.FFV1);

  private static final System.Logger LOG = System.getLogger(Encoder.class.getName());
  private static final int OPEN_H264_MAX_MACROBLOCKS = 36_864;
  private static final int RATE_TERM = 1_001_000; // exact for 24000/1001 and its relatives
  private static final int MPEG4_RATE_TERM = 65_535;

  /** FFmpeg's unit of MPEG-4 quantisers. */
  private static final int LAMBDA = 118;

  private final String ffmpegName;
  private final Encoding encoding;

  Encoder(String ffmpegName, Encoding encoding) {
    this.ffmpegName = ffmpegName;
    this.encoding = encoding;
  }

  String ffmpegName() {
    return ffmpegName;
  }

  /** Largest numerator and denominator of a frame rate. */
  int mostRateTerm() {
    return this == MPEG4 ? MPEG4_RATE_TERM : RATE_TERM;
  }

  /** The first encoder that is present and can write the size and chroma. */
  static Encoder choose(ImageSize size, EncodeOptions options) {
    return choose(size, options, Encoder::isInNatives);
  }

  /** As {@link #choose(ImageSize, EncodeOptions)}, with the names of encoders that are present. */
  static Encoder choose(ImageSize size, EncodeOptions options, Predicate<String> isPresent) {
    Encoding encoding = options.encoding();
    Check.that(
        encoding != Encoding.MPEG4 || options.chroma() != Chroma.YUV444,
        "encoding MPEG4 has no chroma YUV444; use H264 or FFV1");
    for (Encoder encoder : List.of(values())) {
      if (encoder.encoding == encoding
          && encoder.canWrite(size, options.chroma())
          && isPresent.test(encoder.ffmpegName)) {
        LOG.log(System.Logger.Level.DEBUG, "videos of {0} are written by {1}", size, encoder);
        return encoder;
      }
    }
    throw new BackendException(
        "ffmpeg has no encoder of "
            + encoding
            + " for "
            + size
            + " "
            + options.chroma()
            + "; "
            + remedy(encoding));
  }

  private static String remedy(Encoding encoding) {
    String natives = NativeLibraries.Preset.FFMPEG.coordinates();
    return switch (encoding) {
      case H264 -> "add " + natives + "-gpl for x264";
      case MPEG4 -> "these natives were built without mpeg4, which " + natives + " has";
      case FFV1 -> "these natives were built without ffv1, which " + natives + " has";
    };
  }

  private static boolean isInNatives(String name) {
    AVCodec codec = avcodec_find_encoder_by_name(name);
    return codec != null && !codec.isNull();
  }

  private boolean canWrite(ImageSize size, Chroma chroma) {
    return switch (this) {
      case X264, VP9, MPEG4, FFV1 -> true;
      case OPEN_H264 -> {
        int macroblocks = ((size.width() + 15) / 16) * ((size.height() + 15) / 16);
        yield pixelFormat(size, chroma) == PixelFormat.YUV420
            && macroblocks <= OPEN_H264_MAX_MACROBLOCKS
            && size.width() >= 16
            && size.height() >= 16;
      }
    };
  }

  PixelFormat pixelFormat(ImageSize size, Chroma chroma) {
    if (this == FFV1) {
      return PixelFormat.BGR0;
    }
    boolean even = size.width() % 2 == 0 && size.height() % 2 == 0;
    return switch (chroma) {
      case AUTO -> even || this == MPEG4 ? PixelFormat.YUV420 : PixelFormat.YUV444;
      case YUV420 -> PixelFormat.YUV420;
      case YUV444 -> PixelFormat.YUV444;
    };
  }

  /** Options that keep the quantiser constant. */
  Map<String, String> options(int quality) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("colorspace", this == FFV1 ? "rgb" : "bt709");
    out.put("color_primaries", "bt709");
    out.put("color_trc", "bt709");
    out.put("color_range", this == FFV1 ? "pc" : "tv");
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
      case MPEG4 -> {
        // H.264's step doubles every six numbers from 0.625 on, that of MPEG-4 is twice the number
        double quantiser = 0.3125 * Math.pow(2, quality / 6.0);
        int number = (int) Math.max(1, Math.min(31, Math.rint(quantiser)));
        out.put("flags", "+qscale");
        out.put("global_quality", Integer.toString(LAMBDA * number));
        out.put("qmin", "1"); // 2 otherwise
      }
      case FFV1 -> {
        out.put("level", "3");
        out.put("slicecrc", "1"); // damage is found when the file is read
        out.put("g", "1");
      }
    }
    return out;
  }
}
