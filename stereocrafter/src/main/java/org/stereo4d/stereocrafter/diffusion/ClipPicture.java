package org.stereo4d.stereocrafter.diffusion;

import java.util.List;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.ColorNormalization;
import org.stereo4d.run.Parallel;

/**
 * A picture as the image encoder sees it: smoothed, resized to 224x224 and normalised. The aspect
 * ratio is not kept.
 *
 * <pre>
 * f = in / out,   sigma = max((f - 1) / 2, 0.001),   taps exp(-x^2 / (2 sigma^2)), an odd number >= 3
 * v' = cubic(smooth(v)), a = -0.75, corners aligned
 * </pre>
 */
public final class ClipPicture {
  /** Size of the encoder's input. */
  public static final ImageSize SIZE = new ImageSize(224, 224);

  /** Statistics of the encoder's training pictures. */
  public static final ColorNormalization NORMALIZATION =
      new ColorNormalization(
          List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

  private static final double LEAST_SIGMA = 0.001;
  private static final double CUBIC_A = -0.75;

  private ClipPicture() {}

  /** The encoder's input of a picture in [0, 1]. */
  public static FloatImage of(FloatImage rgb) {
    return NORMALIZATION.apply(resized(rgb, SIZE));
  }

  /** A picture smoothed and resized; results may leave the range of the input a little. */
  public static FloatImage resized(FloatImage image, ImageSize size) {
    FloatImage wide = alongRows(image, size.width());
    FloatImage turned = transposed(wide);
    return transposed(alongRows(turned, size.height()));
  }

  /** Smooths and resamples each row. */
  private static FloatImage alongRows(FloatImage image, int length) {
    int width = image.width();
    int channels = image.channels();
    double[] taps = taps(width / (double) length);
    int front = (taps.length - 1) / 2;
    FloatImage out = FloatImage.create(new ImageSize(length, image.height()), channels);
    Parallel.rows(
        image.height(),
        (start, end) -> {
          float[] smooth = new float[width * channels];
          for (int y = start; y < end; y++) {
            for (int x = 0; x < width; x++) {
              for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int k = 0; k < taps.length; k++) {
                  int from = Border.REFLECT_101.index(x + k - front, width);
                  sum += taps[k] * image.array()[image.index(from, y) + c];
                }
                smooth[x * channels + c] = (float) sum;
              }
            }
            resample(smooth, width, channels, out, y);
          }
        });
    return out;
  }

  private static void resample(float[] row, int width, int channels, FloatImage out, int y) {
    double scale = out.width() > 1 ? (width - 1) / (double) (out.width() - 1) : 0;
    double[] weights = new double[4];
    for (int x = 0; x < out.width(); x++) {
      double place = x * scale;
      int first = (int) place;
      double t = place - first;
      weights[0] = outer(1 + t);
      weights[1] = inner(t);
      weights[2] = inner(1 - t);
      weights[3] = outer(2 - t);
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          int from = Math.max(0, Math.min(width - 1, first - 1 + k));
          sum += weights[k] * row[from * channels + c];
        }
        out.array()[out.index(x, y) + c] = (float) sum;
      }
    }
  }

  private static double inner(double t) {
    return ((CUBIC_A + 2) * t - (CUBIC_A + 3)) * t * t + 1;
  }

  private static double outer(double t) {
    return CUBIC_A * (((t - 5) * t + 8) * t - 4);
  }

  private static double[] taps(double factor) {
    double sigma = Math.max((factor - 1) / 2, LEAST_SIGMA);
    int count = (int) Math.max(4 * sigma, 3);
    count += 1 - count % 2;
    double[] out = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double x = k - count / 2;
      out[k] = Math.exp(-x * x / (2 * sigma * sigma));
      sum += out[k];
    }
    for (int k = 0; k < count; k++) {
      out[k] /= sum;
    }
    return out;
  }

  private static FloatImage transposed(FloatImage image) {
    FloatImage out =
        FloatImage.create(new ImageSize(image.height(), image.width()), image.channels());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        System.arraycopy(
            image.array(), image.index(x, y), out.array(), out.index(y, x), image.channels());
      }
    }
    return out;
  }
}
