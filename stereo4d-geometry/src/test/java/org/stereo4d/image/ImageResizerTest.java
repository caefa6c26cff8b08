package org.stereo4d.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageResizerTest {
  /** A few rounding errors of float on values in [0, 1]. */
  private static final float ROUNDING = 1e-6f;

  private static FloatImage row(float... values) {
    return FloatImage.wrap(values, new ImageSize(values.length, 1), 1);
  }

  private static float[] resizeRow(ResizeFilter filter, int width, float... values) {
    return new ImageResizer(filter).resize(row(values), new ImageSize(width, 1)).array();
  }

  private static FloatImage noise(int width, int height, int channels) {
    FloatImage out = FloatImage.create(new ImageSize(width, height), channels);
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (float) random.nextDouble();
    }
    return out;
  }

  @Test
  void nearest_readsFloorOfScaledIndex() {
    // 5 -> 3: floor(0), floor(5/3), floor(10/3)
    assertThat(resizeRow(ResizeFilter.NEAREST, 3, 10, 11, 12, 13, 14)).containsExactly(10, 11, 13);
    // 2 -> 5: floor(0), floor(.4), floor(.8), floor(1.2), floor(1.6)
    assertThat(resizeRow(ResizeFilter.NEAREST, 5, 1, 2)).containsExactly(1, 1, 1, 2, 2);
  }

  @Test
  void bilinear_usesHalfPixelCentresAndReplicatesTheEdge() {
    // places (i + .5) / 2 - .5 = -.25, .25, .75, 1.25
    assertThat(resizeRow(ResizeFilter.BILINEAR, 4, 0, 1)).containsExactly(0, 0.25f, 0.75f, 1);
    // no smoothing: the middle of four pixels sees two of them
    assertThat(resizeRow(ResizeFilter.BILINEAR, 1, 9, 1, 3, 9)).containsExactly(2);
  }

  @Test
  void bilinearAligned_keepsTheCornerPixels() {
    assertThat(resizeRow(ResizeFilter.BILINEAR_ALIGNED, 5, 0, 2, 1))
        .containsExactly(0, 1, 2, 1.5f, 1);
    assertThat(resizeRow(ResizeFilter.BILINEAR_ALIGNED, 1, 3, 2, 1)).containsExactly(3);
  }

  @Test
  void cubic_hasTheWeightsOfThreeQuarters() {
    // place 1.5 between the middle pixels: weights -3/32, 19/32, 19/32, -3/32 at t = 1/2
    assertThat(resizeRow(ResizeFilter.CUBIC, 1, 1, 0, 0, 0)[0]).isCloseTo(-3f / 32, within(1e-7f));
    assertThat(resizeRow(ResizeFilter.CUBIC, 1, 0, 1, 0, 0)[0]).isCloseTo(19f / 32, within(1e-7f));
  }

  @Test
  void cubic_floatIsNotClamped_bytesAre() {
    float[] step = resizeRow(ResizeFilter.CUBIC, 8, 0, 0, 1, 1);
    assertThat(step[2]).isNegative();
    assertThat(step[5]).isGreaterThan(1);
    ByteImage bytes =
        new ImageResizer(ResizeFilter.CUBIC).resize(row(0, 0, 1, 1).toBytes(), new ImageSize(8, 1));
    assertThat(bytes.array()[2]).isZero();
    assertThat(bytes.at(5, 0, 0)).isEqualTo(255);
  }

  @Test
  void area_weighsFractionalCellsByCoverage() {
    // 3 -> 2: [0, 1.5) covers all of pixel 0 and half of pixel 1
    float[] out = resizeRow(ResizeFilter.AREA, 2, 3, 6, 9);
    assertThat(out[0]).isCloseTo((3 + 0.5f * 6) / 1.5f, within(ROUNDING));
    assertThat(out[1]).isCloseTo((0.5f * 6 + 9) / 1.5f, within(ROUNDING));
  }

  @Test
  void area_growing_blendsOnlyStraddlingPixels() {
    // 2 -> 3: the middle output covers half of each source pixel
    assertThat(resizeRow(ResizeFilter.AREA, 3, 0, 1)).containsExactly(0, 0.5f, 1);
    assertThat(resizeRow(ResizeFilter.AREA, 4, 0, 1)).containsExactly(0, 0, 1, 1);
  }

  @Test
  void antialiasedBilinear_shrinkingByTwo_isTheWidenedTriangle() {
    // distances 1.5 .5 .5 1.5 over a width of 2: weights 1/4, 3/4, 3/4, 1/4, halved
    float[] out = resizeRow(ResizeFilter.ANTIALIASED_BILINEAR, 3, 0, 0, 8, 0, 0, 0);
    assertThat(out[0]).isCloseTo(8 * 0.25f / 1.75f, within(ROUNDING)); // one tap lies outside
    assertThat(out[1]).isCloseTo(8 * 0.375f, within(ROUNDING));
    assertThat(out[2]).isZero();
  }

  @Test
  void lanczos_growing_hasTheSincAtHalfSteps() {
    float[] out = resizeRow(ResizeFilter.LANCZOS, 16, 0, 0, 0, 1, 0, 0, 0, 0);
    // output 8 sits at source 4.25: distance .75 from the centre of pixel 3; six taps in all
    double sum = 0;
    for (int k = -3; k < 3; k++) {
      sum += lanczos(k + 0.25);
    }
    assertThat(out[8]).isCloseTo((float) (lanczos(0.75) / sum), within(ROUNDING));
  }

  /** A 13x7 picture to 5x9, rows 0 and 4 as Pillow 9.4 gives them; PyTorch agrees to 2e-7. */
  @Test
  void antialiasedFilters_areThoseOfPillow() {
    FloatImage image = FloatImage.create(new ImageSize(13, 7), 1);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 13; x++) {
        image.set(x, y, 0, (x * 37 + y * 53) % 101 / 101f);
      }
    }
    assertRows(
        ResizeFilter.ANTIALIASED_BILINEAR,
        image,
        new float[] {0.3240924f, 0.4443444f, 0.5123055f, 0.5880588f, 0.3052805f},
        new float[] {0.6650165f, 0.3822382f, 0.4579915f, 0.5259526f, 0.6462047f});
    assertRows(
        ResizeFilter.ANTIALIASED_CUBIC,
        image,
        new float[] {0.2987622f, 0.4361222f, 0.5311930f, 0.6049544f, 0.2762964f},
        new float[] {0.6789920f, 0.3715874f, 0.4418531f, 0.5240936f, 0.6578658f});
    assertRows(
        ResizeFilter.LANCZOS,
        image,
        new float[] {0.2779220f, 0.4406333f, 0.5427772f, 0.6074851f, 0.2558714f},
        new float[] {0.6868980f, 0.3767614f, 0.4333670f, 0.5127061f, 0.6694764f});
  }

  private static void assertRows(
      ResizeFilter filter, FloatImage image, float[] row0, float[] row4) {
    FloatImage out = new ImageResizer(filter).resize(image, new ImageSize(5, 9));
    for (int x = 0; x < 5; x++) {
      assertThat(out.at(x, 0, 0)).isCloseTo(row0[x], within(ROUNDING));
      assertThat(out.at(x, 4, 0)).isCloseTo(row4[x], within(ROUNDING));
    }
  }

  private static double lanczos(double d) {
    double x = Math.PI * d;
    return Math.sin(x) / x * Math.sin(x / 3) / (x / 3);
  }

  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void resize_sameSize_isACopy(ResizeFilter filter) {
    FloatImage image = noise(7, 5, 2);
    FloatImage out = new ImageResizer(filter).resize(image, image.size());
    assertThat(out).isEqualTo(image);
    assertThat(out.array()).isNotSameAs(image.array());
  }

  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void resize_crop_readsOnlyTheCrop(ResizeFilter filter) {
    FloatImage image = noise(23, 19, 3);
    FloatImage crop = image.crop(4, 3, new ImageSize(11, 9));
    ImageSize size = new ImageSize(6, 14);
    ImageResizer resizer = new ImageResizer(filter);
    assertThat(resizer.resize(crop, size)).isEqualTo(resizer.resize(crop.copy(), size));
    ByteImage bytes = image.toBytes().crop(4, 3, new ImageSize(11, 9));
    assertThat(resizer.resize(bytes, size)).isEqualTo(resizer.resize(bytes.copy(), size));
  }

  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void resize_oneAndThreeThreads_sameBits(ResizeFilter filter) {
    FloatImage image = noise(90, 70, 3);
    ImageSize size = new ImageSize(41, 133);
    ImageResizer resizer = new ImageResizer(filter);
    FloatImage one = new ForkJoinPool(1).submit(() -> resizer.resize(image, size)).join();
    FloatImage three = new ForkJoinPool(3).submit(() -> resizer.resize(image, size)).join();
    assertThat(three).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void resize_leavesInputUntouched(ResizeFilter filter) {
    FloatImage image = noise(9, 8, 1);
    FloatImage before = image.copy();
    new ImageResizer(filter).resize(image, new ImageSize(4, 4));
    assertThat(image).isEqualTo(before);
  }

  @Test
  void resize_unknownPixel_spreadsNoFartherThanTheFilter() {
    float[] out =
        resizeRow(ResizeFilter.BILINEAR, 8, 1, 1, Float.NaN, 1); // places .. 1.25 1.75 2.25 2.75
    assertThat(out[2]).isEqualTo(1f);
    assertThat(out[3]).isNaN();
    assertThat(resizeRow(ResizeFilter.AREA, 2, 1, 1, Float.NaN, 1)[0]).isEqualTo(1f);
  }

  @Test
  void resizeNearest_mask_keepsItsPixels() {
    Mask mask = Mask.wrap(new boolean[] {true, false, false, true}, new ImageSize(2, 2));
    Mask out = ImageResizer.resizeNearest(mask, new ImageSize(4, 2));
    assertThat(out.array()).containsExactly(true, true, false, false, false, false, true, true);
  }
}
