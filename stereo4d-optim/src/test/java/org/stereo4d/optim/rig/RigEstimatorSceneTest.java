package org.stereo4d.optim.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SceneOptions;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;

/** Small versions of the acceptance scenes; the full ones carry the tag "load". */
class RigEstimatorSceneTest {
  private static final ImageSize EYE = new ImageSize(640, 640);
  private static final RigEstimatorOptions OPTIONS = RigEstimatorOptions.DEFAULTS.withView(384, 90);

  private static RigEstimate estimate(SyntheticClip clip) throws IOException {
    return new RigEstimator(OPTIONS, new KltTracker(KltOptions.DEFAULTS))
        .estimate(
            () -> clip.vr180Video(EYE), FovBounds.VR180, Vr180Calibration.IDENTITY, Progress.NONE);
  }

  private static SyntheticClip clip(
      Preset preset, CameraMotion motion, double rigDegrees, int frames) {
    SceneOptions options =
        preset
            .options()
            .withCameraMotion(motion)
            .withFrameCount(frames)
            .withRigErrorDegrees(rigDegrees);
    return SyntheticClip.of(preset, options);
  }

  /** The truth turned by the rotation about the baseline that a rig cannot see. */
  private static double rotationErrorDegrees(Vr180Calibration found, Vr180Calibration truth) {
    Rotation3 gauge = found.leftFromRectified().inverse().compose(truth.leftFromRectified());
    double pitch = gauge.toAxisAngleRadians().x();
    Rotation3 turn = Rotation3.ofAxisAngleRadians(new org.stereo4d.camera.Vec3(-pitch, 0, 0));
    double left = gauge.compose(turn).angleRadians();
    Rotation3 other = found.rightFromRectified().inverse().compose(truth.rightFromRectified());
    double right = other.compose(turn).angleRadians();
    return Math.toDegrees(Math.max(left, right));
  }

  @Test
  void estimate_misalignedRigOnAWalk_findsRotationAndPath() throws IOException {
    SyntheticClip clip = clip(Preset.STATIC_ROOM, CameraMotion.WALKING, 2, 24);
    RigEstimate estimate = estimate(clip);
    RigReport report = estimate.report();
    assertThat(report.termination()).isEqualTo(RigReport.Termination.SOLVED);
    assertThat(report.verticalAfterPx()).isLessThan(0.3).isLessThan(report.verticalBeforePx());
    assertThat(rotationErrorDegrees(estimate.calibration(), clip.options().calibration()))
        .isLessThan(0.15);
    TrajectoryErrors errors =
        TrajectoryErrors.of(estimate.worldFromCameras(), inGauge(estimate, clip));
    assertThat(errors.driftShare()).isLessThan(0.03);
    assertThat(errors.relativeDegrees()).isLessThan(0.1);
    assertThat(report.still()).isFalse();
  }

  /** True poses seen from the estimated rectified frame. */
  private static List<Rigid3> inGauge(RigEstimate estimate, SyntheticClip clip) {
    Rotation3 estimatedFromTrue =
        estimate
            .calibration()
            .leftFromRectified()
            .inverse()
            .compose(clip.options().calibration().leftFromRectified());
    Rigid3 turn = new Rigid3(estimatedFromTrue, org.stereo4d.camera.Vec3.ZERO);
    List<Rigid3> out = new ArrayList<>();
    for (Rigid3 pose : clip.worldFromCameras()) {
      out.add(turn.compose(pose).compose(turn.inverse()));
    }
    return out;
  }

  @Test
  void estimate_tripod_isStill() throws IOException {
    RigEstimate estimate = estimate(clip(Preset.MOVING_OBJECTS, CameraMotion.TRIPOD, 0, 10));
    assertThat(estimate.report().termination()).isEqualTo(RigReport.Termination.SOLVED);
    assertThat(estimate.report().still()).isTrue();
  }

  @Test
  void estimate_monoInput_saysSo() throws IOException {
    SyntheticClip clip = SyntheticClip.of(Preset.MONO, Preset.MONO.options().withFrameCount(4));
    RigEstimate estimate = estimate(clip);
    assertThat(estimate.report().termination()).isEqualTo(RigReport.Termination.MONO_INPUT);
    assertThat(estimate.worldFromCameras()).isEmpty();
  }

  @Test
  void estimate_swappedEyes_saysSo() throws IOException {
    SyntheticClip clip =
        SyntheticClip.of(Preset.EYES_SWAPPED, Preset.EYES_SWAPPED.options().withFrameCount(4));
    assertThat(estimate(clip).report().termination()).isEqualTo(RigReport.Termination.EYES_SWAPPED);
  }
}
