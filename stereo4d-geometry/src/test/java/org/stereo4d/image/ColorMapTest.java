package org.stereo4d.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {
  @ParameterizedTest
  @EnumSource(ColorMap.class)
  void component_everyEntry_isAColour(ColorMap map) {
    for (int i = 0; i < ColorMap.ENTRIES; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(map.component(i, c)).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void spectral_endsAndMiddle_areItsAnchors() {
    assertThat(ColorMap.SPECTRAL.rgb(0)).isEqualTo(0x9e0142);
    assertThat(ColorMap.SPECTRAL.rgb(255)).isEqualTo(0x5e4fa2);
    // entry 51 is place 1/5, the third anchor
    assertThat(ColorMap.SPECTRAL.component(51, 0)).isCloseTo(0xf4 / 255.0, within(1e-12));
    assertThat(ColorMap.SPECTRAL.component(51, 1)).isCloseTo(0x6d / 255.0, within(1e-12));
  }

  @Test
  void hsv_startsAndEndsRed() {
    assertThat(ColorMap.HSV.rgb(0)).isEqualTo(0xff0000);
    assertThat(ColorMap.HSV.component(255, 0)).isEqualTo(1.0);
  }

  @Test
  void entryOf_isTheFloorAndClamps() {
    assertThat(ColorMap.entryOf(0.5)).isEqualTo(128);
    assertThat(ColorMap.entryOf(127.999 / 256)).isEqualTo(127);
    assertThat(ColorMap.entryOf(1)).isEqualTo(255);
    assertThat(ColorMap.entryOf(-3)).isZero();
    assertThat(ColorMap.entryOf(Double.POSITIVE_INFINITY)).isEqualTo(255);
  }

  @Test
  void colorize_unknownIsBlack_rangeMayFall() {
    FloatImage values = FloatImage.wrap(new float[] {1, 2, Float.NaN, 3}, new ImageSize(4, 1), 1);
    ByteImage out = ColorMap.TURBO.colorize(values, 3, 1);
    assertThat(pixel(out, 0)).isEqualTo(ColorMap.TURBO.rgb(255));
    assertThat(pixel(out, 1)).isEqualTo(ColorMap.TURBO.rgb(128));
    assertThat(pixel(out, 2)).isZero();
    assertThat(pixel(out, 3)).isEqualTo(ColorMap.TURBO.rgb(0));
  }

  private static int pixel(ByteImage image, int x) {
    return image.at(x, 0, 0) << 16 | image.at(x, 0, 1) << 8 | image.at(x, 0, 2);
  }

  @Test
  void colorize_emptyRange_refused() {
    FloatImage one = FloatImage.create(new ImageSize(1, 1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColorMap.INFERNO.colorize(one, 2, 2))
        .withMessageContaining("2.0");
  }
}
