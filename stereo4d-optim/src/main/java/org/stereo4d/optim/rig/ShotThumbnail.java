package org.stereo4d.optim.rig;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.image.StereoPair;

/** A frame as shot detection sees it: 256 pixels wide, with its colours counted. */
final class ShotThumbnail {
  private static final int WIDTH = 256;
  private static final int CELLS = 8;
  private static final ImageResizer RESIZER = new ImageResizer(ResizeFilter.AREA);

  final ByteImage luma;
  final double variance;
  private final float[] histogram = new float[512];

  ShotThumbnail(ByteImage frame, boolean sideBySide) {
    ByteImage eye = sideBySide ? StereoPair.splitSideBySide(frame).left() : frame;
    int width = Math.min(WIDTH, eye.width());
    int height = (int) Math.max(1, Math.round((double) eye.height() * width / eye.width()));
    ByteImage small = RESIZER.resize(eye, new ImageSize(width, height));
    luma = small.luma();
    float share = 1f / small.size().area();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = small.index(x, y);
        byte[] rgb = small.array();
        int bin = (rgb[i] & 0xe0) << 1 | (rgb[i + 1] & 0xe0) >> 2 | (rgb[i + 2] & 0xe0) >> 5;
        histogram[bin] += share;
      }
    }
    variance = variance();
  }

  private double variance() {
    double sum = 0;
    double squares = 0;
    byte[] array = luma.contiguous();
    for (byte b : array) {
      double v = (b & 0xff) / 255.0;
      sum += v;
      squares += v * v;
    }
    double mean = sum / array.length;
    return squares / array.length - mean * mean;
  }

  double histogramDistance(ShotThumbnail other) {
    double sum = 0;
    for (int i = 0; i < histogram.length; i++) {
      double total = histogram[i] + other.histogram[i];
      double difference = histogram[i] - other.histogram[i];
      sum += total > 0 ? difference * difference / total : 0;
    }
    return sum;
  }

  /** Mean absolute difference of brightness, in shares of white. */
  double lumaDifference(ShotThumbnail other) {
    return differences(other, 1)[0];
  }

  /** The same for the one of 8x8 cells that differs most. */
  double largestCellDifference(ShotThumbnail other) {
    double largest = 0;
    for (double cell : differences(other, CELLS)) {
      largest = Math.max(largest, cell);
    }
    return largest;
  }

  private double[] differences(ShotThumbnail other, int cells) {
    double[] sum = new double[cells * cells];
    int[] count = new int[cells * cells];
    byte[] a = luma.contiguous();
    byte[] b = other.luma.contiguous();
    int width = luma.width();
    int height = luma.height();
    for (int y = 0, k = 0; y < height; y++) {
      for (int x = 0; x < width; x++, k++) {
        int cell = y * cells / height * cells + x * cells / width;
        sum[cell] += Math.abs((a[k] & 0xff) - (b[k] & 0xff));
        count[cell]++;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= 255.0 * Math.max(1, count[i]);
    }
    return sum;
  }
}
