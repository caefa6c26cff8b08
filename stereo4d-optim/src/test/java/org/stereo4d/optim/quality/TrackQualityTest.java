package org.stereo4d.optim.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ImageSize;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.track.Tracks3d;

/** One good track and one bad one per test. */
class TrackQualityTest {
  private static final int FRAMES = 20;
  private static final List<Rigid3> POSES = Collections.nCopies(FRAMES, Rigid3.IDENTITY);
  private static final StereoRig RIG =
      new StereoRig(PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60), 0.063);

  /** Track 0 walks, 1 is unsure, 2 trembles, 3 left its disparity, 4 jumps, 5 is never seen. */
  private static QualityReport judge(QualityOptions options) {
    int n = 6;
    float[] raw = new float[3 * n * FRAMES];
    float[] after = new float[3 * n * FRAMES];
    float[] sigma = new float[n * FRAMES];
    boolean[] visible = new boolean[n * FRAMES];
    Random random = new Random(3);
    Arrays.fill(sigma, 0.01f);
    for (int i = 0; i < n; i++) {
      for (int t = 0; t < FRAMES; t++) {
        int k = i * FRAMES + t;
        visible[k] = i != 5;
        raw[3 * k] = 0.01f * t;
        raw[3 * k + 2] = 2;
      }
    }
    System.arraycopy(raw, 0, after, 0, raw.length);
    for (int t = 0; t < FRAMES; t++) {
      sigma[FRAMES + t] = 0.5f;
      after[3 * (2 * FRAMES + t) + 1] = 0.2f * (random.nextFloat() - 0.5f);
      after[3 * (3 * FRAMES + t) + 2] = 2.5f;
      after[3 * (4 * FRAMES + t)] += t == FRAMES / 2 ? 1.5f : 0;
    }
    byte[] rgb = new byte[3 * n];
    TrackProblem problem =
        new TrackProblem(
            Tracks3d.wrap(FRAMES, raw, visible, rgb), visible, new double[n], POSES, RIG);
    TrackSolution solution =
        new TrackSolution(
            Tracks3d.wrap(FRAMES, after, visible.clone(), rgb),
            sigma,
            new TrackSolution.Summary[n],
            Double.NaN,
            new TrackSolution.EnergyCurve(new int[1], new double[1]));
    return new TrackQuality(options).judge(problem, solution, 30);
  }

  @Test
  void judge_oneDefectEach_namesIt() {
    QualityReport report = judge(QualityOptions.DEFAULTS);
    assertThat(report.keep()).containsExactly(true, false, false, false, false, false);
    assertThat(report.unsure()).containsExactly(false, true, false, false, false, false);
    assertThat(report.rough()).containsExactly(false, false, true, false, false, false);
    assertThat(report.inconsistent()).containsExactly(false, false, false, true, false, false);
    assertThat(report.implausible()).containsExactly(false, false, false, false, true, false);
    assertThat(report.counts()).containsEntry("kept", 1).containsEntry("rough", 1);
  }

  @Test
  void judge_off_keepsEveryTrackWithPoints() {
    assertThat(judge(QualityOptions.OFF).keep())
        .containsExactly(true, true, true, true, true, false);
  }

  @Test
  void judge_oneOrThreeThreads_givesTheSame() throws Exception {
    boolean[] one;
    boolean[] three;
    ForkJoinPool single = new ForkJoinPool(1);
    ForkJoinPool triple = new ForkJoinPool(3);
    try {
      one = single.submit(() -> judge(QualityOptions.DEFAULTS).keep()).get();
      three = triple.submit(() -> judge(QualityOptions.DEFAULTS).keep()).get();
    } finally {
      single.shutdown();
      triple.shutdown();
    }
    assertThat(one).isEqualTo(three);
  }
}
