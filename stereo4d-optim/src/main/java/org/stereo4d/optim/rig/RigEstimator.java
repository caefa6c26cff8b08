package org.stereo4d.optim.rig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/**
 * Calibration and poses from nothing but a side-by-side VR180 clip. Holds the gray working views of
 * one clip, at most some hundred frames.
 */
public final class RigEstimator {
  private static final int MIN_MATCHES = 50;
  private static final double MONO_PX = 0.05;
  private static final double STILL_METERS = 0.004;
  private static final double ALIKE = 0.8;

  private final RigEstimatorOptions options;
  private final PointTracker tracker;

  /** An estimator that follows corners with a tracker. */
  public RigEstimator(RigEstimatorOptions options, PointTracker tracker) {
    this.options = options;
    this.tracker = tracker;
  }

  /** Opens the clip anew; it is read twice. */
  @FunctionalInterface
  public interface Source {
    /** A reader at the first frame of the clip. */
    VideoReader open() throws IOException;
  }

  /**
   * Estimates calibration and poses.
   *
   * @param bounds angles of each eye image
   * @param start known or assumed calibration
   */
  public RigEstimate estimate(
      Source source, FovBounds bounds, Vr180Calibration start, Progress progress)
      throws IOException {
    Rotation rotation = new Rotation(start);
    if (options.estimateRotation()) {
      rotation = rotation(source, bounds, start, progress);
      if (rotation.failure != RigReport.Termination.SOLVED) {
        return failed(rotation);
      }
    }
    StereoTracks tracks = follow(source, rotation.calibration, progress);
    StereoRig rig = new StereoRig(view(), options.baselineMeters());
    StereoOdometry.Result odometry = new StereoOdometry(rig, options.odometry()).solve(tracks);
    int solved = 0;
    for (boolean frame : odometry.solved()) {
      solved += frame ? 1 : 0;
    }
    rotation.solvedShare = solved / (double) tracks.frames();
    if (!odometry.solved()[0]) {
      rotation.failure = RigReport.Termination.NO_PARALLAX;
      return failed(rotation);
    }
    if (rotation.solvedShare < 0.5) {
      rotation.failure = RigReport.Termination.DIVERGED;
      return failed(rotation);
    }
    BundleAdjuster.Result adjusted =
        new BundleAdjuster(rig, options.bundle()).adjust(tracks, odometry);
    Rigid3 cameraFromWorld = adjusted.worldFromCameras().get(0).inverse();
    List<Rigid3> poses =
        adjusted.worldFromCameras().stream().map(cameraFromWorld::compose).toList();
    return new RigEstimate(
        rotation.calibration, poses, rotation.report(adjusted.medianErrorPx(), poses));
  }

  private static RigEstimate failed(Rotation rotation) {
    return new RigEstimate(rotation.calibration, List.of(), rotation.report(Double.NaN, List.of()));
  }

  private PinholeCamera view() {
    return PinholeCamera.ofHorizontalFovDegrees(
        new ImageSize(options.viewSidePx(), options.viewSidePx()), options.viewFovDegrees());
  }

  private Rectifier rectifier(Vr180Calibration calibration) {
    return new Rectifier(calibration, RectifierOptions.DEFAULTS.withView(view()));
  }

  /** What is known of the rig so far. */
  private static final class Rotation {
    private Vr180Calibration calibration;
    private RigReport.Termination failure = RigReport.Termination.SOLVED;
    private int matches;
    private double inlierShare = Double.NaN;
    private double verticalBeforePx = Double.NaN;
    private double verticalAfterPx = Double.NaN;
    private double baselineSigmaDegrees = Double.NaN;
    private double solvedShare;

    Rotation(Vr180Calibration calibration) {
      this.calibration = calibration;
    }

    RigReport report(double medianErrorPx, List<Rigid3> poses) {
      double path = 0;
      double reach = 0;
      for (int t = 1; t < poses.size(); t++) {
        path += poses.get(t).translation().distanceTo(poses.get(t - 1).translation());
        reach = Math.max(reach, poses.get(t).translation().norm());
      }
      return new RigReport(
          failure,
          matches,
          inlierShare,
          verticalBeforePx,
          verticalAfterPx,
          Math.toDegrees(calibration.leftFromRectified().angleRadians()),
          Math.toDegrees(calibration.rightFromRectified().angleRadians()),
          baselineSigmaDegrees,
          solvedShare,
          medianErrorPx,
          path,
          !poses.isEmpty() && reach < STILL_METERS);
    }
  }

  private Rotation rotation(
      Source source, FovBounds bounds, Vr180Calibration start, Progress progress)
      throws IOException {
    List<ByteImage> frames = spreadFrames(source, progress);
    Rotation out = new Rotation(start);
    // the second round looks from rectified views, where matches lie on rows
    for (int round = 0; round < 2; round++) {
      List<RigRotationSolver.Match> matches = new ArrayList<>();
      List<Double> disparities = new ArrayList<>();
      for (ByteImage frame : frames) {
        match(frame, out.calibration, matches, disparities);
      }
      out.matches = matches.size();
      if (matches.size() < MIN_MATCHES) {
        out.failure = RigReport.Termination.TOO_FEW_MATCHES;
        return out;
      }
      double median = median(disparities.stream().map(Math::abs).toList());
      if (median < MONO_PX) {
        out.failure = RigReport.Termination.MONO_INPUT;
        return out;
      }
      RigRotationSolver.Estimate estimate =
          new RigRotationSolver(options.rotation()).solve(matches);
      if (round == 0) {
        out.verticalBeforePx = verticalPx(matches, start);
      }
      out.calibration = estimate.rotation().calibration(bounds);
      out.inlierShare = estimate.inlierShare();
      out.baselineSigmaDegrees = Math.toDegrees(estimate.baselineSigmaRadians());
      out.verticalAfterPx = verticalPx(matches, out.calibration);
      long behind = behind(matches, out.calibration);
      if (behind > 3 * (matches.size() - behind)) {
        out.failure = RigReport.Termination.EYES_SWAPPED;
        return out;
      }
    }
    return out;
  }

  private List<ByteImage> spreadFrames(Source source, Progress progress) throws IOException {
    List<ByteImage> out = new ArrayList<>();
    try (VideoReader reader = source.open()) {
      OptionalInt count = reader.info().frameCount();
      int step =
          Math.max(1, count.orElse(options.calibrationFrames()) / options.calibrationFrames());
      for (Optional<Frame> frame = reader.next();
          frame.isPresent() && out.size() < options.calibrationFrames();
          frame = reader.next()) {
        if (frame.get().frameIndex() % step == 0) {
          out.add(frame.get().image());
          progress.finishAfter(Step.of("rig: frames", out.size(), options.calibrationFrames()));
        }
      }
    }
    return out;
  }

  private void match(
      ByteImage frame,
      Vr180Calibration calibration,
      List<RigRotationSolver.Match> matches,
      List<Double> disparities) {
    PinholeCamera view = view();
    StereoPair pair = rectifier(calibration).rectify(frame);
    float[] corners = CornerFinder.DEFAULTS.find(pair.left());
    int n = corners.length / 2;
    if (n == 0) {
      return;
    }
    Tracks2d tracks =
        tracker
            .track(
                List.of(pair.left(), pair.right()),
                QueryPoints.wrap(new int[n], corners),
                Progress.NONE)
            .tracks();
    ByteImage leftLuma = pair.left().luma();
    ByteImage rightLuma = pair.right().luma();
    PatchCorrelation patches = new PatchCorrelation();
    for (int i = 0; i < n; i++) {
      if (tracks.isVisible(i, 1)
          && patches.of(
                  leftLuma,
                  corners[2 * i],
                  corners[2 * i + 1],
                  rightLuma,
                  tracks.xPx(i, 1),
                  tracks.yPx(i, 1))
              >= ALIKE) {
        Vec3 left = view.ray(corners[2 * i], corners[2 * i + 1]);
        Vec3 right = view.ray(tracks.xPx(i, 1), tracks.yPx(i, 1));
        matches.add(
            new RigRotationSolver.Match(
                calibration.leftFromRectified().apply(left),
                calibration.rightFromRectified().apply(right)));
        disparities.add((double) corners[2 * i] - tracks.xPx(i, 1));
      }
    }
  }

  /** Median |dy| of matches seen through a calibration, at 512 px and 60 degrees. */
  private static double verticalPx(
      List<RigRotationSolver.Match> matches, Vr180Calibration calibration) {
    double focalPx = RectifierOptions.DEFAULTS.view().focalYPx();
    return median(
        matches.stream()
            .map(
                m -> {
                  Vec3 l = calibration.leftFromRectified().inverse().apply(m.left());
                  Vec3 r = calibration.rightFromRectified().inverse().apply(m.right());
                  return Math.abs(l.y() / l.z() - r.y() / r.z()) * focalPx;
                })
            .toList());
  }

  private static long behind(List<RigRotationSolver.Match> matches, Vr180Calibration calibration) {
    return matches.stream()
        .filter(
            m -> {
              Vec3 l = calibration.leftFromRectified().inverse().apply(m.left());
              Vec3 r = calibration.rightFromRectified().inverse().apply(m.right());
              return l.x() / l.z() < r.x() / r.z();
            })
        .count();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /** Corners through time in the left views, and in the right view of each frame. */
  private StereoTracks follow(Source source, Vr180Calibration calibration, Progress progress)
      throws IOException {
    List<ByteImage> left = new ArrayList<>();
    List<ByteImage> right = new ArrayList<>();
    Rectifier rectifier = rectifier(calibration);
    try (VideoReader reader = source.open()) {
      for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        StereoPair pair = rectifier.rectify(frame.get().image());
        left.add(pair.left().luma());
        right.add(pair.right().luma());
        progress.finishAfter(Step.of("poses: views", left.size(), 0));
      }
    }
    QueryPoints queries = corners(left);
    Tracks2d tracks = tracker.track(left, queries, progress).tracks();
    StereoTracks out = StereoTracks.unseen(left.size(), tracks.count());
    for (int t = 0; t < left.size(); t++) {
      addFrame(tracks, t, left.get(t), right.get(t), out);
      progress.finishAfter(Step.of("poses: stereo matches", t + 1, left.size()));
    }
    return out;
  }

  private QueryPoints corners(List<ByteImage> left) {
    int[] frames = new int[0];
    float[] xy = new float[0];
    CornerFinder finder = new CornerFinder(5, 0.005, 12);
    for (int t = 0; t < left.size(); t += options.cornersEveryFrames()) {
      float[] found = finder.find(left.get(t));
      int old = frames.length;
      frames = Arrays.copyOf(frames, old + found.length / 2);
      Arrays.fill(frames, old, frames.length, t);
      xy = Arrays.copyOf(xy, 2 * frames.length);
      System.arraycopy(found, 0, xy, 2 * old, found.length);
    }
    return QueryPoints.wrap(frames, xy);
  }

  private void addFrame(Tracks2d tracks, int t, ByteImage left, ByteImage right, StereoTracks out) {
    int[] which = new int[tracks.count()];
    float[] xy = new float[2 * tracks.count()];
    int n = 0;
    for (int i = 0; i < tracks.count(); i++) {
      if (tracks.isVisible(i, t)) {
        which[n] = i;
        xy[2 * n] = tracks.xPx(i, t);
        xy[2 * n + 1] = tracks.yPx(i, t);
        n++;
      }
    }
    if (n == 0) {
      return;
    }
    Tracks2d stereo =
        tracker
            .track(
                List.of(left, right),
                QueryPoints.wrap(new int[n], Arrays.copyOf(xy, 2 * n)),
                Progress.NONE)
            .tracks();
    PatchCorrelation patches = new PatchCorrelation();
    for (int j = 0; j < n; j++) {
      int k = out.index(which[j], t);
      out.px()[k] = xy[2 * j];
      out.px()[k + 1] = xy[2 * j + 1];
      boolean level = stereo.isVisible(j, 1) && Math.abs(stereo.yPx(j, 1) - xy[2 * j + 1]) <= 1.5;
      if (level
          && patches.of(left, xy[2 * j], xy[2 * j + 1], right, stereo.xPx(j, 1), stereo.yPx(j, 1))
              >= ALIKE) {
        out.px()[k + 2] = stereo.xPx(j, 1);
      }
    }
  }
}
