package org.stereo4d.videoloop.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustPenaltyTest {
  private static final double ROUNDING = 1e-6; // gradients are floats

  @Test
  void addRow_anyShape_isSumOfValuesAndAddsDerivatives() {
    Random random = new Random(5);
    for (double shape : new double[] {-2, -1, 0, 1, 2}) {
      RobustPenalty penalty = RobustPenalty.general(shape, 0.1);
      float[] own = new float[20];
      float[] wanted = new float[25];
      for (int i = 0; i < 20; i++) {
        own[i] = random.nextFloat();
        wanted[i + 5] = random.nextFloat();
      }
      float[] gradient = new float[20];
      double sum = penalty.addRow(own, 3, wanted, 8, 12, 0.5, gradient);
      double expected = 0;
      for (int i = 3; i < 15; i++) {
        double residual = own[i] - wanted[i + 5];
        expected += penalty.value(residual);
        double slope = 0.5 * penalty.derivative(residual);
        assertThat(gradient[i]).isCloseTo((float) slope, within((float) ROUNDING * 100));
      }
      assertThat(sum).isCloseTo(expected, within(ROUNDING * Math.abs(expected)));
      assertThat(gradient[2]).isZero();
      assertThat(gradient[15]).isZero();
    }
  }

  @Test
  void value_generalShape_derivativeIsItsSlope() {
    double step = 1e-5;
    for (double shape : new double[] {-2, -1, 0, 1, 2}) {
      RobustPenalty penalty = RobustPenalty.general(shape, 0.1);
      for (double r = -0.9; r < 1; r += 0.17) {
        double slope = (penalty.value(r + step) - penalty.value(r - step)) / (2 * step);
        assertThat(penalty.derivative(r)).isCloseTo(slope, within(1e-4 * Math.abs(slope) + 1e-7));
      }
    }
  }
}
