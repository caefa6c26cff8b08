package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB48LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P12LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P14LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P9LE;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
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
import org.stereo4d.run.Parallel;

/**
 * Decoded pictures of any pixel format to RGB. Owns one native picture and one converter.
 *
 * <p>Floats of luma and chroma are made here, from samples that swscale brought to 4:4:4 at their
 * own depth: its own RGB of 16 bits takes 4:2:0 for other colours and is a 256th too dark.
 *
 * <pre>
 * y = (Y - black) / levels,   R = y + 2 (1 - kr) cr,   B = y + 2 (1 - kb) cb,
 * G = (y - kr R - kb B) / (1 - kr - kb)
 * </pre>
 */
final class PictureConverter implements AutoCloseable {
  private static final int UNIT = 1 << 16; // contrast and saturation 1 in 16.16 fixed point

  private @Nullable SwsContext context;
  private @Nullable BytePointer buffer;

  ByteImage toBytes(AVFrame picture) {
    BytePointer rgb = convert(picture, AV_PIX_FMT_RGB24, 3, 1);
    ByteImage out = ByteImage.create(new ImageSize(picture.width(), picture.height()), 3);
    rgb.get(out.array());
    return out;
  }

  FloatImage toFloat(AVFrame picture) {
    FloatImage out = FloatImage.create(new ImageSize(picture.width(), picture.height()), 3);
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(picture.format());
    if ((format.flags() & AV_PIX_FMT_FLAG_RGB) == 0) {
      fill(out, picture, format.comp(0).depth());
      return out;
    }
    float[] array = out.array();
    ShortBuffer shorts = shorts(convert(picture, AV_PIX_FMT_RGB48LE, 6, 1));
    for (int i = 0; i < array.length; i++) {
      array[i] = (shorts.get(i) & 0xffff) / 65535f;
    }
    return out;
  }

  private void fill(FloatImage out, AVFrame picture, int bits) {
    ShortBuffer samples = shorts(convert(picture, wholeChroma(bits), 2, 3));
    Luma luma = Luma.of(picture.colorspace(), picture.height());
    boolean full = picture.color_range() == AVCOL_RANGE_JPEG;
    float most = (1 << bits) - 1f;
    float step = 1 << (bits - 8);
    float black = full ? 0 : 16 * step;
    float lumaLevels = full ? most : 219 * step;
    float chromaLevels = full ? most : 224 * step;
    float none = 128 * step;
    float toRed = 2 * (1 - luma.red()) / chromaLevels;
    float toBlue = 2 * (1 - luma.blue()) / chromaLevels;
    float green = 1 - luma.red() - luma.blue();
    int area = out.size().area();
    float[] rgb = out.array();
    Parallel.blocks(
        out.height(),
        16,
        (start, end) -> {
          for (int i = start * out.width(); i < end * out.width(); i++) {
            float y = ((samples.get(i) & 0xffff) - black) / lumaLevels;
            float r = y + toRed * ((samples.get(2 * area + i) & 0xffff) - none);
            float b = y + toBlue * ((samples.get(area + i) & 0xffff) - none);
            rgb[3 * i] = clamp(r);
            rgb[3 * i + 1] = clamp((y - luma.red() * r - luma.blue() * b) / green);
            rgb[3 * i + 2] = clamp(b);
          }
        });
  }

  private static float clamp(float v) {
    return Math.max(0, Math.min(1, v));
  }

  private static int wholeChroma(int bits) {
    return switch (bits) {
      case 9 -> AV_PIX_FMT_YUV444P9LE;
      case 10 -> AV_PIX_FMT_YUV444P10LE;
      case 12 -> AV_PIX_FMT_YUV444P12LE;
      case 14 -> AV_PIX_FMT_YUV444P14LE;
      case 16 -> AV_PIX_FMT_YUV444P16LE;
      default -> throw new BackendException("no full precision of " + bits + " bits per sample");
    };
  }

  private static ShortBuffer shorts(BytePointer samples) {
    return samples.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }

  /** Samples of a format, whose planes are of one size and follow each other. */
  private BytePointer convert(AVFrame picture, int targetFormat, int bytesPerPixel, int planes) {
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
    setColors(scaler, picture, planes == 1);
    long plane = (long) width * height * bytesPerPixel;
    long bytes = plane * planes;
    BytePointer target = buffer;
    if (target == null || target.capacity() < bytes) {
      if (target != null) {
        target.close();
      }
      target = new BytePointer(bytes + 64); // swscale may write a few bytes past the last row
      buffer = target;
    }
    int row = width * bytesPerPixel;
    try (PointerPointer<BytePointer> starts = new PointerPointer<>(4);
        IntPointer strides = new IntPointer(row, row, row, 0)) {
      for (int k = 0; k < 4; k++) {
        starts.put(k, k < planes ? target.getPointer(k * plane) : null);
      }
      int rows = sws_scale(scaler, picture.data(), picture.linesize(), 0, height, starts, strides);
      if (rows != height) {
        throw new BackendException("ffmpeg converted " + rows + " of " + height + " rows");
      }
    }
    return target.position(0).limit(bytes);
  }

  private static void setColors(SwsContext scaler, AVFrame picture, boolean toRgb) {
    Luma luma = Luma.of(picture.colorspace(), picture.height());
    int range = picture.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
    sws_setColorspaceDetails(
        scaler,
        sws_getCoefficients(luma.swsCode()),
        range,
        sws_getCoefficients(toRgb ? SWS_CS_ITU709 : luma.swsCode()),
        toRgb ? 1 : range,
        0,
        UNIT,
        UNIT);
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
