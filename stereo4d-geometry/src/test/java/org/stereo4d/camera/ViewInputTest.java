package org.stereo4d.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;

/** Bad views and bounds (spec H). */
class ViewInputTest {
  private static final ImageSize SIZE = new ImageSize(640, 360);

  @Test
  void fieldOfView_outsideItsRange_isNamed() {
    for (double degrees : new double[] {0, 180, -5, 200, Double.NaN}) {
      assertThatThrownBy(() -> PinholeCamera.ofHorizontalFovDegrees(SIZE, degrees))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Double.toString(degrees));
    }
  }

  @Test
  void size_notPositive_isNamed() {
    assertThatThrownBy(() -> new ImageSize(0, 5)).hasMessageContaining("0x5");
    assertThatThrownBy(() -> new ImageSize(5, -1)).hasMessageContaining("5x-1");
  }

  @Test
  void viewThatIsNotSquare_hasSquarePixels() {
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(SIZE, 60);
    double[] normalized = view.normalized();
    assertThat(view.focalXPx()).isEqualTo(view.focalYPx());
    assertThat(normalized[1]).isCloseTo(normalized[0] * 640 / 360, within(1e-12));
  }

  @Test
  void bounds_thatDoNotRise_areNamed() {
    double[][] bad = {
      {90, -90, -90, 90},
      {-90, 90, 10, 10},
      {-200, 200, -90, 90},
      {-90, 90, -100, 90},
      {Double.NaN, 90, -90, 90}
    };
    for (double[] bounds : bad) {
      assertThatThrownBy(() -> FovBounds.of(bounds))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bounds");
    }
  }
}
