package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;

/**
 * Structural similarity of luma (Wang et al. 2004) in flat 7x7 windows about the pixels of a mask.
 */
final class HoleSimilarity {
  private static final int RADIUS = 3;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private HoleSimilarity() {}

  /** Mean over pixels of the mask whose window is inside; 1 when there is none. */
  static double mean(ByteImage a, ByteImage b, Mask mask) {
    byte[] first = a.luma().contiguous();
    byte[] second = b.luma().contiguous();
    int width = a.width();
    int height = a.height();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < first.length; i++) {
      int x = i % width;
      int y = i / width;
      boolean inside = x >= RADIUS && y >= RADIUS && x < width - RADIUS && y < height - RADIUS;
      if (mask.array()[i] && inside) {
        sum += window(first, second, i, width);
        count++;
      }
    }
    return count == 0 ? 1 : sum / count;
  }

  private static double window(byte[] a, byte[] b, int centre, int width) {
    double meanA = 0;
    double meanB = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      for (int dx = -RADIUS; dx <= RADIUS; dx++) {
        double va = a[centre + dy * width + dx] & 0xff;
        double vb = b[centre + dy * width + dx] & 0xff;
        meanA += va;
        meanB += vb;
        aa += va * va;
        bb += vb * vb;
        ab += va * vb;
      }
    }
    int n = (2 * RADIUS + 1) * (2 * RADIUS + 1);
    meanA /= n;
    meanB /= n;
    double varianceA = aa / n - meanA * meanA;
    double varianceB = bb / n - meanB * meanB;
    double covariance = ab / n - meanA * meanB;
    return (2 * meanA * meanB + C1)
        * (2 * covariance + C2)
        / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
  }
}
