package org.stereo4d.stereocrafter.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;

class NavierStokesFillTest {
  private static final ImageSize SIZE = new ImageSize(64, 40);

  /** Levels that a ramp continued over a hole of eight columns is off, at most. */
  private static final int RAMP_LEVELS = 8;

  private static Mask hole(int fromX, int toX) {
    boolean[] out = new boolean[SIZE.area()];
    for (int y = 8; y < 32; y++) {
      Arrays.fill(out, y * 64 + fromX, y * 64 + toX, true);
    }
    return Mask.wrap(out, SIZE);
  }

  private static ByteImage ramp(Mask blanked) {
    ByteImage out = ByteImage.create(SIZE, 3);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (byte) (blanked.array()[i / 3] ? 0 : 20 + 3 * (i / 3 % 64));
    }
    return out;
  }

  @Test
  void fill_ramp_goesOnInsideAndStaysOutside() {
    Mask hole = hole(20, 28);
    ByteImage truth = ramp(Mask.none(SIZE));
    ByteImage filled = new NavierStokesFill(3).fill(ramp(hole), hole);
    for (int i = 0; i < filled.array().length; i++) {
      int difference = Math.abs((filled.array()[i] & 0xff) - (truth.array()[i] & 0xff));
      assertThat(difference).isLessThanOrEqualTo(hole.array()[i / 3] ? RAMP_LEVELS : 0);
    }
  }

  @Test
  void fill_constantPictures_areFilledExactly() {
    ByteImage image = ByteImage.create(SIZE, 3);
    Arrays.fill(image.array(), (byte) 93);
    Mask hole = hole(5, 50);
    ByteImage blanked = image.copy();
    for (int i = 0; i < blanked.array().length; i++) {
      blanked.array()[i] = hole.array()[i / 3] ? 0 : blanked.array()[i];
    }
    assertThat(new NavierStokesFill(3).fill(blanked, hole)).isEqualTo(image);
  }

  @Test
  void fill_nothingOrEverything_changesNothing() {
    ByteImage image = ramp(hole(20, 28));
    Mask all = Mask.none(SIZE).not();
    assertThat(new NavierStokesFill(3).fill(image, Mask.none(SIZE))).isEqualTo(image);
    assertThat(new NavierStokesFill(3).fill(image, all)).isEqualTo(image);
  }

  @Test
  void arguments_outOfRange_areRefused() {
    assertThatThrownBy(() -> new NavierStokesFill(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radiusPx");
    assertThatThrownBy(() -> new NavierStokesFill(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new NavierStokesFill(3).fill(ByteImage.create(SIZE, 1), Mask.none(SIZE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RGB");
  }
}
