package org.stereo4d.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class StereoDepthTest {
  private static final ImageSize SIZE = new ImageSize(64, 40);
  private static final StereoRig RIG =
      new StereoRig(PinholeCamera.ofHorizontalFovDegrees(SIZE, 60), 0.063);
  private static final StereoDepth STAGE = new StereoDepth(RIG, StereoDepthOptions.DEFAULTS);

  private static DisparityMap constant(float px) {
    FloatImage image = FloatImage.create(SIZE, 1);
    Arrays.fill(image.array(), px);
    return new DisparityMap(image);
  }

  @Test
  void left_constantDisparity_isTheFormula() {
    StereoFlow flow = StereoFlow.ofDisparities(constant(2), constant(2));
    double expected = RIG.view().focalXPx() * 0.063 / 2;
    assertThat((double) STAGE.left(flow).at(30, 20)).isCloseTo(expected, within(1e-5));
    assertThat((double) STAGE.right(flow).at(30, 20)).isCloseTo(expected, within(1e-5));
    // the partner of column 0 lies outside the right view, where the way back is 0
    assertThat(STAGE.left(flow).at(0, 20)).isNaN();
    assertThat(STAGE.right(flow).at(63, 20)).isNaN();
  }

  @Test
  void left_unknownOrInfiniteMatches_areUnknown() {
    StereoFlow flow = StereoFlow.ofDisparities(constant(2), constant(2));
    flow.leftToRight().px().set(30, 20, 0, Float.NaN);
    flow.leftToRight().px().set(31, 20, 0, Float.NEGATIVE_INFINITY);
    flow.leftToRight().px().set(32, 20, 1, Float.NaN);
    DepthMap depth =
        new StereoDepth(RIG, StereoDepthOptions.DEFAULTS.withoutGradientRule()).left(flow);
    for (int x = 30; x < 33; x++) {
      assertThat(depth.at(x, 20)).isNaN();
    }
    assertThat(depth.at(33, 20)).isPositive();
  }

  @Test
  void left_everythingInvalid_isAllUnknown() {
    StereoFlow flow = StereoFlow.ofDisparities(constant(-3), constant(-3));
    assertThat(STAGE.left(flow).known().count()).isZero();
  }

  @Test
  void left_otherSize_isRefused() {
    FlowField small = FlowField.zero(new ImageSize(9, 9));
    assertThatThrownBy(() -> STAGE.left(new StereoFlow(small, small)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9x9");
    assertThatThrownBy(() -> new StereoFlow(small, FlowField.zero(SIZE)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
