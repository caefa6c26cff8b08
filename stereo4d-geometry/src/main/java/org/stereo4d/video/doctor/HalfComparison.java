package org.stereo4d.video.doctor;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.image.StereoPair;

/**
 * How alike the halves of a frame are.
 *
 * @param differenceLevels mean |difference| at full resolution, 8-bit levels
 * @param correlation of the halves at 64x64 pixels, -1..1; NaN without texture
 */
record HalfComparison(double differenceLevels, double correlation) {
  private static final ImageSize SMALL = new ImageSize(64, 64);

  static HalfComparison of(StereoPair halves) {
    return new HalfComparison(difference(halves), correlation(halves));
  }

  private static double difference(StereoPair pair) {
    long sum = 0;
    int row = pair.left().width() * pair.left().channels();
    for (int y = 0; y < pair.left().height(); y++) {
      int a = pair.left().index(0, y);
      int b = pair.right().index(0, y);
      for (int k = 0; k < row; k++) {
        sum += Math.abs((pair.left().array()[a + k] & 0xff) - (pair.right().array()[b + k] & 0xff));
      }
    }
    return sum / ((double) row * pair.left().height());
  }

  private static double correlation(StereoPair pair) {
    ImageResizer resizer = new ImageResizer(ResizeFilter.AREA);
    byte[] a = small(resizer, pair.left());
    byte[] b = small(resizer, pair.right());
    double meanA = 0;
    double meanB = 0;
    for (int k = 0; k < a.length; k++) {
      meanA += (a[k] & 0xff) / (double) a.length;
      meanB += (b[k] & 0xff) / (double) b.length;
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < a.length; k++) {
      double da = (a[k] & 0xff) - meanA;
      double db = (b[k] & 0xff) - meanB;
      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static byte[] small(ImageResizer resizer, ByteImage image) {
    return resizer.resize(image.luma(), SMALL).contiguous();
  }
}
