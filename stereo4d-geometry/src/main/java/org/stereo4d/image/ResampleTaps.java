package org.stereo4d.image;

import java.util.Arrays;

/**
 * The source samples and weights of every output sample along one axis. Weights of one output sum
 * to 1; all source indices lie inside, and a tap of weight 0 is left out, so that an unknown (NaN)
 * pixel spreads no farther than the filter reaches.
 */
final class ResampleTaps {
  private static final double ZERO = 1e-9; // smaller weights are rounding errors of zero

  /** First source index of each output. */
  final int[] first;

  /** Number of taps of each output. */
  final int[] count;

  /** Weights, {@code stride} per output, left-aligned. */
  final float[] weights;

  /** Most taps of any output. */
  final int stride;

  private ResampleTaps(int[] first, int[] count, float[] weights, int stride) {
    this.first = first;
    this.count = count;
    this.weights = weights;
    this.stride = stride;
  }

  /** Weight of a source place at a distance in widths of the filter. */
  @FunctionalInterface
  private interface Kernel {
    double at(double distance);
  }

  /** Builds the table of an axis. */
  static ResampleTaps of(ResizeFilter filter, int in, int out) {
    return switch (filter) {
      case NEAREST -> nearest(in, out);
      case BILINEAR -> interpolating(in, out, 1, d -> triangle(d));
      case BILINEAR_ALIGNED -> aligned(in, out);
      case CUBIC -> interpolating(in, out, 2, d -> keys(d, -0.75));
      case AREA -> out <= in ? areaMean(in, out) : areaBlend(in, out);
      case ANTIALIASED_BILINEAR -> antialiased(in, out, 1, d -> triangle(d));
      case ANTIALIASED_CUBIC -> antialiased(in, out, 2, d -> keys(d, -0.5));
      case LANCZOS -> antialiased(in, out, 3, d -> lanczos3(d));
    };
  }

  private static double triangle(double d) {
    return Math.max(0, 1 - Math.abs(d));
  }

  private static double keys(double distance, double a) {
    double d = Math.abs(distance);
    if (d < 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((d - 5) * d + 8) * d * a - 4 * a : 0;
  }

  private static double lanczos3(double d) {
    if (d == 0) {
      return 1;
    }
    if (Math.abs(d) >= 3) {
      return 0;
    }
    double x = Math.PI * d;
    return 3 * Math.sin(x) * Math.sin(x / 3) / (x * x);
  }

  private static ResampleTaps nearest(int in, int out) {
    Builder builder = new Builder(in, out, 1);
    for (int i = 0; i < out; i++) {
      builder.add(i, (int) ((long) i * in / out), 1);
    }
    return builder.build();
  }

  /** Taps at whole source pixels around the place, indices outside moved to the edge. */
  private static ResampleTaps interpolating(int in, int out, int radius, Kernel kernel) {
    Builder builder = new Builder(in, out, 2 * radius);
    for (int i = 0; i < out; i++) {
      double place = (i + 0.5) * in / out - 0.5;
      int base = (int) Math.floor(place);
      for (int k = 1 - radius; k <= radius; k++) {
        int source = Math.min(in - 1, Math.max(0, base + k));
        builder.add(i, source, kernel.at(base + k - place));
      }
    }
    return builder.build();
  }

  private static ResampleTaps aligned(int in, int out) {
    Builder builder = new Builder(in, out, 2);
    for (int i = 0; i < out; i++) {
      double place = out == 1 ? 0 : (double) i * (in - 1) / (out - 1);
      int base = Math.min(in - 1, (int) place);
      builder.add(i, base, 1 - (place - base));
      builder.add(i, Math.min(in - 1, base + 1), place - base);
    }
    return builder.build();
  }

  private static ResampleTaps antialiased(int in, int out, int radius, Kernel kernel) {
    double scale = (double) in / out;
    double widen = Math.max(1, scale);
    double support = radius * widen;
    Builder builder = new Builder(in, out, 2 * (int) Math.ceil(support) + 2);
    for (int i = 0; i < out; i++) {
      double place = (i + 0.5) * scale;
      int start = Math.max(0, (int) Math.floor(place - support + 0.5));
      int end = Math.min(in, (int) Math.floor(place + support + 0.5));
      for (int source = start; source < end; source++) {
        builder.add(i, source, kernel.at((source + 0.5 - place) / widen));
      }
    }
    return builder.build();
  }

  /** Each output is the mean of the source interval [i in / out, (i + 1) in / out). */
  private static ResampleTaps areaMean(int in, int out) {
    double scale = (double) in / out;
    Builder builder = new Builder(in, out, (int) Math.ceil(scale) + 2);
    for (int i = 0; i < out; i++) {
      double start = i * scale;
      double end = start + scale;
      for (int source = (int) start; source < Math.min(in, Math.ceil(end)); source++) {
        double cover = Math.min(end, source + 1) - Math.max(start, source);
        builder.add(i, source, cover / scale);
      }
    }
    return builder.build();
  }

  /**
   * The same mean when growing, with the rounding of the reference: an output whose interval begins
   * at the very start of a source sample may take the sample before, if {@code i in / out} is
   * rounded down. Published scores were computed that way.
   */
  private static ResampleTaps areaBlend(int in, int out) {
    double growth = (double) out / in;
    double scale = 1 / growth;
    Builder builder = new Builder(in, out, 2);
    for (int i = 0; i < out; i++) {
      int source = Math.min(in - 1, (int) (i * scale));
      float over = (float) (i + 1 - (source + 1) * growth);
      float t = over <= 0 || source == in - 1 ? 0 : over - (float) Math.floor(over);
      builder.add(i, source, 1 - t);
      builder.add(i, Math.min(in - 1, source + 1), t);
    }
    return builder.build();
  }

  /** Collects taps in rising source order, normalises them and drops those of weight 0. */
  private static final class Builder {
    private final int[] first;
    private final int[] count;
    private final double[] sums;
    private final int stride;

    Builder(int in, int out, int stride) {
      this.stride = Math.min(stride, in);
      this.first = new int[out];
      this.count = new int[out];
      this.sums = new double[Math.multiplyExact(out, this.stride)];
    }

    void add(int output, int source, double weight) {
      if (Math.abs(weight) < ZERO) {
        return;
      }
      if (count[output] == 0) {
        first[output] = source;
      }
      int k = source - first[output];
      sums[output * stride + k] += weight;
      count[output] = Math.max(count[output], k + 1);
    }

    ResampleTaps build() {
      float[] weights = new float[sums.length];
      for (int i = 0; i < first.length; i++) {
        double sum = Arrays.stream(sums, i * stride, i * stride + count[i]).sum();
        for (int k = i * stride; k < i * stride + count[i]; k++) {
          weights[k] = (float) (sums[k] / sum);
        }
      }
      return new ResampleTaps(first, count, weights, stride);
    }
  }
}
