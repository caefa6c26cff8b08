package org.stereo4d.videoloop.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class RobustPenaltyParityTest {
  private static final double RELATIVE = 1e-9; // double against double
  private static final Pattern NAME = Pattern.compile("rou_(m?)([0-9p]+|mse|abs)_s([0-9p]+)");

  @Test
  void penalty_goldenResiduals_valueAndDerivativeAgree() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/robust_loss.npz"))) {
      double[] residuals = npz.doubles("x");
      int cases = 0;
      for (String name : npz.names()) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
          continue;
        }
        cases++;
        RobustPenalty penalty = penalty(matcher);
        double[] values = npz.doubles(name);
        double[] derivatives = npz.doubles(name + "_grad");
        for (int i = 0; i < residuals.length; i++) {
          assertThat(penalty.value(residuals[i])).as(name).isCloseTo(values[i], close(values[i]));
          assertThat(penalty.derivative(residuals[i]))
              .as(name)
              .isCloseTo(derivatives[i], close(derivatives[i]));
        }
      }
      assertThat(cases).isPositive();
    }
  }

  private static org.assertj.core.data.Offset<Double> close(double value) {
    return within(RELATIVE * Math.max(1e-6, Math.abs(value)));
  }

  private static RobustPenalty penalty(Matcher name) {
    double scale = Double.parseDouble(name.group(3).replace('p', '.'));
    return switch (name.group(2)) {
      case "mse" -> RobustPenalty.SQUARED;
      case "abs" -> RobustPenalty.ABSOLUTE;
      default -> {
        double shape = Double.parseDouble(name.group(2).replace('p', '.'));
        yield RobustPenalty.general(name.group(1).isEmpty() ? shape : -shape, scale);
      }
    };
  }
}
