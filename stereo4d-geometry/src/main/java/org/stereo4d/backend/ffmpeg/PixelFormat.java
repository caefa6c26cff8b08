package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR0;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;

/** How the samples of a picture lie in memory before they are encoded. */
enum PixelFormat {
  /** Three planes, chroma of 2x2 pixels. */
  YUV420(AV_PIX_FMT_YUV420P),
  /** Three planes. */
  YUV444(AV_PIX_FMT_YUV444P),
  /** Blue, green, red and an unused byte. */
  BGR0(AV_PIX_FMT_BGR0);

  private final int code;

  PixelFormat(int code) {
    this.code = code;
  }

  /** FFmpeg's number. */
  int code() {
    return code;
  }
}
