package org.stereo4d.optim.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;

/** The acceptance scenes of rig calibration and poses, on rendered pictures with noise. */
@Tag("load")
class RigEstimatorLoadTest {
  private static final ImageSize EYE = new ImageSize(1440, 1440);

  /** Frames are drawn once, since drawing costs more than all the rest. */
  private static RigEstimator.Source drawn(SyntheticClip clip) throws IOException {
    List<Frame> frames = new ArrayList<>();
    VideoInfo info;
    try (VideoReader reader = clip.vr180Video(EYE)) {
      info = reader.info();
      for (Frame frame : reader) {
        frames.add(frame);
      }
    }
    return () ->
        new VideoReader() {
          private int next;

          @Override
          public VideoInfo info() {
            return info;
          }

          @Override
          public Optional<Frame> next() {
            return next < frames.size() ? Optional.of(frames.get(next++)) : Optional.empty();
          }

          @Override
          public void close() {
            next = frames.size();
          }
        };
  }

  private static RigEstimate estimate(String name, SyntheticClip clip) throws IOException {
    RigEstimator.Source source = drawn(clip);
    long start = System.nanoTime();
    RigEstimate estimate =
        new RigEstimator(RigEstimatorOptions.DEFAULTS, new KltTracker(KltOptions.DEFAULTS))
            .estimate(source, FovBounds.VR180, Vr180Calibration.IDENTITY, Progress.NONE);
    double seconds = (System.nanoTime() - start) / 1e9;
    note("%s: %.1f s, %s%n", name, seconds, estimate.report());
    return estimate;
  }

  private static void note(String format, Object... arguments) throws IOException {
    Files.writeString(
        Path.of("target", "rig-load.txt"),
        String.format(format, arguments),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static SyntheticClip clip(
      Preset preset, CameraMotion motion, double rigDegrees, int frames) {
    return SyntheticClip.of(
        preset,
        preset
            .options()
            .withCameraMotion(motion)
            .withFrameCount(frames)
            .withRigErrorDegrees(rigDegrees));
  }

  private static TrajectoryErrors errors(String name, RigEstimate estimate, SyntheticClip clip)
      throws IOException {
    Rotation3 estimatedFromTrue =
        estimate
            .calibration()
            .leftFromRectified()
            .inverse()
            .compose(clip.options().calibration().leftFromRectified());
    Rigid3 turn = new Rigid3(estimatedFromTrue, Vec3.ZERO);
    List<Rigid3> truth = new ArrayList<>();
    for (Rigid3 pose : clip.worldFromCameras()) {
      truth.add(turn.compose(pose).compose(turn.inverse()));
    }
    TrajectoryErrors errors = TrajectoryErrors.of(estimate.worldFromCameras(), truth);
    note("%s: %s%n", name, errors);
    return errors;
  }

  @Test
  void rigOffByThreeDegrees_isFoundToThreeHundredths() throws IOException {
    SyntheticClip clip = clip(Preset.STATIC_ROOM, CameraMotion.WALKING, 3, 60);
    RigEstimate estimate = estimate("rig", clip);
    Vr180Calibration found = estimate.calibration();
    Vr180Calibration truth = clip.options().calibration();
    Rotation3 left = found.leftFromRectified().inverse().compose(truth.leftFromRectified());
    Rotation3 right = found.rightFromRectified().inverse().compose(truth.rightFromRectified());
    double pitch = 0.5 * (left.toAxisAngleRadians().x() + right.toAxisAngleRadians().x());
    Rotation3 gauge = Rotation3.ofAxisAngleRadians(new Vec3(-pitch, 0, 0));
    double leftDegrees = Math.toDegrees(left.compose(gauge).angleRadians());
    double rightDegrees = Math.toDegrees(right.compose(gauge).angleRadians());
    note("rig: rotation errors %.4f %.4f degrees%n", leftDegrees, rightDegrees);
    assertThat(Math.max(leftDegrees, rightDegrees)).isLessThanOrEqualTo(0.03);
    assertThat(estimate.report().verticalAfterPx()).isLessThanOrEqualTo(0.1);
  }

  @Test
  void walkOfTwoMeters_driftsByHalfAPercent() throws IOException {
    SyntheticClip clip = clip(Preset.STATIC_ROOM, CameraMotion.WALKING, 1, 120);
    TrajectoryErrors errors = errors("walk", estimate("walk", clip), clip);
    assertThat(errors.driftShare()).isLessThanOrEqualTo(0.005);
    assertThat(errors.relativeMeters()).isLessThanOrEqualTo(0.002);
    assertThat(errors.relativeDegrees()).isLessThanOrEqualTo(0.03);
  }

  @Test
  void walkAmongMovingObjects_driftsByOneAndAHalfPercent() throws IOException {
    SyntheticClip clip = clip(Preset.MOVING_OBJECTS, CameraMotion.WALKING, 1, 120);
    TrajectoryErrors errors = errors("moving", estimate("moving", clip), clip);
    assertThat(errors.driftShare()).isLessThanOrEqualTo(0.015);
  }

  @Test
  void tripodAmongMovingObjects_standsStill() throws IOException {
    SyntheticClip clip = clip(Preset.MOVING_OBJECTS, CameraMotion.TRIPOD, 0, 60);
    RigEstimate estimate = estimate("tripod", clip);
    assertThat(errors("tripod", estimate, clip).absoluteMeters()).isLessThanOrEqualTo(0.002);
    assertThat(estimate.report().still()).isTrue();
  }
}
