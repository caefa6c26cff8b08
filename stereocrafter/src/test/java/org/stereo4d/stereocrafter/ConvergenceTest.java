package org.stereo4d.stereocrafter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.stereocrafter.splat.DisparityModel;

class ConvergenceTest {
  private static final ImageSize SIZE = new ImageSize(40, 16);

  /** A float of at most 1. */
  private static final double ROUNDING = 1e-6;

  /** Of one nearness in the middle, 1 at the border. */
  private static InverseDepthMap middle(float nearness) {
    FloatImage map = FloatImage.create(SIZE, 1);
    Arrays.fill(map.array(), 1);
    for (int y = 2; y < 14; y++) {
      Arrays.fill(map.array(), y * 40 + 5, y * 40 + 35, nearness);
    }
    map.array()[8 * 40 + 20] = Float.NaN;
    return new InverseDepthMap(map);
  }

  @Test
  void middle_overTime_ignoresTheBorder() {
    Convergence convergence = new Convergence();
    assertThat(convergence.mean()).isEqualTo(0.5);
    assertThat(convergence.maximum()).isEqualTo(0.5);
    convergence.accept(middle(0.2f));
    convergence.accept(middle(0.6f));
    assertThat(convergence.mean()).isCloseTo(0.4, within(ROUNDING));
    assertThat(convergence.maximum()).isCloseTo(0.6, within(ROUNDING));
    assertThat(convergence.between()).isCloseTo(0.5, within(ROUNDING));
  }

  @Test
  void salient_part_drifts_andIsForgottenAtCuts() {
    FloatImage map = FloatImage.create(SIZE, 1);
    boolean[] salient = new boolean[SIZE.area()];
    for (int i = 0; i <= 100; i++) {
      map.array()[i] = 0.4f + 0.001f * i;
      salient[i] = true;
    }
    InverseDepthMap nearness = new InverseDepthMap(map);
    Mask mask = Mask.wrap(salient, SIZE);
    Mask none = Mask.wrap(new boolean[SIZE.area()], SIZE);
    Convergence convergence = new Convergence();
    assertThat(convergence.of(nearness, mask, 0.5)).isCloseTo(0.45, within(ROUNDING));
    assertThat(convergence.of(nearness, none, 0.5)).isCloseTo(0.455, within(ROUNDING));
    convergence.reset();
    // q10 = 0.41 and q90 = 0.49: 0.45 + 0.5 * 3 * 0.08
    assertThat(convergence.of(nearness, mask, 1)).isCloseTo(0.57, within(ROUNDING));
  }

  @Test
  void fadedAtBorders_isZeroAtBothSidesAndWholeInside() {
    FloatImage px = FloatImage.create(new ImageSize(200, 2), 1);
    Arrays.fill(px.array(), 3);
    DisparityMap faded =
        DisparityModel.ofPercentOfWidth(4, 200).fadedAtBorders(new DisparityMap(px));
    // 0.0075 * 4 * 200 columns
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 200; x++) {
        double ramp = Math.min(1, Math.min(x, 199 - x) / 5.0);
        assertThat((double) faded.at(x, y)).isCloseTo(3 * ramp, within(ROUNDING));
      }
    }
    assertThat(new DisparityModel(0, 0.5).fadedAtBorders(new DisparityMap(px)).px()).isEqualTo(px);
  }
}
