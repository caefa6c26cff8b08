package org.stereo4d.videoloop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.colmap.ColmapCamera;
import org.stereo4d.io.colmap.ColmapCameraModel;
import org.stereo4d.io.colmap.ColmapImage;
import org.stereo4d.io.colmap.ColmapModel;
import org.stereo4d.io.colmap.ColmapPoint;
import org.stereo4d.run.Progress;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

class ScenePreparerTest {
  private static final ImageSize SIZE = new ImageSize(64, 48);
  private static final double FOCAL = 60;
  private static final int POINTS = 30;
  private static final double TEXT = 1e-6; // digits of text files and of four-byte numbers

  @TempDir Path folder;
  private final VideoCodec codec = Backends.video("ffmpeg");
  private ScenePreparer preparer;
  private Path scene;

  @BeforeEach
  void open() {
    SplitOptions options = SplitOptions.DEFAULTS.withLeastFrames(4).withFactors(List.of(2));
    preparer = new ScenePreparer(options, codec);
    scene = folder.resolve("scene");
  }

  private void video(String name, int... brightness) throws IOException {
    try (VideoWriter out = codec.create(folder.resolve(name), SIZE, 25)) {
      for (int value : brightness) {
        out.write(LoopSceneTest.gray(SIZE.width(), SIZE.height(), value));
      }
      out.finish();
    }
  }

  /** What COLMAP finds: ids in no order, cameras a step apart, points 2 to 6 in front of them. */
  private static ColmapModel model(String... names) {
    Map<Integer, ColmapImage> images = new HashMap<>();
    int[] ids = new int[names.length];
    long[] pointIds = LongStream.rangeClosed(1, POINTS).toArray();
    for (int v = 0; v < names.length; v++) {
      ids[v] = 40 - 7 * v;
      Rigid3 cameraFromWorld = new Rigid3(Rotation3.IDENTITY, new Vec3(-0.3 * v, 0, 0));
      images.put(
          ids[v],
          new ColmapImage(ids[v], cameraFromWorld, 3, names[v], new double[2 * POINTS], pointIds));
    }
    Random random = new Random(2);
    Map<Long, ColmapPoint> points = new HashMap<>();
    for (int i = 1; i <= POINTS; i++) {
      Vec3 at =
          new Vec3(random.nextDouble(), random.nextDouble(), 2 + 4 * (i - 1) / (POINTS - 1.0));
      int[] keys = new int[names.length];
      Arrays.fill(keys, i - 1);
      points.put((long) i, new ColmapPoint(i, at, 0, 0.1, ids, keys));
    }
    ColmapCamera camera =
        new ColmapCamera(3, ColmapCameraModel.SIMPLE_PINHOLE, SIZE, new double[] {FOCAL, 32, 24});
    return new ColmapModel(Map.of(3, camera), images, points);
  }

  /** A program that answers as COLMAP does, with a model in text form. */
  private ColmapCommand program(ColmapModel model) throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    model.writeText(made);
    Path program = folder.resolve("colmap");
    Files.writeString(
        program,
        "#!/bin/sh\nif [ \"$1\" = mapper ]; then mkdir -p '"
            + scene.resolve("sparse")
            + "'; cp -r '"
            + made
            + "' '"
            + scene.resolve("sparse/0")
            + "'; fi\n");
    Assumptions.assumeTrue(
        Files.getFileStore(program).supportsFileAttributeView("posix"), "no POSIX permissions");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return ColmapCommand.onPath(Map.of("PATH", folder.toString()));
  }

  @Test
  void prepare_folderOfVideos_canBeReadAsAScene() throws Exception {
    video("in/left.mp4", 90, 100, 110, 120, 130);
    video("in/right.mp4", 60, 5, 5, 5, 60, 70); // dark frames belong to a clip of its own
    video("in/short.mp4", 60, 60);
    Files.writeString(folder.resolve("in/notes.txt"), "tripod");
    ColmapCommand colmap = program(model("0001.png", "0000.png"));
    ScenePreparer.Result result =
        preparer.prepare(folder.resolve("in"), scene, colmap::reconstruct, Progress.NONE);
    assertThat(result.views()).containsExactly("0000.png", "0001.png");
    assertThat(result.segments())
        .extracting(ClipSplitter.Segment::kept)
        .containsExactly(true, true, false);
    LoopScene read = new SceneFolder(scene).read(2, codec, LoopCameras.BoundFactors.DEFAULTS);
    assertThat(read.clips()).extracting(List::size).containsExactly(5, 6);
    assertThat(read.size()).isEqualTo(new ImageSize(32, 24));
    assertThat(read.cameras().cameras().get(0).focalXPx()).isCloseTo(FOCAL / 2, within(TEXT));
    Rigid3 rightFromLeft =
        read.cameras()
            .worldFromCameras()
            .get(1)
            .inverse()
            .compose(read.cameras().worldFromCameras().get(0));
    // 0000.png is the second camera of the model, 0.3 to the right; the unit is the nearest depth
    double near = 2 + 0.001 * 4; // the 0.1 percentile
    assertThat(rightFromLeft.translation().x()).isCloseTo(0.3 / near, within(1e-3));
  }

  @Test
  void prepare_videoWithBlackFrames_isCut() throws Exception {
    video("long.mp4", 90, 90, 90, 90, 90, 0, 0, 120, 120, 120, 120, 120);
    ScenePreparer.Result result =
        preparer.prepare(
            folder.resolve("long.mp4"),
            scene,
            (where, progress) -> model("0000.png", "0001.png"),
            Progress.NONE);
    assertThat(result.segments()).hasSize(2);
    assertThat(new SceneFolder(scene).read(2, codec, LoopCameras.BoundFactors.DEFAULTS).views())
        .isEqualTo(2);
    assertThatThrownBy(
            () ->
                preparer.prepare(
                    folder.resolve("long.mp4"), scene, (where, p) -> model("a"), Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void prepare_viewWithoutPose_isNamedOrSetAside() throws Exception {
    for (String name : List.of("in/a.mp4", "in/b.mp4", "in/c.mp4")) {
      video(name, 90, 90, 90, 90, 90);
    }
    ScenePreparer.Reconstruction found = (where, p) -> model("0000.png", "0002.png");
    assertThatThrownBy(() -> preparer.prepare(folder.resolve("in"), scene, found, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[0001]");
    ScenePreparer.Result result =
        preparer
            .withUnregisteredDropped(true)
            .prepare(folder.resolve("in"), scene, found, Progress.NONE);
    assertThat(result.dropped()).containsExactly("0001");
    assertThat(scene.resolve("unregistered/videos_2/0001.mp4")).exists();
    assertThat(new SceneFolder(scene).read(2, codec, LoopCameras.BoundFactors.DEFAULTS).views())
        .isEqualTo(2);
  }

  @Test
  void prepare_oneClip_needsParallax() throws Exception {
    video("in/a.mp4", 90, 90, 90, 90, 90);
    assertThatThrownBy(
            () ->
                preparer.prepare(
                    folder.resolve("in"), scene, (where, p) -> model("0000.png"), Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1 clips")
        .hasMessageContaining("at least 2");
  }
}
