package org.stereo4d.backend.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;

/**
 * RGB to planar YCbCr, BT.709, limited range.
 *
 * <pre>
 * Y  = 16  + 219 (0.2126 R + 0.7152 G + 0.0722 B)
 * Cb = 128 + 224 (B - luma) / 1.8556,   Cr = 128 + 224 (R - luma) / 1.5748      R, G, B in [0, 1]
 * </pre>
 *
 * 4:2:0 averages the chroma of 2x2 pixels.
 */
final class PlanarPicture implements RawPicture {
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int YR = fixed(219 * 0.2126 / 255);
  private static final int YG = fixed(219 * 0.7152 / 255);
  private static final int YB = fixed(219 * 0.0722 / 255);
  private static final int UR = fixed(-224 * 0.2126 / 1.8556 / 255);
  private static final int UG = fixed(-224 * 0.7152 / 1.8556 / 255);
  private static final int UB = fixed(224 * (1 - 0.0722) / 1.8556 / 255);
  private static final int VR = fixed(224 * (1 - 0.2126) / 1.5748 / 255);
  private static final int VG = fixed(-224 * 0.7152 / 1.5748 / 255);
  private static final int VB = fixed(-224 * 0.0722 / 1.5748 / 255);

  private final ImageSize size;
  private final int chromaShift;
  private final byte[] planes;

  PlanarPicture(ImageSize size, boolean halfChroma) {
    this.size = size;
    this.chromaShift = halfChroma ? 1 : 0;
    this.planes = new byte[size.area() + 2 * (size.area() >> (2 * chromaShift))];
  }

  private static int fixed(double factor) {
    return (int) Math.rint(factor * (1 << BITS));
  }

  @Override
  public void copyTo(AVFrame frame) {
    for (int plane = 0; plane < 3; plane++) {
      copyPlane(plane, frame.data(plane), frame.linesize(plane));
    }
  }

  /** Copies the rows of plane Y, Cb or Cr to memory with another stride. */
  private void copyPlane(int plane, BytePointer target, int targetStride) {
    int shift = plane == 0 ? 0 : chromaShift;
    int width = size.width() >> shift;
    int height = size.height() >> shift;
    int start = plane == 0 ? 0 : size.area() + (plane - 1) * (size.area() >> (2 * chromaShift));
    for (int y = 0; y < height; y++) {
      target.position((long) y * targetStride).put(planes, start + y * width, width);
    }
    target.position(0);
  }

  @Override
  public void fill(ByteImage image) {
    Parallel.blocks(
        size.height() >> chromaShift,
        16,
        (start, end) -> {
          luma(image, start << chromaShift, end << chromaShift);
          chroma(image, start, end);
        });
  }

  private void luma(ByteImage image, int startRow, int endRow) {
    byte[] in = image.array();
    int channels = image.channels();
    int green = channels == 3 ? 1 : 0;
    for (int y = startRow; y < endRow; y++) {
      int i = image.index(0, y);
      int out = y * size.width();
      for (int x = 0; x < size.width(); x++, i += channels) {
        int sum =
            YR * (in[i] & 0xff) + YG * (in[i + green] & 0xff) + YB * (in[i + 2 * green] & 0xff);
        planes[out + x] = (byte) (16 + ((sum + HALF) >> BITS));
      }
    }
  }

  private void chroma(ByteImage image, int startRow, int endRow) {
    int width = size.width() >> chromaShift;
    int planeU = size.area();
    int planeV = planeU + (size.area() >> (2 * chromaShift));
    int green = image.channels() == 3 ? 1 : 0;
    int side = 1 << chromaShift;
    int shift = BITS + 2 * chromaShift;
    int half = 1 << (shift - 1);
    byte[] in = image.array();
    for (int y = startRow; y < endRow; y++) {
      for (int x = 0; x < width; x++) {
        int r = 0;
        int g = 0;
        int b = 0;
        for (int dy = 0; dy < side; dy++) {
          int i = image.index(x << chromaShift, (y << chromaShift) + dy);
          for (int dx = 0; dx < side; dx++, i += image.channels()) {
            r += in[i] & 0xff;
            g += in[i + green] & 0xff;
            b += in[i + 2 * green] & 0xff;
          }
        }
        int k = y * width + x;
        planes[planeU + k] = (byte) (128 + ((UR * r + UG * g + UB * b + half) >> shift));
        planes[planeV + k] = (byte) (128 + ((VR * r + VG * g + VB * b + half) >> shift));
      }
    }
  }
}
