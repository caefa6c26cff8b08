package org.stereo4d.optim.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

class PatchCorrelationTest {
  private static final ImageSize SIZE = new ImageSize(40, 30);

  private static ByteImage noise(long seed) {
    byte[] array = new byte[SIZE.area()];
    new Random(seed).nextBytes(array);
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) ((array[i] & 0xff) / 4);
    }
    return ByteImage.wrap(array, SIZE, 1);
  }

  @Test
  void of_otherBrightnessAndContrast_isOne() {
    ByteImage first = noise(1);
    byte[] changed = first.contiguous().clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (byte) (3 * changed[i] + 20);
    }
    double c =
        new PatchCorrelation().of(first, 20.3, 15.6, ByteImage.wrap(changed, SIZE, 1), 20.3, 15.6);
    assertThat(c).isCloseTo(1, Offset.offset(1e-9));
  }

  @Test
  void of_otherPlaceFlatOrOutside_isLow() {
    PatchCorrelation correlation = new PatchCorrelation();
    assertThat(correlation.of(noise(1), 20, 15, noise(2), 20, 15)).isLessThan(0.5);
    assertThat(correlation.of(noise(1), 20, 15, ByteImage.create(SIZE, 1), 20, 15)).isZero();
    assertThat(correlation.of(noise(1), 2, 15, noise(1), 2, 15)).isEqualTo(-1);
    assertThat(correlation.of(noise(1), Double.NaN, 15, noise(1), 20, 15)).isEqualTo(-1);
  }
}
