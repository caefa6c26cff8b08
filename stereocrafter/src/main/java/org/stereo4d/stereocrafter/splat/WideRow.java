package org.stereo4d.stereocrafter.splat;

/** One row in double precision, for weights that leave single precision. Rare, hence plain. */
final class WideRow {
  /** Powers of two beyond this are as good as nothing against the rest of the row. */
  private static final double MAX_EXPONENT = 500;

  private final int width;
  private final int channels;
  private final SplatOptions options;

  WideRow(int width, int channels, SplatOptions options) {
    this.width = width;
    this.channels = channels;
    this.options = options;
  }

  /** Fills colours, coverage and disparity of the row of the new view. */
  void run(RowWeights weights, SourceRow row, SplatRow target) {
    float[] colors = row.colors();
    float[] out = target.colors();
    int cell = channels + 3;
    double[] sums = new double[(width + 2) * cell];
    boolean perTap = options.tapRule() == TapRule.PER_TAP;
    for (int x = 0; x < width; x++) {
      float p = row.px()[row.from() + x];
      double motion = p * (double) row.shift();
      if (!(Math.abs(motion) <= width)) {
        continue;
      }
      int whole = (int) Math.floor(motion);
      int column = x + whole;
      if (column < (perTap ? -1 : 0) || column > (perTap ? width - 1 : width - 2)) {
        continue;
      }
      double second = motion - whole;
      double weight = weight(weights, p);
      add(sums, (column + 1) * cell, colors, x * channels, p, weight, 1 - second);
      add(sums, (column + 2) * cell, colors, x * channels, p, weight, second);
    }
    double least = NarrowRow.LEAST_WEIGHT * weight(weights, weights.least());
    for (int x = 0; x < width; x++) {
      int k = (x + 1) * cell;
      double weight = sums[k + channels];
      double covered = sums[k + channels + 2];
      double scale = covered < options.sliverThreshold() ? 0 : 1 / Math.max(weight, least);
      for (int c = 0; c < channels; c++) {
        out[x * channels + c] = (float) (sums[k + c] * scale);
      }
      target.coverage()[target.from() + x] = (float) covered;
      target.disparity()[target.from() + x] =
          weight > 0 ? (float) (sums[k + channels + 1] / weight) : Float.NaN;
    }
  }

  private static double weight(RowWeights weights, double disparityPx) {
    double exponent = weights.exponent(disparityPx);
    return Math.pow(2, Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent)));
  }

  private void add(
      double[] sums, int k, float[] colors, int from, float p, double weight, double share) {
    double both = weight * share;
    for (int c = 0; c < channels; c++) {
      sums[k + c] += both * colors[from + c];
    }
    sums[k + channels] += both;
    sums[k + channels + 1] += both * p;
    sums[k + channels + 2] += share;
  }
}
