package org.stereo4d.videoloop.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SigmoidTest {
  /** What the class promises. */
  private static final double ACCURACY = 3e-7;

  @Test
  void of_wholeRange_agreesWithDouble() {
    for (double x = -100; x <= 100; x += 0.0137) {
      float single = (float) x;
      assertThat((double) Sigmoid.of(single))
          .isCloseTo(1 / (1 + Math.exp(-(double) single)), within(ACCURACY));
    }
  }

  @Test
  void inverse_insideAndOutside_undoesOrClamps() {
    assertThat(Sigmoid.inverse(1 / (1 + Math.exp(-1.25)))).isCloseTo(1.25, within(1e-12));
    assertThat(Sigmoid.inverse(-3)).isEqualTo(Sigmoid.inverse(1e-6));
    assertThat(Sigmoid.inverse(7)).isEqualTo(Sigmoid.inverse(1 - 1e-6));
  }
}
