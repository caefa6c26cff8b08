package org.stereo4d.image;

import java.util.Arrays;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/** How close one image is to another; definitions in the package description. */
public final class ImageQuality {
  private static final double C1 = 0.01 * 0.01; // (K1 L)^2 with L = 1
  private static final double C2 = 0.03 * 0.03;
  private static final int WINDOW = 11;
  private static final double[] GAUSS = gauss(WINDOW, 1.5);

  private ImageQuality() {}

  private static double[] gauss(int length, double sigma) {
    double[] out = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double d = i - (length - 1) / 2.0;
      out[i] = Math.exp(-d * d / (2 * sigma * sigma));
      sum += out[i];
    }
    for (int i = 0; i < length; i++) {
      out[i] /= sum;
    }
    return out;
  }

  /** Mean squared difference over all samples. */
  public static double meanSquaredError(FloatImage a, FloatImage b) {
    checkShapes(a, b);
    double[] rows = new double[a.height()];
    int length = a.width() * a.channels();
    Parallel.rows(
        a.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            int ia = a.index(0, y);
            int ib = b.index(0, y);
            double sum = 0;
            for (int i = 0; i < length; i++) {
              double d = (double) a.array()[ia + i] - b.array()[ib + i];
              sum += d * d;
            }
            rows[y] = sum;
          }
        });
    return Arrays.stream(rows).sum() / ((double) length * a.height());
  }

  /** {@code 10 log10(1 / MSE)} dB of values in [0, 1]; positive infinity when they are equal. */
  public static double psnrDecibels(FloatImage a, FloatImage b) {
    return -10 * Math.log10(meanSquaredError(a, b));
  }

  /** PSNR of 8-bit images, dB. */
  public static double psnrDecibels(ByteImage a, ByteImage b) {
    return psnrDecibels(a.toFloat(), b.toFloat());
  }

  /**
   * Structural similarity of values in [0, 1], at most 1, the mean over channels.
   *
   * @throws IllegalArgumentException if a side is shorter than the window of 11 pixels
   */
  public static double ssim(FloatImage a, FloatImage b) {
    checkShapes(a, b);
    Check.that(
        a.width() >= WINDOW && a.height() >= WINDOW,
        "both sides must be >= %s, were %s",
        WINDOW,
        a.size());
    int rows = a.height() - WINDOW + 1;
    double[] sums = new double[rows];
    Parallel.rows(
        rows,
        (start, end) -> {
          double[][] moments = new double[5][a.width() * a.channels()];
          for (int y = start; y < end; y++) {
            verticalMoments(a, b, y, moments);
            sums[y] = sumOfRow(moments, a.channels());
          }
        });
    double windows = (double) rows * (a.width() - WINDOW + 1) * a.channels();
    return Arrays.stream(sums).sum() / windows;
  }

  /** SSIM of 8-bit images. */
  public static double ssim(ByteImage a, ByteImage b) {
    return ssim(a.toFloat(), b.toFloat());
  }

  /** Weighted sums of a, b, aa, bb and ab down the window that starts at row y. */
  private static void verticalMoments(FloatImage a, FloatImage b, int y, double[][] moments) {
    for (double[] moment : moments) {
      Arrays.fill(moment, 0);
    }
    for (int k = 0; k < WINDOW; k++) {
      int ia = a.index(0, y + k);
      int ib = b.index(0, y + k);
      double w = GAUSS[k];
      for (int i = 0; i < moments[0].length; i++) {
        double va = a.array()[ia + i];
        double vb = b.array()[ib + i];
        moments[0][i] += w * va;
        moments[1][i] += w * vb;
        moments[2][i] += w * va * va;
        moments[3][i] += w * vb * vb;
        moments[4][i] += w * va * vb;
      }
    }
  }

  private static double sumOfRow(double[][] moments, int channels) {
    double sum = 0;
    double[] m = new double[5];
    for (int i = 0; i + (WINDOW - 1) * channels < moments[0].length; i++) {
      for (int j = 0; j < 5; j++) {
        m[j] = 0;
        for (int k = 0; k < WINDOW; k++) {
          m[j] += GAUSS[k] * moments[j][i + k * channels];
        }
      }
      double meanA2 = m[0] * m[0];
      double meanB2 = m[1] * m[1];
      double meanAb = m[0] * m[1];
      double luminance = (2 * meanAb + C1) / (meanA2 + meanB2 + C1);
      double variances = (m[2] - meanA2) + (m[3] - meanB2);
      sum += luminance * (2 * (m[4] - meanAb) + C2) / (variances + C2);
    }
    return sum;
  }

  private static void checkShapes(FloatImage a, FloatImage b) {
    Check.that(
        a.size().equals(b.size()) && a.channels() == b.channels(),
        "images must have one shape, were %s and %s",
        a,
        b);
  }
}
