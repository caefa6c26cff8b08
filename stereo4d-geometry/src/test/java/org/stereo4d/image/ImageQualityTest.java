package org.stereo4d.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class ImageQualityTest {
  /** The naive twin sums in another order. */
  private static final double ROUNDING = 1e-10;

  private static FloatImage noise(int width, int height, int channels, long seed) {
    FloatImage out = FloatImage.create(new ImageSize(width, height), channels);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (float) random.nextDouble();
    }
    return out;
  }

  private static FloatImage constant(float value) {
    FloatImage out = FloatImage.create(new ImageSize(16, 12), 1);
    Arrays.fill(out.array(), value);
    return out;
  }

  @Test
  void psnr_offsetOfOneTenth_isTwentyDecibels() {
    assertThat(ImageQuality.psnrDecibels(constant(0.25f), constant(0.35f)))
        .isCloseTo(20, within(1e-5));
  }

  @Test
  void psnr_oneLevelOfBytes() {
    ByteImage a = ByteImage.create(new ImageSize(4, 4), 3);
    ByteImage b = a.copy();
    Arrays.fill(b.array(), (byte) 1);
    assertThat(ImageQuality.psnrDecibels(a, b)).isCloseTo(20 * Math.log10(255), within(1e-5));
  }

  @Test
  void psnr_equalImages_isInfinite() {
    FloatImage a = noise(8, 8, 3, 1);
    assertThat(ImageQuality.psnrDecibels(a, a.copy())).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void psnr_unknownPixel_isUnknown() {
    FloatImage a = constant(0.5f);
    a.set(3, 3, 0, Float.NaN);
    assertThat(ImageQuality.psnrDecibels(a, constant(0.5f))).isNaN();
  }

  @Test
  void ssim_equalImages_isOne() {
    FloatImage a = noise(30, 20, 3, 2);
    assertThat(ImageQuality.ssim(a, a)).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void ssim_constants_isTheLuminanceTerm() {
    // both variances are 0: (2 ab + C1) / (a^2 + b^2 + C1)
    double expected = (2 * 0.5 * 0.75 + 1e-4) / (0.25 + 0.5625 + 1e-4);
    assertThat(ImageQuality.ssim(constant(0.5f), constant(0.75f)))
        .isCloseTo(expected, within(1e-9));
  }

  @Test
  void ssim_noise_isTheNaiveDoubleSum() {
    FloatImage a = noise(19, 15, 2, 3);
    FloatImage b = noise(19, 15, 2, 4);
    assertThat(ImageQuality.ssim(a, b)).isCloseTo(naiveSsim(a, b), within(ROUNDING));
  }

  private static double naiveSsim(FloatImage a, FloatImage b) {
    double sum = 0;
    int windows = 0;
    for (int c = 0; c < a.channels(); c++) {
      for (int y = 5; y < a.height() - 5; y++) {
        for (int x = 5; x < a.width() - 5; x++) {
          sum += naiveWindow(a, b, x, y, c);
          windows++;
        }
      }
    }
    return sum / windows;
  }

  private static double naiveWindow(FloatImage a, FloatImage b, int x, int y, int c) {
    double[] m = new double[6];
    for (int dy = -5; dy <= 5; dy++) {
      for (int dx = -5; dx <= 5; dx++) {
        double w = Math.exp(-(dx * dx + dy * dy) / (2 * 1.5 * 1.5));
        double va = a.at(x + dx, y + dy, c);
        double vb = b.at(x + dx, y + dy, c);
        double[] add = {1, va, vb, va * va, vb * vb, va * vb};
        for (int j = 0; j < 6; j++) {
          m[j] += w * add[j];
        }
      }
    }
    double ma = m[1] / m[0];
    double mb = m[2] / m[0];
    double varA = m[3] / m[0] - ma * ma;
    double varB = m[4] / m[0] - mb * mb;
    double cov = m[5] / m[0] - ma * mb;
    double c1 = 0.0001;
    double c2 = 0.0009;
    return (2 * ma * mb + c1) * (2 * cov + c2) / ((ma * ma + mb * mb + c1) * (varA + varB + c2));
  }

  @Test
  void ssim_oneAndThreeThreads_sameBits() {
    FloatImage a = noise(70, 90, 3, 5);
    FloatImage b = noise(70, 90, 3, 6);
    double one = new ForkJoinPool(1).submit(() -> ImageQuality.ssim(a, b)).join();
    double three = new ForkJoinPool(3).submit(() -> ImageQuality.ssim(a, b)).join();
    assertThat(three).isEqualTo(one);
  }

  @Test
  void ssim_smallerThanTheWindow_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageQuality.ssim(noise(10, 30, 1, 7), noise(10, 30, 1, 8)))
        .withMessageContaining("10x30");
  }

  @Test
  void metrics_differentShapes_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageQuality.psnrDecibels(noise(4, 4, 1, 1), noise(4, 4, 3, 1)));
  }
}
