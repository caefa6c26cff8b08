package org.stereo4d.tracking.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.metric.TrackMetrics2d.Frames;

class TrackMetrics2dTest {
  private static final ImageSize SIZE = new ImageSize(256, 256);
  private static final double EXACT = 1e-12;

  private static Tracks2d track(float[] xs, boolean... visible) {
    float[] xy = new float[2 * xs.length];
    for (int t = 0; t < xs.length; t++) {
      xy[2 * t] = xs[t];
    }
    return Tracks2d.wrap(
        QueryPoints.wrap(new int[] {0}, new float[] {0, 0}), xs.length, xy, visible);
  }

  private static final Tracks2d TRUTH = track(new float[] {0, 10, 20, 30}, true, true, true, false);

  @Test
  void of_theTruthItself_isPerfect() {
    TrackMetrics2d metrics = TrackMetrics2d.of(TRUTH, TRUTH, SIZE, Frames.ALL);
    assertThat(metrics.occlusionAccuracy()).isEqualTo(1);
    assertThat(metrics.averagePointsWithin()).isEqualTo(1);
    assertThat(metrics.averageJaccard()).isEqualTo(1);
  }

  @Test
  void of_oneErrorOfThreePixels_countsByHand() {
    // visible 3: errors 0, 3, 0; the last frame is hidden but predicted visible
    Tracks2d prediction = track(new float[] {0, 13, 20, 30}, true, true, true, true);
    TrackMetrics2d metrics = TrackMetrics2d.of(TRUTH, prediction, SIZE, Frames.ALL);
    assertThat(metrics.occlusionAccuracy()).isCloseTo(0.75, within(EXACT));
    assertThat(metrics.pointsWithin()[0]).isCloseTo(2 / 3.0, within(EXACT));
    assertThat(metrics.pointsWithin()[2]).isCloseTo(1, within(EXACT));
    // 1 px: hits 2, wrong 2 (the far one and the hidden one): 2 / (3 + 2)
    assertThat(metrics.jaccard()[0]).isCloseTo(0.4, within(EXACT));
    // 4 px: hits 3, wrong 1: 3 / (3 + 1)
    assertThat(metrics.jaccard()[2]).isCloseTo(0.75, within(EXACT));
  }

  @Test
  void of_errorOfExactlyTheThreshold_isNotWithin() {
    Tracks2d prediction = track(new float[] {1, 11, 21, 31}, true, true, true, false);
    TrackMetrics2d metrics = TrackMetrics2d.of(TRUTH, prediction, SIZE, Frames.ALL);
    assertThat(metrics.pointsWithin()[0]).isZero();
    assertThat(metrics.pointsWithin()[1]).isEqualTo(1);
  }

  @Test
  void of_largerPicture_isScaledTo256() {
    Tracks2d prediction = track(new float[] {1.5f, 11.5f, 21.5f, 31.5f}, true, true, true, false);
    assertThat(
            TrackMetrics2d.of(TRUTH, prediction, new ImageSize(512, 512), Frames.ALL)
                .pointsWithin()[0])
        .isEqualTo(1);
  }

  @Test
  void of_framesAfterTheQuery_leaveTheQueryOut() {
    Tracks2d prediction = track(new float[] {90, 10, 20, 30}, false, true, true, false);
    assertThat(TrackMetrics2d.of(TRUTH, prediction, SIZE, Frames.AFTER_QUERY).averageJaccard())
        .isEqualTo(1);
    assertThat(TrackMetrics2d.of(TRUTH, prediction, SIZE, Frames.BUT_QUERY).averageJaccard())
        .isEqualTo(1);
    assertThat(TrackMetrics2d.of(TRUTH, prediction, SIZE, Frames.ALL).averageJaccard())
        .isLessThan(1);
  }

  @Test
  void forwardBackward_knownErrors_givesSharesOfAllPoints() {
    ForwardBackward result = new ForwardBackward(5, new double[] {0.5, 1.5, Double.NaN, 0.1, 10});
    assertThat(result.aliveShare()).isEqualTo(0.8);
    assertThat(result.shareBelow(1)).isEqualTo(0.4);
    assertThat(result.shareBelow(2)).isCloseTo(0.6, within(EXACT));
    assertThat(result.percentilePx(0.5)).isEqualTo(1.0);
  }
}
