package org.stereo4d.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ImageResizerPropertyTest {
  /** Sum of up to a hundred float weights. */
  private static final float ROUNDING = 4e-6f;

  @Property(tries = 300)
  void resize_constant_staysConstant(
      @ForAll ResizeFilter filter,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight) {
    FloatImage image = FloatImage.create(new ImageSize(width, height), 3);
    Arrays.fill(image.array(), 0.7f);
    FloatImage out = new ImageResizer(filter).resize(image, new ImageSize(newWidth, newHeight));
    for (float v : out.array()) {
      assertThat(v).isCloseTo(0.7f, within(ROUNDING));
    }
  }

  /**
   * Filters are symmetric, so mirroring before or after is the same; nearest is not, area when
   * growing keeps a rounding of its reference, and one pixel aligned to two corners takes the
   * first.
   */
  @Property(tries = 200)
  void resize_mirrored_isTheMirror(
      @ForAll ResizeFilter filter,
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int newWidth,
      @ForAll long seed) {
    if (filter == ResizeFilter.NEAREST
        || (filter == ResizeFilter.AREA && newWidth > width)
        || (filter == ResizeFilter.BILINEAR_ALIGNED && newWidth == 1)) {
      return;
    }
    FloatImage image = FloatImage.create(new ImageSize(width, 2), 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = (float) random.nextDouble();
    }
    ImageSize size = new ImageSize(newWidth, 2);
    ImageResizer resizer = new ImageResizer(filter);
    float[] a = mirror(resizer.resize(image, size)).array();
    float[] b = resizer.resize(mirror(image), size).array();
    for (int i = 0; i < a.length; i++) {
      assertThat(b[i]).isCloseTo(a[i], within(2e-5f));
    }
  }

  private static FloatImage mirror(FloatImage image) {
    FloatImage out = FloatImage.create(image.size(), 1);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        out.set(image.width() - 1 - x, y, 0, image.at(x, y, 0));
      }
    }
    return out;
  }

  /** A mean over equal cells keeps the mean of the image. */
  @Property(tries = 100)
  void area_wholeFactor_keepsTheMean(
      @ForAll @IntRange(min = 1, max = 6) int factorX,
      @ForAll @IntRange(min = 1, max = 6) int factorY,
      @ForAll @IntRange(min = 1, max = 9) int width) {
    FloatImage image = FloatImage.create(new ImageSize(width * factorX, 4 * factorY), 1);
    double sum = 0;
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = (i * 31 % 17) / 17f;
      sum += image.array()[i];
    }
    FloatImage out = new ImageResizer(ResizeFilter.AREA).resize(image, new ImageSize(width, 4));
    double mean = 0;
    for (float v : out.array()) {
      mean += v / out.array().length;
    }
    assertThat(mean).isCloseTo(sum / image.array().length, within(1e-6));
  }
}
