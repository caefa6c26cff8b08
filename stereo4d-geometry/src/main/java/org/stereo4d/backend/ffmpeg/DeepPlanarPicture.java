package org.stereo4d.backend.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;

/**
 * RGB to planar YCbCr of 10 bits, limited range, with the luma of BT.709 or BT.2020.
 *
 * <pre>
 * luma = kr R + (1 - kr - kb) G + kb B,   kr, kb = 0.2126, 0.0722 or 0.2627, 0.0593
 * Y  = 64  + 876 luma
 * Cb = 512 + 448 (B - luma) / (1 - kb),   Cr = 512 + 448 (R - luma) / (1 - kr)    R, G, B in [0, 1]
 * </pre>
 *
 * 4:2:0 averages the chroma of 2x2 pixels.
 */
final class DeepPlanarPicture implements RawPicture {
  private static final float BLACK = 64;
  private static final float LUMA_LEVELS = 876;
  private static final float NO_COLOR = 512;
  private static final float CHROMA_LEVELS = 448; // to one side

  private final ImageSize size;
  private final int chromaShift;
  private final float kr;
  private final float kb;
  private final DeepPlane luma;
  private final DeepPlane blue;
  private final DeepPlane red;

  DeepPlanarPicture(ImageSize size, boolean halfChroma, Luma weights) {
    this.size = size;
    this.chromaShift = halfChroma ? 1 : 0;
    this.kr = weights.red();
    this.kb = weights.blue();
    this.luma = DeepPlane.create(size.width(), size.height());
    this.blue = DeepPlane.create(size.width() >> chromaShift, size.height() >> chromaShift);
    this.red = DeepPlane.create(size.width() >> chromaShift, size.height() >> chromaShift);
  }

  @Override
  public void copyTo(AVFrame frame) {
    luma.copyTo(frame, 0);
    blue.copyTo(frame, 1);
    red.copyTo(frame, 2);
  }

  @Override
  public void fill(ByteImage image) {
    fill(image.toFloat());
  }

  @Override
  public void fill(FloatImage image) {
    Parallel.blocks(
        size.height() >> chromaShift,
        16,
        (start, end) -> {
          luma(image, start << chromaShift, end << chromaShift);
          chroma(image, start, end);
        });
  }

  private float luma(float r, float g, float b) {
    return g + kr * (r - g) + kb * (b - g);
  }

  /** Within [0, 1]; 0 for what is no number. */
  private static float clamp(float v) {
    return v > 0 ? Math.min(v, 1) : 0;
  }

  private void luma(FloatImage image, int startRow, int endRow) {
    float[] in = image.array();
    int channels = image.channels();
    int green = channels == 3 ? 1 : 0;
    for (int y = startRow; y < endRow; y++) {
      int i = image.index(0, y);
      int out = y * size.width();
      for (int x = 0; x < size.width(); x++, i += channels) {
        float v = luma(clamp(in[i]), clamp(in[i + green]), clamp(in[i + 2 * green]));
        luma.samples()[out + x] = (short) (BLACK + LUMA_LEVELS * v + 0.5f);
      }
    }
  }

  private void chroma(FloatImage image, int startRow, int endRow) {
    float[] in = image.array();
    int channels = image.channels();
    int green = channels == 3 ? 1 : 0;
    int width = blue.size().width();
    int side = 1 << chromaShift;
    float share = 1f / (side * side);
    for (int y = startRow; y < endRow; y++) {
      for (int x = 0; x < width; x++) {
        float r = 0;
        float g = 0;
        float b = 0;
        for (int dy = 0; dy < side; dy++) {
          int i = image.index(x << chromaShift, (y << chromaShift) + dy);
          for (int dx = 0; dx < side; dx++, i += channels) {
            r += share * clamp(in[i]);
            g += share * clamp(in[i + green]);
            b += share * clamp(in[i + 2 * green]);
          }
        }
        float v = luma(r, g, b);
        blue.samples()[y * width + x] = color((b - v) / (1 - kb));
        red.samples()[y * width + x] = color((r - v) / (1 - kr));
      }
    }
  }

  private static short color(float difference) {
    return (short) (NO_COLOR + CHROMA_LEVELS * difference + 0.5f);
  }
}
