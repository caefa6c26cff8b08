package org.stereo4d.stereocrafter.depth;

import org.stereo4d.image.ImageSize;

/**
 * Smooths values along the edges of a guide picture: in each window the values are a line {@code a
 * I + b} of the guide, {@code a = cov(I, v) / (var I + eps)} (He, Sun, Tang 2010).
 *
 * @param radius half the side of a window, px, >= 1
 * @param epsilon variance of the guide below which it counts as flat
 */
record GuidedFilter(int radius, double epsilon) {
  float[] filter(float[] values, float[] guide, ImageSize size) {
    float[] meanGuide = boxMean(guide, size, radius);
    float[] meanValue = boxMean(values, size, radius);
    float[] products = new float[values.length];
    float[] squares = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = values[i] * guide[i];
      squares[i] = guide[i] * guide[i];
    }
    products = boxMean(products, size, radius);
    squares = boxMean(squares, size, radius);
    for (int i = 0; i < values.length; i++) {
      double variance = Math.max(0, squares[i] - meanGuide[i] * (double) meanGuide[i]);
      double slope = (products[i] - meanGuide[i] * (double) meanValue[i]) / (variance + epsilon);
      products[i] = (float) slope;
      squares[i] = (float) (meanValue[i] - slope * meanGuide[i]);
    }
    products = boxMean(products, size, radius);
    squares = boxMean(squares, size, radius);
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, Math.min(1, products[i] * guide[i] + squares[i]));
    }
    return out;
  }

  /** Mean over a window clipped to the picture. */
  static float[] boxMean(float[] v, ImageSize size, int radius) {
    int width = size.width();
    int height = size.height();
    double[] sums = new double[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      double row = 0;
      for (int x = 0; x < width; x++) {
        row += v[y * width + x];
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    float[] out = new float[v.length];
    for (int y = 0; y < height; y++) {
      int top = Math.max(0, y - radius) * (width + 1);
      int bottom = Math.min(height, y + radius + 1) * (width + 1);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - radius);
        int right = Math.min(width, x + radius + 1);
        double sum =
            sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
        out[y * width + x] = (float) (sum / ((right - left) * ((bottom - top) / (width + 1))));
      }
    }
    return out;
  }
}
