package org.stereo4d.videoloop.mpi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gradient of a row of slots, compositing backwards and adding the penalties on slots. */
final class SlotGradient {
  private final LayerView view;
  private final SlotPenalties penalties;
  private final PixelGradient pixels;
  private final Activation activation;
  private final int channels;
  private final int frames;
  private final int width;
  private final int height;
  private final int slots;
  private final int lanes;
  private final int planes;

  SlotGradient(LayerView view, SlotPenalties penalties, PixelGradient pixels, LayerModel model) {
    this.view = view;
    this.penalties = penalties;
    this.pixels = pixels;
    this.activation = model.activation();
    this.channels = model.still().channels();
    this.frames = model.frames();
    this.width = view.size().width();
    this.height = view.size().height();
    this.slots = view.slots();
    this.lanes = width * frames;
    this.planes = view.map().geometry().planes();
  }

  /** Overwrites {@code out} with derivatives by raw contents; adds penalty sums of the row. */
  void run(
      SlotRow row,
      @Nullable SlotRow above,
      @Nullable SlotRow below,
      int y,
      float[] out,
      double[] sums) {
    composite(row, y, out);
    if (penalties.sparsity() > 0) {
      sparsity(row, out, sums);
    }
    for (int c = 0; c < channels; c++) {
      if (penalties.smooth(c) > 0) {
        smooth(row, above, below, c, out, sums);
      }
    }
    for (int k = 0; k < slots * channels; k++) {
      if (activation.isLogistic(k % channels)) {
        for (int i = k * lanes; i < (k + 1) * lanes; i++) {
          out[i] *= row.content[i] * (1 - row.content[i]);
        }
      }
    }
  }

  private void composite(SlotRow row, int y, float[] out) {
    float[] behind = new float[lanes];
    float[] product = new float[lanes];
    int pixel = y * lanes;
    boolean hasDepth = isAnySet(pixels.inverseDepth(), pixel, pixel + lanes);
    for (int k = slots - 1; k >= 0; k--) {
      int weight = k * lanes;
      if (hasDepth) {
        inverseDepthProduct(row, k, pixel, product);
      } else {
        Arrays.fill(product, 0);
      }
      for (int i = 0; i < lanes; i++) {
        product[i] += pixels.alpha()[pixel + i];
      }
      for (int c = 0; c < 3; c++) {
        int slot = (k * channels + c) * lanes;
        int color = (y * 3 + c) * lanes;
        for (int i = 0; i < lanes; i++) {
          float g = pixels.color()[color + i];
          product[i] += g * row.content[slot + i];
          out[slot + i] = row.weight[weight + i] * g;
        }
      }
      int alpha = (k * channels + 3) * lanes;
      for (int i = 0; i < lanes; i++) {
        float a = row.content[alpha + i];
        out[alpha + i] = row.transmittance[weight + i] * (product[i] - behind[i]);
        behind[i] = a * product[i] + (1 - a) * behind[i];
      }
      if (channels > 4) {
        int label = (k * channels + 4) * lanes;
        for (int i = 0; i < lanes; i++) {
          out[label + i] = row.weight[weight + i] * pixels.label()[pixel + i];
        }
      }
    }
  }

  private static boolean isAnySet(float[] values, int startInclusive, int endExclusive) {
    for (int i = startInclusive; i < endExclusive; i++) {
      if (values[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private void inverseDepthProduct(SlotRow row, int k, int pixel, float[] product) {
    for (int x = 0; x < width; x++) {
      float inverse = k < row.taps.count[x] ? row.taps.inverseDepth[k * width + x] : 0;
      for (int t = 0, i = x * frames; t < frames; t++, i++) {
        product[i] = inverse * pixels.inverseDepth()[pixel + i];
      }
    }
  }

  private void sparsity(SlotRow row, float[] out, double[] sums) {
    float[] ones = new float[lanes];
    float[] squares = new float[lanes];
    for (int k = 0; k < slots; k++) {
      int alpha = (k * channels + 3) * lanes;
      for (int i = 0; i < lanes; i++) {
        float a = row.content[alpha + i];
        ones[i] += a;
        squares[i] += a * a;
      }
    }
    float floor = (float) penalties.sparsityFloor();
    double scale = penalties.sparsity() / ((double) height * lanes * Math.sqrt(planes));
    float[] flat = new float[lanes];
    float[] slope = new float[lanes];
    for (int i = 0; i < lanes; i++) {
      float norm = (float) Math.sqrt(squares[i]);
      boolean clamped = norm <= floor;
      float n2 = clamped ? floor : norm;
      sums[0] += ones[i] / n2;
      flat[i] = (float) (scale / n2);
      slope[i] = clamped ? 0 : (float) (scale * ones[i] / (n2 * n2 * n2));
    }
    for (int k = 0; k < slots; k++) {
      int alpha = (k * channels + 3) * lanes;
      for (int i = 0; i < lanes; i++) {
        out[alpha + i] += flat[i] - slope[i] * row.content[alpha + i];
      }
    }
  }

  private void smooth(
      SlotRow row,
      @Nullable SlotRow above,
      @Nullable SlotRow below,
      int channel,
      float[] out,
      double[] sums) {
    int shared = channel < 3 ? 3 : 1;
    double perPixel = penalties.smooth(channel) / ((double) planes * shared * frames);
    float across = width > 1 ? (float) (perPixel / ((double) height * (width - 1))) : 0;
    float down = height > 1 ? (float) (perPixel / ((double) (height - 1) * width)) : 0;
    int sumIndex = channel < 3 ? 1 : channel == 3 ? 2 : 3;
    double sum = 0;
    for (int k = 0; k < slots; k++) {
      int from = (k * channels + channel) * lanes;
      float[] own = row.content;
      if (width > 1) {
        double part = differences(own, from, own, from + frames, lanes - frames, across, out);
        sum += part / ((double) height * (width - 1));
        negative(own, from, from + frames, lanes - frames, across, out);
      }
      if (below != null) {
        double part = differences(own, from, below.content, from, lanes, down, out);
        sum += part / ((double) (height - 1) * width);
      }
      if (above != null) {
        differences(own, from, above.content, from, lanes, down, out);
      }
    }
    sums[sumIndex] += sum / ((double) planes * shared * frames);
  }

  /** Adds the derivative of {@code |own - other|} by own; returns the sum of the differences. */
  private static double differences(
      float[] own, int from, float[] other, int fromOther, int count, float weight, float[] out) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      float d = own[from + i] - other[fromOther + i];
      sum += Math.abs(d);
      out[from + i] += d > 0 ? weight : d < 0 ? -weight : 0;
    }
    return sum;
  }

  /** Adds the derivative of {@code |left - right|} by right. */
  private static void negative(
      float[] own, int left, int right, int count, float weight, float[] out) {
    for (int i = 0; i < count; i++) {
      float d = own[left + i] - own[right + i];
      out[right + i] -= d > 0 ? weight : d < 0 ? -weight : 0;
    }
  }

  /** Sums turned into the means that the penalties are. */
  SlotPenalties.Values values(double[] sums, int pixelCount) {
    return new SlotPenalties.Values(
        sums[0] / (pixelCount * Math.sqrt(view.map().geometry().planes())),
        sums[1],
        sums[2],
        sums[3]);
  }
}
