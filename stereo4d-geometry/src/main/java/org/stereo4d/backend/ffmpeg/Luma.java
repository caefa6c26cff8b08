package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_FCC;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE240M;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_BT2020;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_FCC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_SMPTE240M;

/** What luma is made of: {@code kr R + (1 - kr - kb) G + kb B}. */
enum Luma {
  BT709(0.2126f, 0.0722f, SWS_CS_ITU709),
  BT601(0.299f, 0.114f, SWS_CS_ITU601),
  BT2020(0.2627f, 0.0593f, SWS_CS_BT2020),
  SMPTE240M(0.212f, 0.087f, SWS_CS_SMPTE240M),
  FCC(0.3f, 0.11f, SWS_CS_FCC);

  private static final int HD_HEIGHT = 720;

  private final float red;
  private final float blue;
  private final int swsCode;

  Luma(float red, float blue, int swsCode) {
    this.red = red;
    this.blue = blue;
    this.swsCode = swsCode;
  }

  /** Of a picture's tag or, where it says nothing, of its height. */
  static Luma of(int colorSpace, int height) {
    if (colorSpace == AVCOL_SPC_BT709) {
      return BT709;
    }
    if (colorSpace == AVCOL_SPC_BT470BG || colorSpace == AVCOL_SPC_SMPTE170M) {
      return BT601;
    }
    if (colorSpace == AVCOL_SPC_BT2020_NCL || colorSpace == AVCOL_SPC_BT2020_CL) {
      return BT2020;
    }
    if (colorSpace == AVCOL_SPC_SMPTE240M) {
      return SMPTE240M;
    }
    if (colorSpace == AVCOL_SPC_FCC) {
      return FCC;
    }
    return height < HD_HEIGHT ? BT601 : BT709;
  }

  /** The share kr of red. */
  float red() {
    return red;
  }

  /** The share kb of blue. */
  float blue() {
    return blue;
  }

  /** The number of swscale's table of it. */
  int swsCode() {
    return swsCode;
  }
}
