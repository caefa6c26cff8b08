package org.stereo4d.stereocrafter.splat;

/** One row in double precision, for weights that leave single precision. Rare, hence plain. */
final class WideRow implements RowKernel {
  /** Powers of two beyond this are as good as nothing against the rest of the row. */
  private static final double MAX_EXPONENT = 500;

  private final int width;
  private final int channels;
  private final SplatOptions options;
  private final RowWeights weights;
  private final float[] values;
  private final float[] made;

  /** Splats with the weights of the row, which change from row to row. */
  WideRow(int width, int channels, SplatOptions options, RowWeights weights) {
    this.width = width;
    this.channels = channels;
    this.options = options;
    this.weights = weights;
    this.values = new float[width * channels];
    this.made = new float[width * channels];
  }

  private void load(float[] samples, int from) {
    System.arraycopy(samples, from, values, 0, values.length);
  }

  private void load(byte[] samples, int from) {
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[from + i] & 0xff;
    }
  }

  private void store(float[] samples, int from) {
    System.arraycopy(made, 0, samples, from, made.length);
  }

  private void store(byte[] samples, int from) {
    for (int i = 0; i < made.length; i++) {
      samples[from + i] = (byte) (int) Math.rint(made[i]);
    }
  }

  @Override
  public void run(Source source, float[] colors, int from, float[] out, int to, Target target) {
    load(colors, from);
    move(source, target);
    store(out, to);
  }

  @Override
  public void run(Source source, byte[] levels, int from, byte[] out, int to, Target target) {
    load(levels, from);
    move(source, target);
    store(out, to);
  }

  private void move(Source row, Target target) {
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
      double weight = weight(p);
      add(sums, (column + 1) * cell, x * channels, p, weight, 1 - second);
      add(sums, (column + 2) * cell, x * channels, p, weight, second);
    }
    double least = RowWeights.LEAST_WEIGHT * weight(weights.least());
    for (int x = 0; x < width; x++) {
      int k = (x + 1) * cell;
      double weight = sums[k + channels];
      double covered = sums[k + channels + 2];
      double scale = covered < options.sliverThreshold() ? 0 : 1 / Math.max(weight, least);
      for (int c = 0; c < channels; c++) {
        made[x * channels + c] = (float) (sums[k + c] * scale);
      }
      target.coverage()[target.from() + x] = (float) covered;
      target.disparity()[target.from() + x] =
          weight > 0 ? (float) (sums[k + channels + 1] / weight) : Float.NaN;
    }
  }

  private double weight(double disparityPx) {
    double exponent = weights.exponent(disparityPx);
    return Math.pow(2, Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent)));
  }

  private void add(double[] sums, int k, int from, float p, double weight, double share) {
    double both = weight * share;
    for (int c = 0; c < channels; c++) {
      sums[k + c] += both * values[from + c];
    }
    sums[k + channels] += both;
    sums[k + channels + 1] += both * p;
    sums[k + channels + 2] += share;
  }
}
