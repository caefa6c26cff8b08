package org.stereo4d.optim.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ImageSize;
import org.stereo4d.optim.track.TrackOptimizer;
import org.stereo4d.optim.track.TrackOptimizerOptions;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.synthetic.scene.TrueTracks;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.QueryGrid;

/**
 * Each test of tracks on true tracks of the synthetic world with noise of a quarter pixel of
 * disparity, of which a sixth is spoilt: by slipping to another body, by disparity that leaves in
 * the middle of the clip, or by noise of two pixels.
 */
class TrackQualitySceneTest {
  private static final int FRAMES = 40;
  private static final double FRAMES_PER_SECOND = 30;
  private static final double NOISE_PX = 0.25;

  /** Tighter than the defaults, which suit scenes of any size: this room is a few metres wide. */
  private static final double SIGMA_SHARE = 0.01;

  private static final double ROUGHNESS_METERS = 0.01;

  private static final StereoRig RIG =
      new StereoRig(
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60),
          StereoRig.VR180_BASELINE_METERS);

  private static TrueTracks truth;
  private static TrackProblem problem;
  private static TrackSolution solution;

  @BeforeAll
  static void optimize() {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(FRAMES));
    truth =
        clip.tracks(
            RIG.view(),
            QueryGrid.DEFAULTS
                .withEveryFrames(20)
                .withStridePx(16)
                .queries(RIG.view().size(), FRAMES));
    int n = truth.everywhere().count();
    boolean[] mask = new boolean[n * FRAMES];
    float[] xyz = new float[3 * n * FRAMES];
    double[] dynamicShare = new double[n];
    Random random = new Random(1);
    for (int i = 0; i < n; i++) {
      int defect = i % 6 == 0 ? 1 + i / 6 % 3 : 0;
      dynamicShare[i] = moves(i) ? 0.9 : 1e-6;
      for (int t = 0; t < FRAMES; t++) {
        boolean late = t >= FRAMES / 2;
        int seen = defect == 1 && late ? (i + n / 3) % n : i;
        if (!truth.tracks3d().isVisible(seen, t)) {
          continue;
        }
        double noise = random.nextGaussian() * (defect == 3 ? 2 : NOISE_PX);
        double shift = defect == 2 && late ? -2.5 : 0;
        Vec3 point =
            lifted(truth.tracks3d().point(seen, t), clip.worldFromCamera(t), noise + shift);
        int k = i * FRAMES + t;
        mask[k] = true;
        xyz[3 * k] = (float) point.x();
        xyz[3 * k + 1] = (float) point.y();
        xyz[3 * k + 2] = (float) point.z();
      }
    }
    problem =
        new TrackProblem(
            Tracks3d.wrap(FRAMES, xyz, mask.clone(), new byte[3 * n]),
            mask,
            dynamicShare,
            clip.worldFromCameras(),
            RIG);
    solution = new TrackOptimizer(TrackOptimizerOptions.DEFAULTS).optimize(problem, Progress.NONE);
  }

  private static boolean moves(int track) {
    Tracks3d all = truth.everywhere();
    return all.isVisible(track, 0)
        && all.point(track, 0).distanceTo(all.point(track, FRAMES - 1)) > 1e-3;
  }

  /** A point whose disparity was measured with an error. */
  private static Vec3 lifted(Vec3 point, Rigid3 worldFromCamera, double errorPx) {
    Vec3 seen = worldFromCamera.inverse().apply(point);
    double scale = RIG.view().focalXPx() * RIG.baselineMeters();
    double disparity = Math.max(0.5, scale / seen.z() + errorPx);
    return worldFromCamera.apply(seen.times(scale / disparity / seen.z()));
  }

  /** Mean distance from the true points over the tracks that were kept, or dropped, metres. */
  private static double meanError(boolean[] keep, boolean kept) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < keep.length; i++) {
      for (int t = 0; t < FRAMES && keep[i] == kept; t++) {
        if (problem.mask()[i * FRAMES + t] && truth.everywhere().isVisible(i, t)) {
          sum += solution.tracks().point(i, t).distanceTo(truth.everywhere().point(i, t));
          n++;
        }
      }
    }
    return sum / n;
  }

  private static String judge(String name, QualityOptions options, double allowedShare) {
    boolean[] all = new TrackQuality(QualityOptions.OFF).judge(problem, solution, 1).keep();
    boolean[] keep = new TrackQuality(options).judge(problem, solution, FRAMES_PER_SECOND).keep();
    int dropped = 0;
    for (int i = 0; i < keep.length; i++) {
      dropped += all[i] && !keep[i] ? 1 : 0;
    }
    double share = meanError(keep, true) / meanError(all, true);
    assertThat(dropped).as(name).isPositive();
    assertThat(meanError(keep, false)).as(name).isGreaterThan(meanError(keep, true));
    assertThat(share).as(name).isLessThan(allowedShare);
    return String.format(
        "%s: dropped %d of %d, error kept %.1f mm, dropped %.1f mm, all %.1f mm%n",
        name,
        dropped,
        keep.length,
        1000 * meanError(keep, true),
        1000 * meanError(keep, false),
        1000 * meanError(all, true));
  }

  @Test
  void judge_spoiltTracks_keptOnesAreMoreAccurateThanDroppedOnes() throws IOException {
    QualityOptions defaults = QualityOptions.DEFAULTS;
    QualityOptions off = QualityOptions.OFF;
    String table =
        judge("confidence", off.withMaxSigmaShare(SIGMA_SHARE), 1)
            + judge("smoothness", off.withMaxRoughnessMeters(ROUGHNESS_METERS), 1)
            + judge(
                "stereo consistency",
                off.withMaxDisparityChangePx(defaults.maxDisparityChangePx()),
                1)
            + judge(
                "plausible motion",
                off.withMaxSpeedMetersPerSecond(defaults.maxSpeedMetersPerSecond()),
                1)
            + judge("all", defaults, 0.6);
    Files.writeString(Path.of("target", "track-quality.txt"), table);
  }
}
