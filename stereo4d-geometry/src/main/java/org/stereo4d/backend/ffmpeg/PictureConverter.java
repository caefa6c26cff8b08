package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_FCC;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE240M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48LE;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_BT2020;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_FCC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_SMPTE240M;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.stereo4d.backend.BackendException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** Decoded pictures of any pixel format to RGB. Owns one native picture and one converter. */
final class PictureConverter implements AutoCloseable {
  private static final int HD_HEIGHT = 720;
  private static final int UNIT = 1 << 16; // contrast and saturation 1 in 16.16 fixed point

  private @Nullable SwsContext context;
  private @Nullable BytePointer buffer;

  ByteImage toBytes(AVFrame picture) {
    BytePointer rgb = convert(picture, AV_PIX_FMT_RGB24, 3);
    ByteImage out = ByteImage.create(new ImageSize(picture.width(), picture.height()), 3);
    rgb.get(out.array());
    return out;
  }

  FloatImage toFloat(AVFrame picture) {
    BytePointer rgb = convert(picture, AV_PIX_FMT_RGB48LE, 6);
    FloatImage out = FloatImage.create(new ImageSize(picture.width(), picture.height()), 3);
    float[] array = out.array();
    ShortBuffer shorts = rgb.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int i = 0; i < array.length; i++) {
      array[i] = (shorts.get(i) & 0xffff) / 65535f;
    }
    return out;
  }

  private BytePointer convert(AVFrame picture, int targetFormat, int bytesPerPixel) {
    int width = picture.width();
    int height = picture.height();
    SwsContext scaler =
        sws_getCachedContext(
            context,
            width,
            height,
            picture.format(),
            width,
            height,
            targetFormat,
            SWS_BILINEAR | SWS_ACCURATE_RND,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    context = scaler;
    if (scaler == null || scaler.isNull()) {
      throw new BackendException("ffmpeg cannot convert pixel format " + picture.format());
    }
    setColors(scaler, picture);
    long bytes = (long) width * height * bytesPerPixel;
    BytePointer target = buffer;
    if (target == null || target.capacity() < bytes) {
      if (target != null) {
        target.close();
      }
      target = new BytePointer(bytes + 64); // swscale may write a few bytes past the last row
      buffer = target;
    }
    try (PointerPointer<BytePointer> planes = new PointerPointer<>(target, null, null, null);
        IntPointer stride = new IntPointer(width * bytesPerPixel, 0, 0, 0)) {
      int rows = sws_scale(scaler, picture.data(), picture.linesize(), 0, height, planes, stride);
      if (rows != height) {
        throw new BackendException("ffmpeg converted " + rows + " of " + height + " rows");
      }
    }
    return target.position(0).limit(bytes);
  }

  private static void setColors(SwsContext scaler, AVFrame picture) {
    int matrix = matrixOf(picture.colorspace(), picture.height());
    int range = picture.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
    sws_setColorspaceDetails(
        scaler,
        sws_getCoefficients(matrix),
        range,
        sws_getCoefficients(SWS_CS_ITU709),
        1,
        0,
        UNIT,
        UNIT);
  }

  private static int matrixOf(int colorSpace, int height) {
    if (colorSpace == AVCOL_SPC_BT709) {
      return SWS_CS_ITU709;
    }
    if (colorSpace == AVCOL_SPC_BT470BG || colorSpace == AVCOL_SPC_SMPTE170M) {
      return SWS_CS_ITU601;
    }
    if (colorSpace == AVCOL_SPC_BT2020_NCL || colorSpace == AVCOL_SPC_BT2020_CL) {
      return SWS_CS_BT2020;
    }
    if (colorSpace == AVCOL_SPC_SMPTE240M) {
      return SWS_CS_SMPTE240M;
    }
    if (colorSpace == AVCOL_SPC_FCC) {
      return SWS_CS_FCC;
    }
    return height < HD_HEIGHT ? SWS_CS_ITU601 : SWS_CS_ITU709;
  }

  @Override
  public void close() {
    if (context != null) {
      sws_freeContext(context);
      context = null;
    }
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
