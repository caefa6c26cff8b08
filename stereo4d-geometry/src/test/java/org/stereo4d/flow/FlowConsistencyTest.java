package org.stereo4d.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class FlowConsistencyTest {
  private static FlowField row(float... dx) {
    FloatImage px = FloatImage.create(new ImageSize(dx.length, 1), 2);
    for (int x = 0; x < dx.length; x++) {
      px.set(x, 0, 0, dx[x]);
    }
    return new FlowField(px);
  }

  @Test
  void valid_oppositeFlows_areValidWhereTheyStayInside() {
    // pixel 3 moves to 5, outside
    boolean[] valid =
        FlowConsistency.DEFAULTS.valid(row(2, 2, 0, 2, 0), row(0, 0, -2, -2, 0)).array();
    assertThat(valid).containsExactly(true, true, false, false, true);
  }

  @Test
  void inconsistent_boundIsRelativePlusAbsolute() {
    // |f + g| = e against 0.01 (10 + 10 + e) + 0.5 of pixel 0, which lands on pixel 10
    float[] forward = new float[21];
    float[] backward = new float[21];
    forward[0] = 10;
    backward[0] = 10;
    backward[10] = -10.69f;
    assertThat(FlowConsistency.DEFAULTS.inconsistent(row(forward), row(backward)).at(0, 0))
        .isFalse();
    backward[10] = -10.71f;
    assertThat(FlowConsistency.DEFAULTS.inconsistent(row(forward), row(backward)).at(0, 0))
        .isTrue();
  }

  @Test
  void valid_unknownFlow_fails() {
    float nan = Float.NaN;
    assertThat(FlowConsistency.DEFAULTS.valid(row(nan, 1, 0), row(0, 0, nan)).array())
        .containsExactly(false, false, false);
    assertThat(FlowConsistency.DEFAULTS.inconsistent(row(nan, 1, 0), row(0, 0, nan)).array())
        .containsExactly(true, true, true);
  }

  @Test
  void options_negative_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowConsistency.DEFAULTS.withAbsolutePx(-1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowConsistency.DEFAULTS.withRelative(Double.NaN));
  }

  @Test
  void endPointErrors_skipUnknownTruth_andCountMissingEstimates() {
    float nan = Float.NaN;
    EndPointErrors errors = EndPointErrors.of(row(1, 5, nan, 4), row(1, 2, 3, nan));
    assertThat(errors.count()).isEqualTo(2);
    assertThat(errors.coverage()).isEqualTo(2 / 3.0);
    assertThat(errors.meanPx()).isEqualTo(1.5);
    assertThat(errors.medianPx()).isZero();
    assertThat(errors.shareAbove(1)).isEqualTo(0.5);
    assertThat(EndPointErrors.of(row(nan), row(1)).meanPx()).isNaN();
  }
}
