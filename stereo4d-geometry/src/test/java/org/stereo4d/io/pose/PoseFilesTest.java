package org.stereo4d.io.pose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.RealData;

/** TUM trajectories, timed poses and LLFF rows. */
class PoseFilesTest {
  @TempDir Path folder;

  private static TimedPoses poses() {
    return TimedPoses.of(
        new double[] {1.5, 1.75, 3},
        List.of(
            Rigid3.IDENTITY,
            new Rigid3(Rotation3.ofYawPitchRollDegrees(10, -20, 30), new Vec3(1, -2, 0.1)),
            new Rigid3(Rotation3.ofYawPitchRollDegrees(170, 80, -3), new Vec3(1e-7, 5, 3))));
  }

  @Test
  void tum_writtenThenRead_isSame() throws IOException {
    Path path = folder.resolve("t.txt");
    TumTrajectory.write(path, poses());
    TimedPoses back = TumTrajectory.read(path);
    assertThat(back.timesSeconds()).containsExactly(1.5, 1.75, 3);
    for (int i = 0; i < 3; i++) {
      Rigid3 difference =
          back.worldFromCameras().get(i).inverse().compose(poses().worldFromCameras().get(i));
      assertThat(difference.rotation().angleRadians()).isLessThan(1e-12);
      assertThat(difference.translation().norm()).isLessThan(1e-12);
    }
  }

  @Test
  void tum_unsortedLinesWithCommentsAndBlanks_areSorted() throws IOException {
    String text = "# a comment\n\n2.0 1 2 3 0 0 0 1\r\n  1.0 4 5 6 0 0 1 0\n";
    TimedPoses poses = TumTrajectory.read(Files.writeString(folder.resolve("u.txt"), text));
    assertThat(poses.timesSeconds()).containsExactly(1, 2);
    assertThat(poses.worldFromCameras().get(0).translation()).isEqualTo(new Vec3(4, 5, 6));
    // half a turn about z: quaternion (x, y, z, w) = (0, 0, 1, 0)
    assertThat(poses.worldFromCameras().get(0).rotation().apply(new Vec3(1, 0, 0)).x())
        .isCloseTo(-1, within(1e-15));
  }

  @Test
  void tum_badLines_areRefusedWithTheirNumber() throws IOException {
    String[] bad = {
      "1 2 3",
      "1 0 0 0 0 0 0 x",
      "1 0 0 0 0 0 0 2",
      "1 0 0 NaN 0 0 0 1",
      "1 0 0 0 0 0 0 0",
      "1 0 0 0 0 0 0 1 9"
    };
    for (String line : bad) {
      Path path = Files.writeString(folder.resolve("v.txt"), "# x\n" + line + "\n");
      assertThatThrownBy(() -> TumTrajectory.read(path))
          .as(line)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("v.txt: line 2");
    }
    Path twice = Files.writeString(folder.resolve("w.txt"), "1 0 0 0 0 0 0 1\n1 0 0 0 0 0 0 1\n");
    assertThatThrownBy(() -> TumTrajectory.read(twice)).hasMessageContaining("two poses at 1.0");
  }

  @Test
  void tum_damagedFiles_areReadOrRefused() throws Exception {
    Path path = folder.resolve("x.txt");
    TumTrajectory.write(path, poses());
    assertThat(Mutations.survives(path, 13, TumTrajectory::read).refused()).isGreaterThan(500);
  }

  @Test
  void nearest_takesTheNearestTime_theEarlierOfTwo() {
    assertThat(poses().nearest(-10)).isZero();
    assertThat(poses().nearest(1.62)).isZero();
    assertThat(poses().nearest(1.625)).isZero();
    assertThat(poses().nearest(1.63)).isEqualTo(1);
    assertThat(poses().nearest(1.75)).isEqualTo(1);
    assertThat(poses().nearest(99)).isEqualTo(2);
  }

  @Test
  void worldFromCameras_tooFarInTime_isRefused() throws IOException {
    TimedPoses shifted = poses().shiftedBySeconds(-1.5);
    assertThat(shifted.worldFromCameras("c", new double[] {0.01, 0.24, 1.5})).hasSize(3);
    assertThatThrownBy(() -> shifted.worldFromCameras("c", new double[] {0, 0.1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("c: no pose for frame 1 at 0.1 s");
    assertThat(shifted.withMaxGapSeconds(0.2).worldFromCameras("c", new double[] {0.1}))
        .containsExactly(Rigid3.IDENTITY);
    TimedPoses none = TimedPoses.of(new double[0], List.of());
    assertThatThrownBy(() -> none.worldFromCameras("c", new double[] {0}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void llff_rows_becomeOpenCvPoses_andComeBack() throws IOException {
    // the camera looks along world x: right = -y, down = -z, backward = -x; centre (7, 8, 9)
    double[] row = {0, 0, -1, 7, 480, 0, -1, 0, 8, 640, -1, 0, 0, 9, 500, 1, 10};
    Path path = folder.resolve("poses_bounds.npy");
    NpyArray.of(row, 1, 17).write(path);
    LlffPoses poses = LlffPoses.read(path);
    LlffPoses.View view = poses.views().get(0);
    Vec3 ahead = view.worldFromCamera().apply(new Vec3(0, 0, 2));
    assertThat(ahead.distanceTo(new Vec3(9, 8, 9))).isLessThan(1e-12);
    Vec3 right = view.worldFromCamera().apply(new Vec3(1, 0, 0));
    assertThat(right.distanceTo(new Vec3(7, 7, 9))).isLessThan(1e-12);
    assertThat(view.widthPx()).isEqualTo(640);
    assertThat(view.heightPx()).isEqualTo(480);
    assertThat(view.farBound()).isEqualTo(10);
    poses.write(path);
    double[] back = NpyArray.read(path).doubles();
    for (int i = 0; i < 17; i++) {
      assertThat(back[i]).isCloseTo(row[i], within(1e-12));
    }
  }

  @Test
  void llff_badFiles_areRefused() throws IOException {
    double[] good = {0, 0, -1, 7, 480, 0, -1, 0, 8, 640, -1, 0, 0, 9, 500, 1, 10};
    int[] places = {0, 1, 3, 4, 14, 15};
    double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, 0, -3, Double.NaN};
    for (int i = 0; i < places.length; i++) {
      double[] row = good.clone();
      row[places[i]] = values[i];
      Path path = folder.resolve("p.npy");
      NpyArray.of(row, 1, 17).write(path);
      assertThatThrownBy(() -> LlffPoses.read(path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("p.npy: row 0");
    }
    Path shape = folder.resolve("q.npy");
    NpyArray.of(new double[15], 1, 15).write(shape);
    assertThatThrownBy(() -> LlffPoses.read(shape)).hasMessageContaining("(N, 17)");
    double[] mirrored = good.clone();
    mirrored[6] = 1;
    NpyArray.of(mirrored, 1, 17).write(shape);
    assertThatThrownBy(() -> LlffPoses.read(shape)).hasMessageContaining("determinant");
  }

  @Test
  void llff_damagedFiles_areReadOrRefused() throws Exception {
    double[] row = {0, 0, -1, 7, 480, 0, -1, 0, 8, 640, -1, 0, 0, 9, 500, 1, 10};
    Path path = folder.resolve("r.npy");
    NpyArray.of(row, 1, 17).write(path);
    assertThat(Mutations.survives(path, 14, LlffPoses::read).refused()).isGreaterThan(500);
  }

  @Test
  void llff_real_hasTheKnownViews() throws IOException {
    LlffPoses poses = LlffPoses.read(RealData.path("llff/ethiopian_head/poses_bounds.npy"));
    assertThat(poses.views()).hasSize(12);
    assertThat(poses.views().get(0).focalPx()).isCloseTo(7543.6, within(0.05));
    assertThat(poses.views().get(0).heightPx()).isEqualTo(4000);
    assertThat(poses.views().get(0).nearBound()).isCloseTo(3.48, within(0.005));
    for (int i = 1; i < 12; i++) {
      Vec3 step =
          poses
              .views()
              .get(i)
              .worldFromCamera()
              .translation()
              .minus(poses.views().get(i - 1).worldFromCamera().translation());
      assertThat(step.norm()).isBetween(0.22, 0.41);
    }
  }

  /** Stored as float32; centres are divided by the nearest depth there. */
  private static final double GOLDEN_TOLERANCE = 2e-6;

  @Test
  void llff_golden_posesAreTheReferencesBeforeRecentring() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/llff_poses.npz"))) {
      int cases = 0;
      for (String prefix = "c0_"; npz.has(prefix + "poses_bounds"); prefix = "c" + cases + "_") {
        Path path = folder.resolve("golden.npy");
        npz.array(prefix + "poses_bounds").write(path);
        LlffPoses poses = LlffPoses.read(path);
        double[] expected = npz.doubles(prefix + "poses_norecenter");
        double nearest =
            poses.views().stream()
                .mapToDouble(v -> Math.min(v.nearBound(), v.farBound()))
                .min()
                .orElseThrow();
        for (int v = 0; v < poses.views().size(); v++) {
          double[] m = poses.views().get(v).worldFromCamera().toMatrix34();
          for (int i = 0; i < 12; i++) {
            double actual = i % 4 == 3 ? m[i] / nearest : m[i];
            assertThat(actual).isCloseTo(expected[12 * v + i], within(GOLDEN_TOLERANCE));
          }
        }
        cases++;
      }
      assertThat(cases).isPositive();
    }
  }
}
