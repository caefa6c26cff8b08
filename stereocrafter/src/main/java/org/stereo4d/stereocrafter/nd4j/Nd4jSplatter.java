package org.stereo4d.stereocrafter.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.splat.Splat;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.Splatter;
import org.stereo4d.stereocrafter.splat.TapRule;

/** The splat with ND4J: weights, products and sums by its arrays, in double precision. */
public final class Nd4jSplatter implements Splatter {
  /** Natural logarithms of weights beyond this are as good as nothing against the rest. */
  private static final double MAX_EXPONENT = 345;

  private static final double LEAST_WEIGHT = 1e-6;

  private final SplatOptions options;

  /** Splats with the given options. */
  public Nd4jSplatter(SplatOptions options) {
    this.options = options;
  }

  /** What each pixel adds where; pixels that do not count add nothing to the first cell. */
  private static final class Taps {
    final int[] cell;
    final double[] second;
    final double[] counts;
    final double[] px;
    final double[] exponent;
    final double[] leastExponent;

    Taps(DisparityMap disparity, double shift, SplatOptions options) {
      ImageSize size = disparity.size();
      int n = size.area();
      cell = new int[n];
      second = new double[n];
      counts = new double[n];
      px = new double[n];
      exponent = new double[n];
      leastExponent = new double[n];
      float[] values = disparity.px().contiguous();
      int width = size.width();
      int rows = size.height() - (options.tapRule() == TapRule.PER_TAP ? 0 : 1);
      double log = Math.log(options.weightBase());
      for (int y = 0; y < rows; y++) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = y * width; i < (y + 1) * width; i++) {
          low = Float.isFinite(values[i]) ? Math.min(low, values[i]) : low;
          high = Float.isFinite(values[i]) ? Math.max(high, values[i]) : high;
        }
        for (int x = 0; x < width && low <= high; x++) {
          place(y * width + x, x, values, shift, width, options.tapRule());
          int i = y * width + x;
          exponent[i] = clamped(counts[i] * log * (px[i] - (low + high) / 2));
          leastExponent[i] = clamped(log * (low - high) / 2);
        }
      }
    }

    private static double clamped(double exponent) {
      return Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent));
    }

    private void place(int i, int x, float[] values, double shift, int width, TapRule rule) {
      double motion = values[i] * shift;
      if (!(Math.abs(motion) <= width)) {
        return;
      }
      double down = Math.floor(motion);
      int column = x + (int) down;
      boolean perTap = rule == TapRule.PER_TAP;
      if (column >= (perTap ? -1 : 0) && column <= (perTap ? width - 1 : width - 2)) {
        cell[i] = (i - x) / width * (width + 2) + column + 1;
        second[i] = motion - down;
        counts[i] = 1;
        px[i] = values[i];
      }
    }
  }

  @Override
  public Splat splat(FloatImage image, DisparityMap disparity, double shift) {
    ImageSize size = image.size();
    Check.that(
        size.equals(disparity.size()),
        "image %s and disparity %s must have one size",
        size,
        disparity.size());
    Check.that(Double.isFinite(shift), "shift must be finite, was %s", shift);
    int channels = image.channels();
    Taps taps = new Taps(disparity, shift, options);
    INDArray sums = sums(image, taps);
    return split(sums.data().asDouble(), taps, size, channels);
  }

  private static INDArray sums(FloatImage image, Taps taps) {
    ImageSize size = image.size();
    long n = size.area();
    int channels = image.channels();
    INDArray counts = Nd4j.createFromArray(taps.counts).reshape(n, 1);
    INDArray weight =
        Transforms.exp(Nd4j.createFromArray(taps.exponent).reshape(n, 1), false).muli(counts);
    INDArray second = Nd4j.createFromArray(taps.second).reshape(n, 1);
    INDArray colors =
        Nd4j.createFromArray(image.contiguous()).castTo(DataType.DOUBLE).reshape(n, channels);
    INDArray px = Nd4j.createFromArray(taps.px).reshape(n, 1);
    INDArray all = Nd4j.concat(1, colors.mulColumnVector(weight), weight, px.mul(weight), counts);
    INDArray cell = Nd4j.createFromArray(taps.cell);
    INDArray sums =
        Nd4j.zeros(DataType.DOUBLE, (long) size.height() * (size.width() + 2), channels + 3L);
    add(sums, cell, all.mulColumnVector(second.rsub(1)));
    add(sums, cell.add(1), all.mulColumnVector(second));
    return sums;
  }

  private static void add(INDArray sums, INDArray cells, INDArray values) {
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_add")
            .addInputs(sums, cells, values)
            .addOutputs(sums)
            .build());
  }

  private Splat split(double[] sums, Taps taps, ImageSize size, int channels) {
    FloatImage image = FloatImage.create(size, channels);
    FloatImage coverage = FloatImage.create(size, 1);
    FloatImage px = FloatImage.create(size, 1);
    for (int i = 0; i < size.area(); i++) {
      int y = i / size.width();
      int at = (y * (size.width() + 2) + i % size.width() + 1) * (channels + 3);
      double weight = sums[at + channels];
      double covered = sums[at + channels + 2];
      double least = LEAST_WEIGHT * Math.exp(taps.leastExponent[i]);
      double scale = covered < options.sliverThreshold() ? 0 : 1 / Math.max(weight, least);
      for (int c = 0; c < channels; c++) {
        image.array()[i * channels + c] = (float) (sums[at + c] * scale);
      }
      coverage.array()[i] = (float) covered;
      px.array()[i] = weight > 0 ? (float) (sums[at + channels + 1] / weight) : Float.NaN;
    }
    return new Splat(image, coverage, new DisparityMap(px));
  }
}
