package org.stereo4d.warp;

import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;

/** Every rule on floats. A NaN tap with a weight other than 0 makes the result NaN. */
final class FloatRows {
  private static final int SUBPIXELS = 32;

  private final FloatImage source;
  private final RemapTable table;
  private final Sampling sampling;
  private final Border border;
  private final FloatImage target;

  FloatRows(FloatImage source, RemapTable table, RemapOptions options, FloatImage target) {
    this.source = source;
    this.table = table;
    this.sampling = options.sampling();
    this.border = options.border();
    this.target = target;
  }

  void run(int startRow, int endRow) {
    double[] weights = new double[8];
    for (int y = startRow; y < endRow; y++) {
      for (int x = 0; x < target.width(); x++) {
        int k = y * target.width() + x;
        double u = table.xIndex()[k];
        double v = table.yIndex()[k];
        if (!(Math.abs(u) < 1e6 && Math.abs(v) < 1e6)) {
          u = -1e6;
          v = -1e6;
        }
        if (sampling == Sampling.FIXED_POINT || sampling == Sampling.FIXED_POINT_BICUBIC) {
          u = Math.rint(u * SUBPIXELS) / SUBPIXELS;
          v = Math.rint(v * SUBPIXELS) / SUBPIXELS;
        }
        sample(u, v, target.index(x, y), weights);
      }
    }
  }

  private void sample(double u, double v, int out, double[] weights) {
    int x = (int) Math.floor(u);
    int y = (int) Math.floor(v);
    int first = 0;
    int last = 1;
    switch (sampling) {
      case NEAREST -> {
        x = (int) Math.rint(u);
        y = (int) Math.rint(v);
        weights[0] = 1;
        weights[4] = 1;
        last = 0;
      }
      case BILINEAR, FIXED_POINT -> {
        weights[0] = 1 - (u - x);
        weights[1] = u - x;
        weights[4] = 1 - (v - y);
        weights[5] = v - y;
      }
      case BICUBIC, FIXED_POINT_BICUBIC -> {
        CubicKernel.weights(u - x, weights, 0);
        CubicKernel.weights(v - y, weights, 4);
        first = -1;
        last = 2;
      }
    }
    for (int c = 0; c < target.channels(); c++) {
      double sum = 0;
      for (int j = first; j <= last; j++) {
        double wy = weights[4 + j - first];
        for (int i = first; i <= last; i++) {
          double w = wy * weights[i - first];
          if (w != 0) {
            sum += w * at(x + i, y + j, c);
          }
        }
      }
      target.array()[out + c] = (float) sum;
    }
  }

  private double at(int x, int y, int channel) {
    int column = border.index(x, source.width());
    int row = border.index(y, source.height());
    if (column < 0 || row < 0) {
      return border == Border.NAN ? Double.NaN : 0;
    }
    return source.array()[source.index(column, row) + channel];
  }
}
