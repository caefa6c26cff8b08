package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_PIX_FORMAT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_supported_config;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.EncodeOptions.Chroma;
import org.stereo4d.video.EncodeOptions.Encoding;

/** The encoders that write our videos, for each encoding and depth the best first. */
enum Encoder {
  X264("libx264", Encoding.H264, 8),
  OPEN_H264("libopenh264", Encoding.H264, 8),
  VP9("libvpx-vp9", Encoding.H264, 8),
  X265("libx265", Encoding.H264, 10),
  AV1("libaom-av1", Encoding.H264, 10),
  MPEG4("mpeg4", Encoding.MPEG4, 8),
  FFV1("ffv1", Encoding.FFV1, 8, 10);

  private static final System.Logger LOG = System.getLogger(Encoder.class.getName());
  private static final int OPEN_H264_MAX_MACROBLOCKS = 36_864;
  private static final int RATE_TERM = 1_001_000; // exact for 24000/1001 and its relatives
  private static final int MPEG4_RATE_TERM = 65_535;

  /** FFmpeg's unit of MPEG-4 quantisers. */
  private static final int LAMBDA = 118;

  private final String ffmpegName;
  private final Encoding encoding;
  private final Set<Integer> depths;

  Encoder(String ffmpegName, Encoding encoding, Integer... depths) {
    this.ffmpegName = ffmpegName;
    this.encoding = encoding;
    this.depths = Set.of(depths);
  }

  String ffmpegName() {
    return ffmpegName;
  }

  /** Largest numerator and denominator of a frame rate. */
  int mostRateTerm() {
    return this == MPEG4 ? MPEG4_RATE_TERM : RATE_TERM;
  }

  /** The first encoder that is present and can write the size, chroma and depth. */
  static Encoder choose(ImageSize size, EncodeOptions options) {
    return choose(size, options, Encoder::isInNatives);
  }

  /** As {@link #choose(ImageSize, EncodeOptions)}, with the encoders and formats that there are. */
  static Encoder choose(
      ImageSize size, EncodeOptions options, BiPredicate<String, PixelFormat> isPresent) {
    Encoding encoding = options.encoding();
    Check.that(
        encoding != Encoding.MPEG4 || options.chroma() != Chroma.YUV444,
        "encoding MPEG4 has no chroma YUV444; use H264 or FFV1");
    Check.that(
        encoding != Encoding.MPEG4 || options.bitsPerSample() == 8,
        "encoding MPEG4 has no %s bits per sample; use H264 or FFV1",
        options.bitsPerSample());
    List<String> lookedFor = new ArrayList<>();
    for (Encoder encoder : values()) {
      if (encoder.encoding == encoding && encoder.depths.contains(options.bitsPerSample())) {
        PixelFormat format = encoder.pixelFormat(size, options);
        if (encoder.canWrite(size, format) && isPresent.test(encoder.ffmpegName, format)) {
          LOG.log(System.Logger.Level.DEBUG, "videos of {0} are written by {1}", size, encoder);
          return encoder;
        }
        lookedFor.add(encoder.ffmpegName + " of " + format);
      }
    }
    throw new BackendException(
        "ffmpeg has no encoder of "
            + encoding
            + " of "
            + options.bitsPerSample()
            + " bits for "
            + size
            + " "
            + options.chroma()
            + ", looked for "
            + String.join(", ", lookedFor)
            + "; "
            + remedy(options));
  }

  private static String remedy(EncodeOptions options) {
    String natives = NativeLibraries.Preset.FFMPEG.coordinates();
    return switch (options.encoding()) {
      case H264 ->
          "add " + natives + "-gpl for " + (options.bitsPerSample() == 8 ? "x264" : "x265");
      case MPEG4 -> "these natives were built without mpeg4, which " + natives + " has";
      case FFV1 -> "these natives were built without ffv1, which " + natives + " has";
    };
  }

  private static boolean isInNatives(String name, PixelFormat format) {
    AVCodec codec = avcodec_find_encoder_by_name(name);
    if (codec == null || codec.isNull()) {
      return false;
    }
    try (PointerPointer<IntPointer> list = new PointerPointer<>(1);
        IntPointer count = new IntPointer(1)) {
      int code =
          avcodec_get_supported_config(null, codec, AV_CODEC_CONFIG_PIX_FORMAT, 0, list, count);
      IntPointer formats = list.get(IntPointer.class, 0);
      if (code < 0 || formats == null || formats.isNull()) {
        return code >= 0; // it takes any
      }
      for (int k = 0; k < count.get(); k++) {
        if (formats.get(k) == format.code()) {
          return true;
        }
      }
      return false;
    }
  }

  private boolean canWrite(ImageSize size, PixelFormat format) {
    return switch (this) {
      case X264, VP9, X265, AV1, MPEG4, FFV1 -> true;
      case OPEN_H264 -> {
        int macroblocks = ((size.width() + 15) / 16) * ((size.height() + 15) / 16);
        yield format == PixelFormat.YUV420
            && macroblocks <= OPEN_H264_MAX_MACROBLOCKS
            && size.width() >= 16
            && size.height() >= 16;
      }
    };
  }

  PixelFormat pixelFormat(ImageSize size, EncodeOptions options) {
    boolean deep = options.bitsPerSample() > 8;
    if (this == FFV1) {
      return deep ? PixelFormat.GBR_10 : PixelFormat.BGR0;
    }
    boolean even = size.width() % 2 == 0 && size.height() % 2 == 0;
    boolean half =
        switch (options.chroma()) {
          case AUTO -> even || this == MPEG4;
          case YUV420 -> true;
          case YUV444 -> false;
        };
    if (deep) {
      return half ? PixelFormat.YUV420_10 : PixelFormat.YUV444_10;
    }
    return half ? PixelFormat.YUV420 : PixelFormat.YUV444;
  }

  /** What the file says about its colours. */
  ColorTags colors(EncodeOptions options) {
    ColorTags asked = options.bitsPerSample() > 8 ? options.colors().orBt709() : ColorTags.BT709;
    if (this == FFV1) {
      return asked.withCoding(AVCOL_SPC_RGB, ColorTags.Range.FULL);
    }
    ColorTags like = asked.hasBt2020Luma() ? ColorTags.PQ : ColorTags.BT709;
    return asked.withCoding(like.matrix(), ColorTags.Range.LIMITED);
  }

  /** Options that keep the quantiser constant. */
  Map<String, String> options(EncodeOptions options) {
    int quality = options.quality();
    ColorTags colors = colors(options);
    Map<String, String> out = new LinkedHashMap<>();
    out.put("colorspace", Integer.toString(colors.matrix()));
    out.put("color_primaries", Integer.toString(colors.primaries()));
    out.put("color_trc", Integer.toString(colors.transfer()));
    out.put("color_range", colors.range() == ColorTags.Range.FULL ? "pc" : "tv");
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
      case X265 -> {
        out.put("preset", "veryfast");
        out.put("x265-params", "log-level=error:qp=" + quality);
      }
      case AV1 -> {
        out.put("crf", countedTo63(quality));
        out.put("b", "0");
        out.put("usage", "realtime");
        out.put("cpu-used", "8");
        out.put("row-mt", "1");
      }
      case VP9 -> {
        out.put("crf", countedTo63(quality));
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

  /** VP9 and AV1 count to 63; the scale is chosen so that pictures look alike at one number. */
  private static String countedTo63(int quality) {
    return Integer.toString(Math.min(63, (int) Math.rint(quality * 63 / 51.0)));
  }
}
