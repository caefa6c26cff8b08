package org.stereo4d.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.stereo4d.track.TapVid3dMetrics.Protocol;
import org.stereo4d.track.TapVid3dMetrics.Radius;
import org.stereo4d.track.TapVid3dMetrics.Scaling;

class TapVid3dMetricsTest {
  private static final int TRACKS = 6;
  private static final int FRAMES = 5;
  private static final double FOCAL_PX = 200;

  private static CameraTracks tracks(long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] xyz = new double[3 * TRACKS * FRAMES];
    boolean[] visible = new boolean[TRACKS * FRAMES];
    for (int e = 0; e < visible.length; e++) {
      xyz[3 * e] = scale * (random.nextDouble() - 0.5);
      xyz[3 * e + 1] = scale * (random.nextDouble() - 0.5);
      xyz[3 * e + 2] = scale * (2 + random.nextDouble());
      visible[e] = e % FRAMES == 0 || random.nextInt(3) > 0;
    }
    return CameraTracks.wrap(FRAMES, xyz, visible);
  }

  @Test
  void of_scaledCopyOfTheTruth_isPerfectUnderEveryScaling() {
    CameraTracks truth = tracks(1, 1);
    CameraTracks copy = tracks(1, 0.37);
    for (Scaling scaling : Scaling.values()) {
      TapVid3dMetrics m =
          TapVid3dMetrics.of(
              truth, copy, new int[TRACKS], new Protocol(FOCAL_PX, scaling, Radius.ADAPTIVE));
      double expected = scaling == Scaling.NONE ? 0 : 1;
      assertThat(m.occlusionAccuracy()).isEqualTo(1);
      assertThat(m.averagePointsWithin()).as("%s", scaling).isCloseTo(expected, within(1e-12));
      assertThat(m.averageJaccard()).as("%s", scaling).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void of_oneTrack_isHandChecked() {
    // one track, 4 frames at depth 2 m; prediction off by 0, 0.03, 0.03, 1 m in x
    double[] truth = {0, 0, 2, 0, 0, 2, 0, 0, 2, 0, 0, 2};
    double[] shifted = {0, 0, 2, 0.03, 0, 2, 0.03, 0, 2, 1, 0, 2};
    boolean[] visible = {true, true, true, false};
    boolean[] predicted = {true, true, false, true};
    TapVid3dMetrics m =
        TapVid3dMetrics.of(
            CameraTracks.wrap(4, truth, visible),
            CameraTracks.wrap(4, shifted, predicted),
            new int[1],
            new Protocol(FOCAL_PX, Scaling.NONE, Radius.FIXED));
    assertThat(m.occlusionAccuracy()).isEqualTo(0.5);
    // 0.01 m: only frame 0 is near; seen but wrong: frames 1 and 3
    assertThat(m.pointsWithin()[0]).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(m.jaccard()[0]).isCloseTo(1 / 5.0, within(1e-15));
    // 0.04 m: frames 0 to 2 are near; near and seen: 0 and 1; seen but wrong: frame 3
    assertThat(m.pointsWithin()[1]).isEqualTo(1);
    assertThat(m.jaccard()[1]).isCloseTo(2 / 4.0, within(1e-15));
  }

  @Test
  void of_neighborhoods_ofFarApartTracks_arePerTrajectory() {
    CameraTracks truth = tracks(2, 1);
    for (int i = 0; i < TRACKS; i++) {
      for (int t = 0; t < FRAMES; t++) {
        truth.xyz()[3 * (i * FRAMES + t)] += i;
      }
    }
    CameraTracks prediction =
        CameraTracks.wrap(FRAMES, truth.xyz().clone(), tracks(3, 1).visible());
    for (int k = 0; k < prediction.xyz().length; k++) {
      prediction.xyz()[k] *= 1 + 0.01 * (k % 7);
    }
    Protocol near = new Protocol(FOCAL_PX, Scaling.LOCAL_NEIGHBORHOOD, Radius.FIXED);
    Protocol each = new Protocol(FOCAL_PX, Scaling.PER_TRAJECTORY, Radius.FIXED);
    TapVid3dMetrics a = TapVid3dMetrics.of(truth, prediction, new int[TRACKS], near);
    TapVid3dMetrics b = TapVid3dMetrics.of(truth, prediction, new int[TRACKS], each);
    assertThat(a.pointsWithin()).isEqualTo(b.pointsWithin());
  }

  @Test
  void of_neighborhoods_keepTheVisibleCountOfEachTrack() {
    // two coincident tracks, one of them predicted far off: each neighbourhood is half right
    double[] truth = new double[3 * 2 * FRAMES];
    double[] predicted = new double[3 * 2 * FRAMES];
    for (int e = 0; e < 2 * FRAMES; e++) {
      truth[3 * e + 2] = 2;
      predicted[3 * e] = e < FRAMES ? 0 : 5;
      predicted[3 * e + 2] = 2;
    }
    boolean[] visible = new boolean[2 * FRAMES];
    Arrays.fill(visible, true);
    TapVid3dMetrics m =
        TapVid3dMetrics.of(
            CameraTracks.wrap(FRAMES, truth, visible),
            CameraTracks.wrap(FRAMES, predicted, visible),
            new int[2],
            new Protocol(FOCAL_PX, Scaling.LOCAL_NEIGHBORHOOD, Radius.FIXED));
    assertThat(m.averagePointsWithin()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void of_contradictingSizes_isRefused() {
    CameraTracks truth = tracks(1, 1);
    CameraTracks other = CameraTracks.wrap(1, new double[3], new boolean[1]);
    Protocol options = Protocol.ofFocalPx(FOCAL_PX);
    assertThatThrownBy(() -> TapVid3dMetrics.of(truth, other, new int[TRACKS], options))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TapVid3dMetrics.of(truth, truth, new int[2], options))
        .hasMessageContaining("6 tracks");
    int[] beyond = new int[TRACKS];
    beyond[1] = FRAMES;
    assertThatThrownBy(() -> TapVid3dMetrics.of(truth, truth, beyond, options))
        .hasMessageContaining("was 5");
  }

  @Test
  void mean_countsFailedVideosAsZero() {
    double[] ones = {1, 1, 1, 1, 1};
    TapVid3dMetrics one = new TapVid3dMetrics(1, ones, ones);
    TapVid3dMetrics mean = TapVid3dMetrics.mean(List.of(one, one), 2);
    assertThat(mean.occlusionAccuracy()).isEqualTo(0.5);
    assertThat(mean.averageJaccard()).isEqualTo(0.5);
  }

  @Test
  void evaluationFocalPx_scalesTheShorterSideTo256() {
    assertThat(TapVid3dMetrics.evaluationFocalPx(1000, 1000, 1920, 1024)).isEqualTo(250);
  }
}
