package org.stereo4d.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16Test {
  @Test
  void ofFloat_afterToFloat_isIdentityForAllBits() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Float16.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertThat(Float16.toFloat(Float16.ofFloat(value))).isNaN();
      } else {
        assertThat(Float16.ofFloat(value) & 0xffff).isEqualTo(bits);
      }
    }
  }

  @Test
  void ofFloat_betweenTwoHalves_takesTheNearerAndTiesToEven() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = Float16.toFloat((short) bits);
      float high = Float16.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      int even = (bits & 1) == 0 ? bits : bits + 1;
      assertThat(Float16.ofFloat(middle)).isEqualTo((short) even);
      assertThat(Float16.ofFloat(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Float16.ofFloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
  }

  @Test
  void ofFloat_tooLarge_isInfinite() {
    assertThat(Float16.toFloat(Float16.ofFloat(65519.996f))).isEqualTo(65504f);
    assertThat(Float16.toFloat(Float16.ofFloat(65520f))).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Float16.toFloat(Float16.ofFloat(-1e30f))).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
