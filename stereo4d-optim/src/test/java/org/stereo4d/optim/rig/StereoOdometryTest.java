package org.stereo4d.optim.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ImageSize;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.scene.Trajectory;

/** Exact corners with noise; the pictures come in the tests of the whole estimator. */
class StereoOdometryTest {
  private static final StereoRig RIG =
      new StereoRig(PinholeCamera.ofHorizontalFovDegrees(new ImageSize(768, 768), 90), 0.063);
  private static final double NOISE_PX = 0.1;

  private static List<Rigid3> path(CameraMotion motion, int frames) {
    Trajectory trajectory = motion.trajectory(3);
    List<Rigid3> out = new ArrayList<>();
    Rigid3 first = trajectory.worldFromBody(0).inverse();
    for (int t = 0; t < frames; t++) {
      out.add(first.compose(trajectory.worldFromBody(t / 30.0)));
    }
    return out;
  }

  private static StereoTracks tracks(List<Rigid3> poses, int points, double movingShare) {
    SplittableRandom random = new SplittableRandom(5);
    StereoProjection projection = new StereoProjection(RIG);
    StereoTracks out = StereoTracks.unseen(poses.size(), points);
    for (int i = 0; i < points; i++) {
      int start = random.nextInt(Math.max(1, poses.size() - 10));
      int end = Math.min(poses.size(), start + 10 + random.nextInt(40));
      double z = random.nextDouble(1, 8);
      Vec3 world =
          poses
              .get(start)
              .apply(
                  new Vec3(z * random.nextDouble(-0.8, 0.8), z * random.nextDouble(-0.8, 0.8), z));
      Vec3 speed =
          random.nextDouble() < movingShare
              ? new Vec3(0.02 * random.nextDouble(-1, 1), 0.01, 0.02 * random.nextDouble(-1, 1))
              : Vec3.ZERO;
      for (int t = start; t < end; t++) {
        Vec3 p = poses.get(t).inverse().apply(world.plus(speed.times(t - start)));
        if (projection.project(p.x(), p.y(), p.z())
            && projection.pixel[0] > 0
            && projection.pixel[0] < 768
            && projection.pixel[1] > 0
            && projection.pixel[1] < 768) {
          int k = out.index(i, t);
          for (int r = 0; r < 3; r++) {
            out.px()[k + r] =
                (float) (projection.pixel[r] + NOISE_PX * (random.nextDouble() - 0.5) * 3.46);
          }
        }
      }
    }
    return out;
  }

  @Test
  void walkingCamera_staticPoints_driftsLittle() {
    List<Rigid3> truth = path(CameraMotion.WALKING, 120);
    StereoTracks tracks = tracks(truth, 3000, 0);
    StereoOdometry.Result odometry =
        new StereoOdometry(RIG, OdometryOptions.DEFAULTS).solve(tracks);
    BundleAdjuster.Result adjusted =
        new BundleAdjuster(RIG, BundleOptions.DEFAULTS).adjust(tracks, odometry);
    TrajectoryErrors before = TrajectoryErrors.of(odometry.worldFromCameras(), truth);
    TrajectoryErrors after = TrajectoryErrors.of(adjusted.worldFromCameras(), truth);
    assertThat(before.driftShare()).isLessThan(0.02);
    assertThat(after.driftShare()).isLessThan(0.005);
    assertThat(after.relativeMeters()).isLessThan(0.002);
    assertThat(after.relativeDegrees()).isLessThan(0.03);
    assertThat(adjusted.medianErrorPx()).isLessThan(3 * NOISE_PX);
  }

  @Test
  void walkingCamera_manyMovingPoints_driftsLittle() {
    List<Rigid3> truth = path(CameraMotion.WALKING, 120);
    StereoTracks tracks = tracks(truth, 3000, 0.4);
    StereoOdometry.Result odometry =
        new StereoOdometry(RIG, OdometryOptions.DEFAULTS).solve(tracks);
    BundleAdjuster.Result adjusted =
        new BundleAdjuster(RIG, BundleOptions.DEFAULTS).adjust(tracks, odometry);
    assertThat(TrajectoryErrors.of(adjusted.worldFromCameras(), truth).driftShare())
        .isLessThan(0.015);
  }

  @Test
  void tripod_staysWhereItIs() {
    List<Rigid3> truth = path(CameraMotion.TRIPOD, 40);
    StereoTracks tracks = tracks(truth, 1500, 0.2);
    StereoOdometry.Result odometry =
        new StereoOdometry(RIG, OdometryOptions.DEFAULTS).solve(tracks);
    assertThat(TrajectoryErrors.of(odometry.worldFromCameras(), truth).absoluteMeters())
        .isLessThan(0.002);
  }

  @Test
  void nothingSeen_leavesFramesUnsolvedWithoutNaN() {
    StereoTracks empty = StereoTracks.unseen(5, 30);
    StereoOdometry.Result odometry = new StereoOdometry(RIG, OdometryOptions.DEFAULTS).solve(empty);
    assertThat(odometry.solved()).containsOnly(false);
    for (Rigid3 pose : odometry.worldFromCameras()) {
      assertThat(pose.translation().isFinite()).isTrue();
    }
  }
}
