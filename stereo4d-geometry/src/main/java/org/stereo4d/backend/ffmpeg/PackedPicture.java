package org.stereo4d.backend.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;

/** Blue, green, red and an unused byte: the samples as they are. */
final class PackedPicture implements RawPicture {
  private static final int BYTES = 4;
  private final ImageSize size;
  private final byte[] pixels;

  PackedPicture(ImageSize size) {
    this.size = size;
    this.pixels = new byte[Math.multiplyExact(BYTES, size.area())];
  }

  @Override
  public void fill(ByteImage image) {
    Parallel.blocks(
        size.height(),
        16,
        (start, end) -> {
          byte[] in = image.array();
          int channels = image.channels();
          int green = channels == 3 ? 1 : 0;
          for (int y = start; y < end; y++) {
            int i = image.index(0, y);
            int o = BYTES * y * size.width();
            for (int x = 0; x < size.width(); x++, i += channels, o += BYTES) {
              pixels[o] = in[i + 2 * green];
              pixels[o + 1] = in[i + green];
              pixels[o + 2] = in[i];
            }
          }
        });
  }

  @Override
  public void copyTo(AVFrame frame) {
    int length = BYTES * size.width();
    BytePointer target = frame.data(0);
    for (int y = 0; y < size.height(); y++) {
      target.position((long) y * frame.linesize(0)).put(pixels, y * length, length);
    }
    target.position(0);
  }
}
