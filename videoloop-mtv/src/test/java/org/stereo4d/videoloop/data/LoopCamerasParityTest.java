package org.stereo4d.videoloop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.testing.Golden;

class LoopCamerasParityTest {
  private static final double POSE = 2e-6; // golden poses are float32 throughout
  private static final double RELATIVE = 1e-6;

  @TempDir Path folder;

  @Test
  void of_goldenFiles_givesPosesBoundsAndSpiral() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/llff_poses.npz"))) {
      for (int c = 0; npz.has("c" + c + "_poses"); c++) {
        check(npz, "c" + c + "_");
      }
    }
  }

  private void check(NpzFile npz, String name) throws Exception {
    Path file = folder.resolve("poses_bounds.npy");
    NpyArray.of(npz.doubles(name + "poses_bounds"), npz.shape(name + "poses_bounds")).write(file);
    LlffPoses poses = LlffPoses.read(file);
    double factor = npz.integer(name + "factor");
    LlffPoses.View first = poses.views().get(0);
    ImageSize picture =
        new ImageSize(
            (int) Math.round(first.widthPx() / factor),
            (int) Math.round(first.heightPx() / factor));
    double[] bounds = npz.doubles(name + "bd_factor");
    LoopCameras cameras =
        LoopCameras.of(
            poses, factor, picture, new LoopCameras.BoundFactors(bounds[0], bounds[1], true));
    checkPoses(cameras.worldFromCameras(), npz.doubles(name + "poses"), name + "poses");
    LoopCameras plain =
        LoopCameras.of(
            poses, factor, picture, new LoopCameras.BoundFactors(bounds[0], bounds[1], false));
    checkPoses(plain.worldFromCameras(), npz.doubles(name + "poses_norecenter"), "plain");
    double[] nearFar = npz.doubles(name + "bds");
    assertThat(cameras.nearBound()).isCloseTo(nearFar[0], within(RELATIVE * nearFar[0]));
    assertThat(cameras.farBound()).isCloseTo(nearFar[1], within(RELATIVE * nearFar[1]));
    checkLenses(cameras.cameras(), npz.doubles(name + "intrins"));
    checkPoses(
        List.of(cameras.referenceFromWorld().inverse()), npz.doubles(name + "poses_avg"), "avg");
    double[] reference = Arrays.copyOf(npz.doubles(name + "ref_extrin"), 12);
    checkPoses(List.of(cameras.referenceFromWorld()), reference, "reference");
    List<Rigid3> spiral =
        SpiralPath.worldFromCameras(
            cameras, (int) npz.integer(name + "render_frm"), npz.number(name + "render_scaling"));
    checkPoses(spiral, npz.doubles(name + "render_poses"), name + "spiral");
  }

  private static void checkPoses(List<Rigid3> poses, double[] expected, String what) {
    assertThat(expected).hasSize(12 * poses.size());
    for (int i = 0; i < expected.length; i++) {
      double value = poses.get(i / 12).toMatrix34()[i % 12];
      assertThat(value).as("%s %s", what, i).isCloseTo(expected[i], within(POSE));
    }
  }

  private static void checkLenses(List<PinholeCamera> cameras, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      double value = cameras.get(i / 9).toMatrix()[i % 9];
      assertThat(value).isCloseTo(expected[i], within(RELATIVE * Math.max(1, expected[i])));
    }
  }
}
