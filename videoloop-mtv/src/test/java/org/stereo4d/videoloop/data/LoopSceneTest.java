package org.stereo4d.videoloop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.RealData;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

/** What users bring that is wrong, and what they are told. */
class LoopSceneTest {
  private static final ImageSize SIZE = new ImageSize(32, 24);

  @TempDir Path folder;

  static ByteImage gray(int width, int height, int value) {
    ByteImage out = ByteImage.create(new ImageSize(width, height), 3);
    java.util.Arrays.fill(out.array(), (byte) value);
    return out;
  }

  private static LlffPoses poses(int views, double height, double width, double near) {
    List<LlffPoses.View> out = new java.util.ArrayList<>();
    for (int v = 0; v < views; v++) {
      Rigid3 pose = new Rigid3(Rotation3.IDENTITY, new Vec3(0.1 * v, 0, 0));
      out.add(new LlffPoses.View(pose, height, width, 30, near, 9));
    }
    return new LlffPoses(out);
  }

  private void video(String name, ImageSize size, int frames) throws IOException {
    VideoCodec codec = Backends.video("ffmpeg");
    try (VideoWriter out = codec.create(folder.resolve("videos_2").resolve(name), size, 25)) {
      for (int t = 0; t < frames; t++) {
        out.write(gray(size.width(), size.height(), 40 + 10 * t));
      }
      out.finish();
    }
  }

  private void failsWith(String... parts) {
    assertThatThrownBy(
            () ->
                new SceneFolder(folder)
                    .read(2, Backends.video("ffmpeg"), LoopCameras.BoundFactors.DEFAULTS))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void read_goodFolderWithStrayFiles_givesTheScene() throws Exception {
    poses(2, 48, 64, 1.5).write(folder.resolve("poses_bounds.npy"));
    video("b.mp4", SIZE, 5);
    video("a.mp4", SIZE, 4);
    Files.writeString(folder.resolve("videos_2/.DS_Store"), "x");
    Files.writeString(folder.resolve("videos_2/notes.txt"), "x");
    LoopScene scene =
        new SceneFolder(folder)
            .read(2, Backends.video("ffmpeg"), LoopCameras.BoundFactors.DEFAULTS);
    assertThat(scene.clips().get(0)).hasSize(4);
    assertThat(scene.clips().get(1)).hasSize(5);
    assertThat(scene.size()).isEqualTo(SIZE);
    assertThat(scene.framesPerSecond()).isEqualTo(25);
    assertThat(scene.without(List.of(0)).views()).isEqualTo(1);
  }

  @Test
  void read_drawnMask_overridesWhatTheClipTells() throws Exception {
    poses(2, 48, 64, 1.5).write(folder.resolve("poses_bounds.npy"));
    video("a.mp4", SIZE, 4);
    video("b.mp4", SIZE, 4);
    ByteImage drawn = gray(64, 48, 0);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 20; x++) {
        for (int c = 0; c < 3; c++) {
          drawn.set(x, y, c, 255);
        }
      }
    }
    PngImage.of(drawn).write(folder.resolve("masks/b.png"));
    LoopScene scene =
        new SceneFolder(folder)
            .read(2, Backends.video("ffmpeg"), LoopCameras.BoundFactors.DEFAULTS);
    assertThat(scene.loopable(1).count()).isEqualTo(10 * 24);
    assertThat(scene.loopable(1).at(9, 3)).isTrue();
    assertThat(scene.loopable(0).count()).isZero(); // rises only
    assertThat(scene.without(List.of(0)).loopable(0)).isEqualTo(scene.loopable(1));
    assertThatThrownBy(
            () ->
                new LoopScene(
                    scene.cameras(),
                    scene.clips(),
                    25,
                    List.of(Optional.empty(), Optional.of(Mask.none(new ImageSize(3, 3))))))
        .hasMessageContaining("mask 1 must be 32x24");
  }

  @Test
  void read_missingOrContradictingFiles_namesWhatIsWrong() throws Exception {
    failsWith("poses_bounds.npy", "no such file");
    poses(3, 48, 64, 1).write(folder.resolve("poses_bounds.npy"));
    failsWith("videos_2", "no such folder");
    video("a.mp4", SIZE, 4);
    video("b.mp4", SIZE, 4);
    failsWith("2 videos", "expected 3");
    poses(2, 64, 48, 1).write(folder.resolve("poses_bounds.npy"));
    failsWith("swapped");
    poses(2, 90, 64, 1).write(folder.resolve("poses_bounds.npy"));
    failsWith("64.0x90.0", "32x24");
    poses(2, 48, 64, -0.5).write(folder.resolve("poses_bounds.npy"));
    failsWith("near bound must be > 0");
  }

  @Test
  void read_framesOfAnotherSizeOrNone_namesTheVideo() throws Exception {
    poses(2, 48, 64, 1).write(folder.resolve("poses_bounds.npy"));
    video("a.mp4", SIZE, 4);
    video("b.mp4", new ImageSize(16, 24), 4);
    failsWith("b.mp4", "16x24", "expected 32x24");
    Files.write(folder.resolve("videos_2/b.mp4"), new byte[100]);
    failsWith("b.mp4");
  }

  @Test
  void read_singleView_needsParallax() throws Exception {
    poses(1, 48, 64, 1).write(folder.resolve("poses_bounds.npy"));
    video("a.mp4", SIZE, 4);
    failsWith("1 views", "at least 2");
  }

  @Test
  void poses_notNumbersOrNotRotations_areRefused() throws Exception {
    Path file = folder.resolve("poses_bounds.npy");
    NpyArray.of(new double[32], 2, 16).write(file);
    assertThatThrownBy(() -> LlffPoses.read(file)).hasMessageContaining("(N, 17)");
    double[] rows = poses(2, 48, 64, 1).toRows();
    rows[3] = Double.NaN;
    NpyArray.of(rows, 2, 17).write(file);
    assertThatThrownBy(() -> LlffPoses.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("row 0");
    double[] left = poses(2, 48, 64, 1).toRows();
    left[1] = -left[1]; // the right axis mirrored: left-handed
    NpyArray.of(left, 2, 17).write(file);
    assertThatThrownBy(() -> LlffPoses.read(file)).hasMessageContaining("rotation");
  }

  @Test
  void scene_clipsWithoutCameras_areRefused() {
    PinholeCamera camera = new PinholeCamera(SIZE, 30, 30, 16, 12);
    LoopCameras cameras =
        new LoopCameras(List.of(Rigid3.IDENTITY, Rigid3.IDENTITY), List.of(camera, camera), 1, 9);
    List<ByteImage> clip = Collections.nCopies(3, gray(32, 24, 9));
    assertThatThrownBy(() -> new LoopScene(cameras, List.of(clip), 25))
        .hasMessageContaining("2 poses");
    List<ByteImage> mixed = List.of(gray(32, 24, 9), gray(30, 24, 9));
    assertThatThrownBy(() -> new LoopScene(cameras, List.of(clip, mixed), 25))
        .hasMessageContaining("frame 1 of clip 1");
    assertThatThrownBy(() -> new LoopScene(cameras, List.of(clip, clip), 25).without(List.of(2)))
        .hasMessageContaining("[0, 2)");
    assertThatThrownBy(() -> new LoopCameras(List.of(Rigid3.IDENTITY), List.of(camera), 3, 3))
        .hasMessageContaining("near < far");
  }

  @Test
  void mask_stillClip_hasNothingLoopable() {
    assertThat(LoopableMask.of(Collections.nCopies(4, gray(9, 7, 80))).count()).isZero();
  }

  @Test
  void colmap_absentOrFailing_saysSo() throws Exception {
    assertThatThrownBy(() -> ColmapCommand.onPath(Map.of("PATH", folder.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not found on the path");
    Files.createDirectories(folder.resolve("images"));
    ColmapCommand broken = fake("echo unrecognised option; exit 3");
    assertThatThrownBy(() -> broken.reconstruct(folder, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("code 3")
        .hasMessageContaining("unrecognised option")
        .hasMessageContaining("3.6");
    assertThatThrownBy(() -> fake("echo no overlap").reconstruct(folder, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found no model")
        .hasMessageContaining("no overlap");
    List<List<String>> commands = broken.commands(folder);
    assertThat(commands.get(0)).contains("--ImageReader.single_camera");
    assertThat(broken.withSharedIntrinsics(false).commands(folder).get(0))
        .doesNotContain("--ImageReader.single_camera");
    assertThat(broken.withSequential(true).commands(folder).get(1)).contains("sequential_matcher");
  }

  private ColmapCommand fake(String script) throws IOException {
    Path program = folder.resolve("colmap");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Assumptions.assumeTrue(
        Files.getFileStore(program).supportsFileAttributeView("posix"), "no POSIX permissions");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return ColmapCommand.onPath(Map.of("PATH", folder.toString()));
  }

  @Test
  void cameras_realPoses_lookAtTheMiddle() throws Exception {
    LlffPoses poses = LlffPoses.read(RealData.path("llff/ethiopian_head/poses_bounds.npy"));
    LoopCameras cameras =
        LoopCameras.of(poses, 8, new ImageSize(500, 500), LoopCameras.BoundFactors.DEFAULTS);
    assertThat(cameras.views()).isEqualTo(12);
    assertThat(cameras.nearBound()).isEqualTo(0.9);
    Rigid3 average = LoopCameras.average(cameras.worldFromCameras());
    assertThat(average.translation().norm()).isLessThan(1e-9);
    for (Rigid3 pose : SpiralPath.worldFromCameras(cameras, 20, 1)) {
      Vec3 forward = pose.rotation().apply(new Vec3(0, 0, 1));
      assertThat(forward.z()).isGreaterThan(0.5);
    }
  }
}
