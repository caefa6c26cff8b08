package org.stereo4d.backend.ffmpeg;

import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;

/** Planes of green, blue and red: {@code round(1023 v)}. */
final class DeepRgbPicture implements RawPicture {
  private static final int MOST = 1023;
  private static final int[] CHANNELS = {1, 2, 0};
  private final ImageSize size;
  private final List<DeepPlane> planes;

  DeepRgbPicture(ImageSize size) {
    this.size = size;
    this.planes =
        List.of(
            DeepPlane.create(size.width(), size.height()),
            DeepPlane.create(size.width(), size.height()),
            DeepPlane.create(size.width(), size.height()));
  }

  @Override
  public void fill(ByteImage image) {
    fill(image.toFloat());
  }

  @Override
  public void fill(FloatImage image) {
    Parallel.blocks(
        size.height(),
        16,
        (start, end) -> {
          for (int plane = 0; plane < 3; plane++) {
            int channel = image.channels() == 3 ? CHANNELS[plane] : 0;
            fill(image, channel, planes.get(plane).samples(), start, end);
          }
        });
  }

  private void fill(FloatImage image, int channel, short[] out, int startRow, int endRow) {
    float[] in = image.array();
    for (int y = startRow; y < endRow; y++) {
      int i = image.index(0, y) + channel;
      int to = y * size.width();
      for (int x = 0; x < size.width(); x++, i += image.channels()) {
        float v = in[i] * MOST + 0.5f;
        out[to + x] = (short) (v >= MOST ? MOST : v > 0 ? (int) v : 0);
      }
    }
  }

  @Override
  public void copyTo(AVFrame frame) {
    for (int plane = 0; plane < 3; plane++) {
      planes.get(plane).copyTo(frame, plane);
    }
  }
}
