package org.stereo4d.nvds.metric;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * The affine-invariant loss a depth network is trained with, as a value: both maps are normalised
 * by median and mean deviation over the mask, then
 *
 * <pre>
 *   L = sum m |p - g| / sum m + gradientWeight * sum_k G_k
 *   G_k = (sum |R(x+1) - R(x)| + sum |R(y+1) - R(y)|) / sum m      on every 2^k-th pixel
 * </pre>
 *
 * with {@code R = m (p - g)} and only neighbours that both belong to the mask. Means run over the
 * pixels of the whole batch.
 *
 * @param trimmedShare share of the largest residuals left out of the first term; in [0, 1). Default
 *     0
 * @param gradientWeight {@code >= 0}. Default 0.5
 * @param scales number of gradient terms; {@code >= 0}. Default 4
 * @param referenceMedian whether pixels outside the mask count as zeros in the median, as in the
 *     reference. Default false
 */
public record SpatialLoss(
    double trimmedShare, double gradientWeight, int scales, boolean referenceMedian) {
  /** The defaults named at each component. */
  public static final SpatialLoss DEFAULTS = new SpatialLoss(0, 0.5, 4, false);

  /** Checks the ranges. */
  public SpatialLoss {
    Check.that(
        trimmedShare >= 0 && trimmedShare < 1,
        "trimmedShare must be in [0, 1), was %s",
        trimmedShare);
    Check.that(gradientWeight >= 0, "gradientWeight must be >= 0, was %s", gradientWeight);
    Check.that(scales >= 0 && scales < 31, "scales must be in [0, 31), was %s", scales);
  }

  /** This loss with another trim. */
  public SpatialLoss withTrimmedShare(double trimmedShare) {
    return new SpatialLoss(trimmedShare, gradientWeight, scales, referenceMedian);
  }

  /** This loss with the masked median of the reference or the true one. */
  public SpatialLoss withReferenceMedian(boolean referenceMedian) {
    return new SpatialLoss(trimmedShare, gradientWeight, scales, referenceMedian);
  }

  /** One example. */
  public record Example(InverseDepthMap prediction, InverseDepthMap truth, Mask mask) {}

  /**
   * The parts of the loss.
   *
   * @param data first term
   * @param gradients one term per scale
   * @param total all terms, weighted
   */
  public record Value(double data, List<Double> gradients, double total) {}

  /** The loss of a batch; NaN when no pixel is in a mask. */
  public Value of(List<Example> batch) {
    double[][] residuals = new double[batch.size()][];
    for (int b = 0; b < residuals.length; b++) {
      residuals[b] = residuals(batch.get(b));
    }
    double data = data(batch, residuals);
    Double[] gradients = new Double[scales];
    double total = data;
    for (int k = 0; k < scales; k++) {
      double sum = 0;
      double count = 0;
      for (int b = 0; b < residuals.length; b++) {
        Mask mask = batch.get(b).mask();
        sum += gradient(residuals[b], mask, 1 << k);
        count += count(mask, 1 << k);
      }
      gradients[k] = sum / count;
      total += gradientWeight * gradients[k];
    }
    return new Value(data, List.of(gradients), total);
  }

  private double[] residuals(Example example) {
    boolean[] mask = example.mask().array();
    float[] prediction = example.prediction().values().contiguous();
    float[] truth = example.truth().values().contiguous();
    RobustNormalization p = normalization(prediction, mask);
    RobustNormalization g = normalization(truth, mask);
    double[] out = new double[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask[i] ? p.apply(prediction[i]) - g.apply(truth[i]) : 0;
    }
    return out;
  }

  private RobustNormalization normalization(float[] values, boolean[] mask) {
    return referenceMedian
        ? RobustNormalization.ofReference(values, mask)
        : RobustNormalization.of(values, mask);
  }

  private double data(List<Example> batch, double[][] residuals) {
    int count = 0;
    for (Example example : batch) {
      count += example.mask().count();
    }
    double[] sizes = new double[count];
    int n = 0;
    for (int b = 0; b < residuals.length; b++) {
      boolean[] mask = batch.get(b).mask().array();
      for (int i = 0; i < mask.length; i++) {
        if (mask[i]) {
          sizes[n++] = Math.abs(residuals[b][i]);
        }
      }
    }
    Arrays.sort(sizes);
    double sum = 0;
    for (int i = 0, kept = (int) (count * (1 - trimmedShare)); i < kept; i++) {
      sum += sizes[i];
    }
    return sum / (count == 0 ? Double.NaN : count);
  }

  private static double gradient(double[] residuals, Mask mask, int step) {
    ImageSize size = mask.size();
    boolean[] set = mask.array();
    double sum = 0;
    for (int y = 0; y < size.height(); y += step) {
      for (int x = 0; x < size.width(); x += step) {
        int i = y * size.width() + x;
        int right = i + step;
        int below = i + step * size.width();
        if (x + step < size.width() && set[i] && set[right]) {
          sum += Math.abs(residuals[right] - residuals[i]);
        }
        if (y + step < size.height() && set[i] && set[below]) {
          sum += Math.abs(residuals[below] - residuals[i]);
        }
      }
    }
    return sum;
  }

  private static int count(Mask mask, int step) {
    int count = 0;
    for (int y = 0; y < mask.size().height(); y += step) {
      for (int x = 0; x < mask.size().width(); x += step) {
        count += mask.array()[y * mask.size().width() + x] ? 1 : 0;
      }
    }
    return count;
  }
}
