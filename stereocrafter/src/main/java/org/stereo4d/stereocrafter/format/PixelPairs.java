package org.stereo4d.stereocrafter.format;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** Pictures of half the size: means of two pixels; a last odd one stays. Bytes round to even. */
final class PixelPairs {
  private PixelPairs() {}

  static ByteImage horizontalMeans(ByteImage image) {
    ByteImage out =
        ByteImage.create(new ImageSize((image.width() + 1) / 2, image.height()), image.channels());
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int second = Math.min(2 * x + 1, image.width() - 1);
        mean(image, image.index(2 * x, y), image.index(second, y), out, out.index(x, y));
      }
    }
    return out;
  }

  static ByteImage verticalMeans(ByteImage image) {
    ByteImage out =
        ByteImage.create(new ImageSize(image.width(), (image.height() + 1) / 2), image.channels());
    for (int y = 0; y < out.height(); y++) {
      int second = Math.min(2 * y + 1, image.height() - 1);
      for (int x = 0; x < out.width(); x++) {
        mean(image, image.index(x, 2 * y), image.index(x, second), out, out.index(x, y));
      }
    }
    return out;
  }

  static FloatImage horizontalMeans(FloatImage image) {
    FloatImage out =
        FloatImage.create(new ImageSize((image.width() + 1) / 2, image.height()), image.channels());
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int second = Math.min(2 * x + 1, image.width() - 1);
        mean(image, image.index(2 * x, y), image.index(second, y), out, out.index(x, y));
      }
    }
    return out;
  }

  static FloatImage verticalMeans(FloatImage image) {
    FloatImage out =
        FloatImage.create(new ImageSize(image.width(), (image.height() + 1) / 2), image.channels());
    for (int y = 0; y < out.height(); y++) {
      int second = Math.min(2 * y + 1, image.height() - 1);
      for (int x = 0; x < out.width(); x++) {
        mean(image, image.index(x, 2 * y), image.index(x, second), out, out.index(x, y));
      }
    }
    return out;
  }

  private static void mean(FloatImage image, int first, int second, FloatImage out, int to) {
    for (int c = 0; c < image.channels(); c++) {
      out.array()[to + c] = (image.array()[first + c] + image.array()[second + c]) / 2;
    }
  }

  private static void mean(ByteImage image, int first, int second, ByteImage out, int to) {
    for (int c = 0; c < image.channels(); c++) {
      int sum = (image.array()[first + c] & 0xff) + (image.array()[second + c] & 0xff);
      int half = sum >> 1;
      out.array()[to + c] = (byte) ((sum & 1) == 0 ? half : half + (half & 1));
    }
  }
}
