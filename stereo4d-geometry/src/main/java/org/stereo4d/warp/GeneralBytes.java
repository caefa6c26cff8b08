package org.stereo4d.warp;

import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;

/** Nearest, bicubic and the reference's fixed-point rule on bytes. */
final class GeneralBytes implements ByteRows {
  private static final int SUBPIXELS = 32;

  private final ByteImage source;
  private final RemapTable table;
  private final Sampling sampling;
  private final Border border;
  private final ByteImage target;

  GeneralBytes(ByteImage source, RemapTable table, RemapOptions options, ByteImage target) {
    this.source = source;
    this.table = table;
    this.sampling = options.sampling();
    this.border = options.border();
    this.target = target;
  }

  @Override
  public void run(int startRow, int endRow) {
    double[] weights = new double[8];
    for (int y = startRow; y < endRow; y++) {
      for (int x = 0; x < target.width(); x++) {
        int k = y * target.width() + x;
        float u = table.xIndex()[k];
        float v = table.yIndex()[k];
        if (!(Math.abs(u) < 1e6 && Math.abs(v) < 1e6)) {
          u = -1e6f;
          v = -1e6f;
        }
        int o = target.index(x, y);
        for (int c = 0; c < target.channels(); c++) {
          target.array()[o + c] = (byte) sample(u, v, c, weights);
        }
      }
    }
  }

  private int sample(float u, float v, int channel, double[] weights) {
    return switch (sampling) {
      case NEAREST -> at((int) Math.rint(u), (int) Math.rint(v), channel);
      case BICUBIC -> bicubic(u, v, channel, weights);
      case FIXED_POINT_BICUBIC ->
          bicubic(
              (float) (Math.rint((double) u * SUBPIXELS) / SUBPIXELS),
              (float) (Math.rint((double) v * SUBPIXELS) / SUBPIXELS),
              channel,
              weights);
      case BILINEAR, FIXED_POINT -> fixedPoint(u, v, channel);
    };
  }

  /** {@code (sum of integer weights x taps + 16384) >> 15} on 1/32 px (spec B.6). */
  private int fixedPoint(float u, float v, int channel) {
    int ix = (int) Math.rint((double) u * SUBPIXELS);
    int iy = (int) Math.rint((double) v * SUBPIXELS);
    int x = ix >> 5;
    int y = iy >> 5;
    int a = ix & 31;
    int b = iy & 31;
    int sum =
        (32 - a) * (32 - b) * at(x, y, channel)
            + a * (32 - b) * at(x + 1, y, channel)
            + (32 - a) * b * at(x, y + 1, channel)
            + a * b * at(x + 1, y + 1, channel);
    return (32 * sum + 16_384) >> 15;
  }

  private int bicubic(float u, float v, int channel, double[] weights) {
    int x = (int) Math.floor(u);
    int y = (int) Math.floor(v);
    CubicKernel.weights(u - x, weights, 0);
    CubicKernel.weights(v - y, weights, 4);
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      double row = 0;
      for (int i = 0; i < 4; i++) {
        row += weights[i] * at(x + i - 1, y + j - 1, channel);
      }
      sum += weights[4 + j] * row;
    }
    return (int) Math.max(0, Math.min(255, Math.rint(sum)));
  }

  private int at(int x, int y, int channel) {
    int column = border.index(x, source.width());
    int row = border.index(y, source.height());
    return column < 0 || row < 0 ? 0 : source.array()[source.index(column, row) + channel] & 0xff;
  }
}
