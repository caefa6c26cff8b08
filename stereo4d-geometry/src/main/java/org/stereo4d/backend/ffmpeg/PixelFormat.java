package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR0;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;

/** How the samples of a picture lie in memory before they are encoded. */
enum PixelFormat {
  /** Three planes, chroma of 2x2 pixels. */
  YUV420(AV_PIX_FMT_YUV420P),
  /** Three planes. */
  YUV444(AV_PIX_FMT_YUV444P),
  /** Blue, green, red and an unused byte. */
  BGR0(AV_PIX_FMT_BGR0),
  /** Three planes of 10 bits, chroma of 2x2 pixels. */
  YUV420_10(AV_PIX_FMT_YUV420P10LE),
  /** Three planes of 10 bits. */
  YUV444_10(AV_PIX_FMT_YUV444P10LE),
  /** Planes of green, blue and red of 10 bits. */
  GBR_10(AV_PIX_FMT_GBRP10LE);

  private final int code;

  PixelFormat(int code) {
    this.code = code;
  }

  /** FFmpeg's number. */
  int code() {
    return code;
  }

  /** Whether 2x2 pixels share their colour. */
  boolean halvesChroma() {
    return this == YUV420 || this == YUV420_10;
  }
}
