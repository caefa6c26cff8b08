package org.stereo4d.optim.rig;

import org.stereo4d.image.ByteImage;

/**
 * Do two places look alike? Normalised cross-correlation of 9x9 patches, which neither brightness
 * nor contrast changes: {@code sum (a - mean a)(b - mean b) / (|a - mean a| |b - mean b|)}.
 */
final class PatchCorrelation {
  private static final int RADIUS = 4;
  private static final int SIDE = 2 * RADIUS + 1;

  private final double[] a = new double[SIDE * SIDE];
  private final double[] b = new double[SIDE * SIDE];

  /**
   * Correlation in [-1, 1] of the patches about two raster places of gray pictures; -1 where a
   * patch leaves its picture, 0 where one is flat.
   */
  double of(ByteImage first, double x0, double y0, ByteImage second, double x1, double y1) {
    if (!read(first, x0, y0, a) || !read(second, x1, y1, b)) {
      return -1;
    }
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    double norm = Math.sqrt(squaresA * squaresB);
    return norm > 0 ? product / norm : 0;
  }

  /** Reads a patch, its mean removed. */
  private static boolean read(ByteImage image, double xPx, double yPx, double[] patch) {
    double x = xPx - 0.5 - RADIUS;
    double y = yPx - 0.5 - RADIUS;
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    if (!(x >= 0 && y >= 0 && left + SIDE < image.width() && top + SIDE < image.height())) {
      return false;
    }
    double fx = x - left;
    double fy = y - top;
    double mean = 0;
    for (int r = 0, k = 0; r < SIDE; r++) {
      for (int c = 0; c < SIDE; c++, k++) {
        double upper =
            (1 - fx) * image.at(left + c, top + r, 0) + fx * image.at(left + c + 1, top + r, 0);
        double lower =
            (1 - fx) * image.at(left + c, top + r + 1, 0)
                + fx * image.at(left + c + 1, top + r + 1, 0);
        patch[k] = (1 - fy) * upper + fy * lower;
        mean += patch[k];
      }
    }
    mean /= patch.length;
    for (int k = 0; k < patch.length; k++) {
      patch[k] -= mean;
    }
    return true;
  }
}
