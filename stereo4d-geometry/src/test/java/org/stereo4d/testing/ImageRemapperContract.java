package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.warp.ImageRemapper;
import org.stereo4d.warp.RemapOptions;
import org.stereo4d.warp.RemapTable;
import org.stereo4d.warp.Sampling;

/** What every implementation of the warp keeps; subclasses only say which. */
public abstract class ImageRemapperContract {
  private static final ImageSize SIZE = new ImageSize(31, 23);

  /** The implementation. */
  protected abstract ImageRemapper remapper();

  private static ByteImage noise(int channels) {
    ByteImage out = ByteImage.create(SIZE, channels);
    new Random(3).nextBytes(out.array());
    return out;
  }

  /** A table that reads the source shifted by (dx, dy). */
  private static RemapTable shift(double dx, double dy) {
    float[] x = new float[SIZE.area()];
    float[] y = new float[SIZE.area()];
    for (int k = 0; k < x.length; k++) {
      x[k] = (float) (k % SIZE.width() + dx);
      y[k] = (float) (k / SIZE.width() + dy);
    }
    return RemapTable.of(SIZE, SIZE, x, y);
  }

  @Test
  void remap_identity_isACopy() {
    for (Sampling sampling : Sampling.values()) {
      RemapOptions options = RemapOptions.DEFAULTS.withSampling(sampling);
      for (int channels : new int[] {1, 3, 4}) {
        ByteImage image = noise(channels);
        assertThat(remapper().remap(image, shift(0, 0), options)).isEqualTo(image);
        assertThat(remapper().remap(image.toFloat(), shift(0, 0), options))
            .isEqualTo(image.toFloat());
      }
    }
  }

  @Test
  void remap_halfPixel_isTheMean() {
    ByteImage image = noise(3);
    ByteImage out = remapper().remap(image, shift(0.5, 0), RemapOptions.DEFAULTS);
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width() - 1; x++) {
        for (int c = 0; c < 3; c++) {
          double mean = (image.at(x, y, c) + image.at(x + 1, y, c)) / 2.0;
          assertThat((double) out.at(x, y, c)).isCloseTo(mean, within(0.51));
        }
      }
    }
  }

  @Test
  void remap_outside_followsTheBorder() {
    ByteImage image = noise(3);
    RemapTable far = shift(-100, 0);
    RemapOptions zero = RemapOptions.DEFAULTS;
    assertThat(remapper().remap(image, far, zero).at(3, 4, 1)).isZero();
    RemapOptions replicate = zero.withBorder(Border.REPLICATE);
    assertThat(remapper().remap(image, far, replicate).at(3, 4, 1)).isEqualTo(image.at(0, 4, 1));
    RemapOptions unknown = zero.withBorder(Border.NAN);
    FloatImage floats = remapper().remap(image.toFloat(), far, unknown);
    assertThat(floats.at(3, 4, 1)).isNaN();
    assertThatThrownBy(() -> remapper().remap(image, far, unknown))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void remap_coordinatesThatSeeNothing_giveTheBorder() {
    float[] x = new float[SIZE.area()];
    float[] y = new float[SIZE.area()];
    java.util.Arrays.fill(x, Float.NaN);
    y[0] = Float.POSITIVE_INFINITY;
    RemapTable table = RemapTable.of(SIZE, SIZE, x, y);
    for (Sampling sampling : Sampling.values()) {
      ByteImage out =
          remapper().remap(noise(3), table, RemapOptions.DEFAULTS.withSampling(sampling));
      assertThat(out).isEqualTo(ByteImage.create(SIZE, 3));
    }
  }

  @Test
  void remap_crop_isTheSameAsItsCopy() {
    ByteImage large = ByteImage.create(new ImageSize(60, 50), 3);
    new Random(5).nextBytes(large.array());
    ByteImage crop = large.crop(29, 27, SIZE);
    RemapTable table = shift(0.3, 0.7);
    assertThat(remapper().remap(crop, table, RemapOptions.DEFAULTS))
        .isEqualTo(remapper().remap(crop.copy(), table, RemapOptions.DEFAULTS));
  }

  @Test
  void remap_otherSourceSize_isRefused() {
    assertThatThrownBy(
            () ->
                remapper()
                    .remap(
                        ByteImage.create(new ImageSize(9, 9), 3),
                        shift(0, 0),
                        RemapOptions.DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9x9");
  }
}
