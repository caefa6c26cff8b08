package org.stereo4d.examples.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.examples.report.SvgPlot;
import org.stereo4d.image.ImageSize;
import org.stereo4d.optim.track.TrackOptimizer;
import org.stereo4d.optim.track.TrackOptimizerOptions;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.synthetic.scene.TrueTracks;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;

/** Point tracks, and what optimisation makes of noisy depth. */
final class TrackPart {
  private static final PinholeCamera VIEW =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60);
  private static final int TRACKED_FRAMES = 20;
  private static final int FRAMES = 60;

  /** Noise of a good matcher and tracker. */
  private static final double DISPARITY_SIGMA_PX = 0.3;

  private static final double PLACE_SIGMA_PX = 0.15;

  private TrackPart() {}

  static void run(HtmlPage page, Scores scores, Progress progress) {
    scores.add(
        Score.atMost(
            "tracking", "point tracks, median error", trackingErrorPx(progress), 0.5, "px"));
    optimise(page, scores, progress);
  }

  private static double trackingErrorPx(Progress progress) {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(TRACKED_FRAMES));
    QueryPoints queries =
        QueryGrid.DEFAULTS
            .withEveryFrames(TRACKED_FRAMES)
            .withStridePx(16)
            .queries(VIEW.size(), TRACKED_FRAMES);
    Tracks2d truth = clip.tracks(VIEW, queries).tracks2d();
    Tracks2d found =
        new KltTracker(KltOptions.DEFAULTS)
            .track(clip.leftImages(VIEW), queries, progress)
            .tracks();
    double[] errors = new double[truth.visible().length];
    int n = 0;
    for (int i = 0; i < truth.count(); i++) {
      for (int t = 0; t < TRACKED_FRAMES; t++) {
        if (truth.isVisible(i, t) && found.isVisible(i, t)) {
          errors[n++] =
              Math.hypot(
                  truth.xPx(i, t) - (double) found.xPx(i, t),
                  truth.yPx(i, t) - (double) found.yPx(i, t));
        }
      }
    }
    Arrays.sort(errors, 0, n);
    return errors[n / 2];
  }

  private static void optimise(HtmlPage page, Scores scores, Progress progress) {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS,
            Preset.MOVING_OBJECTS
                .options()
                .withCameraMotion(CameraMotion.WALKING)
                .withFrameCount(FRAMES));
    QueryPoints queries =
        QueryGrid.DEFAULTS.withEveryFrames(20).withStridePx(16).queries(VIEW.size(), FRAMES);
    TrueTracks truth = clip.tracks(VIEW, queries);
    StereoRig rig = new StereoRig(VIEW, clip.options().baselineMeters());
    List<Rigid3> poses = clip.worldFromCameras();
    Tracks3d lifted = noisy(truth.tracks3d(), poses, rig);
    TrackProblem problem = TrackProblem.of(lifted, poses, rig);
    TrackSolution ours =
        new TrackOptimizer(TrackOptimizerOptions.DEFAULTS).optimize(problem, progress);
    TrackSolution reference =
        new TrackOptimizer(TrackOptimizerOptions.REFERENCE).optimize(problem, progress);
    boolean[] moving = new boolean[truth.object().length];
    for (int i = 0; i < moving.length; i++) {
      int object = truth.object()[i];
      moving[i] = object >= 0 && clip.scene().objects().get(object).moving();
    }
    Judge judge = new Judge(truth.tracks3d(), moving, ours.summaries());
    scores.add(
        Score.atMost(
            "optimisation",
            "still points, error against the reference's",
            judge.errorMeters(ours.tracks(), false) / judge.errorMeters(reference.tracks(), false),
            0.25,
            "x"));
    scores.add(
        Score.atMost(
            "optimisation",
            "moving points, error against the reference's",
            judge.errorMeters(ours.tracks(), true) / judge.errorMeters(reference.tracks(), true),
            0.62,
            "x"));
    scores.add(
        Score.atLeast(
            "optimisation",
            "still points, jitter of lifted against optimised",
            judge.jitterMeters(lifted) / judge.jitterMeters(ours.tracks()),
            5,
            "x"));
    plot(page, ours);
  }

  /** The true points as a matcher and a tracker with noise would lift them. */
  private static Tracks3d noisy(Tracks3d truth, List<Rigid3> poses, StereoRig rig) {
    SplittableRandom random = new SplittableRandom(5);
    float[] xyz = truth.xyz().clone();
    double[] xy = new double[2];
    double scale = rig.view().focalXPx() * rig.baselineMeters();
    for (int i = 0; i < truth.count(); i++) {
      for (int t = 0; t < truth.frameCount(); t++) {
        if (!truth.isVisible(i, t)) {
          continue;
        }
        Vec3 p = poses.get(t).inverse().apply(truth.point(i, t));
        rig.view().project(p.x(), p.y(), p.z(), xy);
        double disparity = scale / p.z() + DISPARITY_SIGMA_PX * gauss(random);
        double depth = scale / Math.max(0.5, disparity);
        Vec3 lifted =
            poses
                .get(t)
                .apply(
                    rig.view()
                        .unproject(
                            xy[0] + PLACE_SIGMA_PX * gauss(random),
                            xy[1] + PLACE_SIGMA_PX * gauss(random),
                            depth));
        int k = 3 * (i * truth.frameCount() + t);
        xyz[k] = (float) lifted.x();
        xyz[k + 1] = (float) lifted.y();
        xyz[k + 2] = (float) lifted.z();
      }
    }
    return Tracks3d.wrap(truth.frameCount(), xyz, truth.visible().clone(), truth.rgb().clone());
  }

  /** Box-Muller, since the generator has no normal numbers on every Java platform. */
  private static double gauss(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static void plot(HtmlPage page, TrackSolution solution) {
    List<Double> before = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    for (TrackSolution.Summary summary : solution.summaries()) {
      if (summary.energyBefore() > 0 && summary.energyAfter() > 0) {
        before.add(Math.log10(summary.energyBefore()));
        after.add(Math.log10(summary.energyAfter()));
      }
    }
    page.section("Optimisation of tracks")
        .plot(
            "Energy of each track, log10, sorted: before and after",
            SvgPlot.lines(
                "Energy before and after",
                "% of tracks",
                new double[] {0, 100},
                List.of(
                    new SvgPlot.Line("before", sorted(before)),
                    new SvgPlot.Line("after", sorted(after)))));
  }

  /** At most 200 values, evenly chosen. */
  private static double[] sorted(List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = Math.min(200, all.length);
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = all[n < 2 ? 0 : (int) ((long) i * (all.length - 1) / (n - 1))];
    }
    return out;
  }

  /** Compares tracks with the truth; those too short to be optimised stay what they were. */
  @SuppressWarnings("ArrayRecordComponent") // lives for one call
  private record Judge(Tracks3d truth, boolean[] moving, TrackSolution.Summary[] summaries) {
    private boolean counts(int track, boolean ofMoving) {
      return moving[track] == ofMoving
          && summaries[track].termination() != TrackSolution.Termination.SKIPPED;
    }

    /** Root mean square distance from the true points. */
    double errorMeters(Tracks3d found, boolean ofMoving) {
      double sum = 0;
      long n = 0;
      for (int i = 0; i < truth.count(); i++) {
        for (int t = 0; t < truth.frameCount() && counts(i, ofMoving); t++) {
          if (found.isVisible(i, t)) {
            double d = found.point(i, t).distanceTo(truth.point(i, t));
            sum += d * d;
            n++;
          }
        }
      }
      return Math.sqrt(sum / n);
    }

    /** Root mean square step of still points from frame to frame. */
    double jitterMeters(Tracks3d found) {
      double sum = 0;
      long n = 0;
      for (int i = 0; i < truth.count(); i++) {
        for (int t = 1; t < truth.frameCount() && counts(i, false); t++) {
          if (found.isVisible(i, t) && found.isVisible(i, t - 1)) {
            double d = found.point(i, t).distanceTo(found.point(i, t - 1));
            sum += d * d;
            n++;
          }
        }
      }
      return Math.sqrt(sum / n);
    }
  }
}
