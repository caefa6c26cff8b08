package org.stereo4d.optim.quality;

import java.util.Arrays;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.track.Tracks3d;

/** Judges optimised tracks; see the package for the tests. */
public final class TrackQuality {
  private static final int BLOCK = 64;

  private final QualityOptions options;

  /** Tests with the given limits. */
  public TrackQuality(QualityOptions options) {
    this.options = options;
  }

  /**
   * Judges tracks.
   *
   * @param problem what was optimised
   * @param solution what came out
   * @param framesPerSecond of the clip, Hz; > 0
   */
  public QualityReport judge(TrackProblem problem, TrackSolution solution, double framesPerSecond) {
    Check.that(framesPerSecond > 0, "framesPerSecond must be > 0, was %s", framesPerSecond);
    int n = solution.tracks().count();
    Check.that(
        problem.raw().count() == n,
        "the solution of %s tracks does not belong to a problem of %s",
        n,
        problem.raw().count());
    QualityReport report =
        new QualityReport(
            new boolean[n], new boolean[n], new boolean[n], new boolean[n], new boolean[n]);
    Parallel.blocks(
        n,
        BLOCK,
        (start, end) -> {
          Judge judge = new Judge(problem, solution, framesPerSecond);
          for (int i = start; i < end; i++) {
            judge.judge(i, report);
          }
        });
    return report;
  }

  /** Buffers of one thread. */
  private final class Judge {
    private final TrackProblem problem;
    private final Tracks3d tracks;
    private final float[] sigmaMeters;
    private final double framesPerSecond;
    private final double[] values;

    Judge(TrackProblem problem, TrackSolution solution, double framesPerSecond) {
      this.problem = problem;
      this.tracks = solution.tracks();
      this.sigmaMeters = solution.sigmaMeters();
      this.framesPerSecond = framesPerSecond;
      this.values = new double[tracks.frameCount()];
    }

    void judge(int track, QualityReport report) {
      boolean empty = true;
      for (int t = 0; t < tracks.frameCount() && empty; t++) {
        empty = !tracks.isVisible(track, t);
      }
      report.unsure()[track] = medianSigmaShare(track) > options.maxSigmaShare();
      report.rough()[track] = medianRoughness(track) > options.maxRoughnessMeters();
      report.inconsistent()[track] = medianDisparityChange(track) > options.maxDisparityChangePx();
      report.implausible()[track] = fastestStep(track) > options.maxSpeedMetersPerSecond();
      report.keep()[track] =
          !empty
              && !report.unsure()[track]
              && !report.rough()[track]
              && !report.inconsistent()[track]
              && !report.implausible()[track];
    }

    private double medianSigmaShare(int track) {
      int n = 0;
      for (int t = 0; t < tracks.frameCount(); t++) {
        float sigma = sigmaMeters[track * tracks.frameCount() + t];
        if (tracks.isVisible(track, t) && !Float.isNaN(sigma)) {
          Vec3 center = problem.worldFromCameras().get(t).translation();
          values[n++] = sigma / Math.max(1e-9, tracks.point(track, t).distanceTo(center));
        }
      }
      return median(n);
    }

    private double medianRoughness(int track) {
      int n = 0;
      for (int t = 1; t < tracks.frameCount() - 1; t++) {
        if (tracks.isVisible(track, t - 1)
            && tracks.isVisible(track, t)
            && tracks.isVisible(track, t + 1)) {
          Vec3 now = tracks.point(track, t);
          Vec3 back = tracks.point(track, t - 1).minus(now);
          values[n++] = tracks.point(track, t + 1).minus(now).plus(back).norm();
        }
      }
      return median(n);
    }

    private double medianDisparityChange(int track) {
      double focalTimesBaseline = problem.rig().view().focalXPx() * problem.rig().baselineMeters();
      int n = 0;
      for (int t = 0; t < tracks.frameCount(); t++) {
        if (tracks.isVisible(track, t)) {
          Rigid3 cameraFromWorld = problem.worldFromCameras().get(t).inverse();
          double after = cameraFromWorld.apply(tracks.point(track, t)).z();
          double before = cameraFromWorld.apply(problem.raw().point(track, t)).z();
          values[n++] = focalTimesBaseline * Math.abs(1 / after - 1 / before);
        }
      }
      return median(n);
    }

    private double fastestStep(int track) {
      double fastest = 0;
      for (int t = 1; t < tracks.frameCount(); t++) {
        if (tracks.isVisible(track, t - 1) && tracks.isVisible(track, t)) {
          double step = tracks.point(track, t).distanceTo(tracks.point(track, t - 1));
          fastest = Math.max(fastest, step * framesPerSecond);
        }
      }
      return fastest;
    }

    /** 0 without values, which passes every test. */
    private double median(int n) {
      if (n == 0) {
        return 0;
      }
      Arrays.sort(values, 0, n);
      return values[n / 2];
    }
  }
}
