package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stereo4d.depth.DepthEstimator;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** What every {@link DepthEstimator} must do. */
public abstract class DepthEstimatorContract {
  /** The estimator to test; it stays open until the class is done. */
  protected abstract DepthEstimator estimator();

  /** A smooth coloured picture. */
  protected static ByteImage picture(int width, int height) {
    ByteImage out = ByteImage.create(new ImageSize(width, height), 3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          out.set(x, y, c, (int) (127.5 + 127 * Math.sin(0.05 * x + 0.08 * y + c)));
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({"96, 64", "75, 51", "31, 90", "1, 1", "5, 60", "200, 3"})
  void estimate_anySize_hasTheSizeOfThePicture(int width, int height) {
    InverseDepthMap map = estimator().estimate(picture(width, height));
    assertThat(map.size()).isEqualTo(new ImageSize(width, height));
  }

  @Test
  void estimate_smoothPicture_isKnownAndNotNegative() {
    InverseDepthMap map = estimator().estimate(picture(96, 64));
    assertThat(map.known().count()).isEqualTo(map.size().area());
    for (float v : map.values().contiguous()) {
      assertThat(v).isNotNegative();
    }
  }

  @Test
  void estimate_twice_sameBits() {
    ByteImage picture = picture(80, 60);
    assertThat(estimator().estimate(picture)).isEqualTo(estimator().estimate(picture));
  }

  @Test
  void estimate_crop_isTheMapOfItsCopy() {
    ByteImage crop = picture(120, 90).crop(11, 7, new ImageSize(64, 48));
    assertThat(estimator().estimate(crop)).isEqualTo(estimator().estimate(crop.copy()));
  }

  @Test
  void estimate_leavesInputUntouched() {
    ByteImage picture = picture(64, 48);
    estimator().estimate(picture);
    assertThat(picture).isEqualTo(picture(64, 48));
  }

  @Test
  void estimate_grayPicture_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> estimator().estimate(picture(64, 48).luma()))
        .withMessageContaining("3 channels");
  }
}
