package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

class PictureTest {
  private static final ImageSize SIZE = new ImageSize(128, 96);
  private static final PinholeCamera CAMERA = new PinholeCamera(SIZE, 128, 128, 64, 48);
  private static final int FRAMES = 24;
  private static final List<Rigid3> POSES = Collections.nCopies(FRAMES, Rigid3.IDENTITY);

  /** Points on rows of their own that move right by one pixel per frame at 2 m. */
  private static Tracks3d moving(int count) {
    float[] xyz = new float[3 * count * FRAMES];
    boolean[] visible = new boolean[count * FRAMES];
    for (int k = 0; k < visible.length; k++) {
      double xPx = 40.5 + k % FRAMES;
      double yPx = 16.5 + 60.0 * (k / FRAMES) / Math.max(1, count - 1);
      xyz[3 * k] = (float) ((xPx - 64) / 128 * 2);
      xyz[3 * k + 1] = (float) ((yPx - 48) / 128 * 2);
      xyz[3 * k + 2] = 2;
      visible[k] = true;
    }
    return Tracks3d.wrap(FRAMES, xyz, visible, new byte[3 * count]);
  }

  private static ByteImage gray() {
    ByteImage image = ByteImage.create(SIZE, 3);
    Arrays.fill(image.array(), (byte) 90);
    return image;
  }

  private static int brightest(ByteImage image, int x, int y) {
    return Math.max(image.at(x, y, 0), Math.max(image.at(x, y, 1), image.at(x, y, 2)));
  }

  @Test
  void draw_movingPoint_hasADotNowAndATrailThatFades() {
    ByteImage drawn = TrailOverlay.draw(gray(), 20, moving(1), CAMERA, POSES.get(20));
    // entry 0 of the cyclic map is red; the point is at (60.5, 16.5), the trail starts at 44.5
    assertThat(drawn.at(60, 16, 0)).isGreaterThan(240);
    assertThat(drawn.at(60, 16, 1)).isLessThan(20);
    int near = drawn.at(57, 16, 0);
    int far = drawn.at(46, 16, 0);
    assertThat(near).isGreaterThan(far);
    assertThat(far).isGreaterThan(90);
    assertThat(drawn.at(42, 16, 0)).isEqualTo(90);
    assertThat(drawn.at(60, 24, 0)).isEqualTo(90);
  }

  @Test
  void draw_tracksOfThePicture_agreeWithTheirLift() {
    Tracks3d world = moving(2);
    float[] xy = new float[2 * 2 * FRAMES];
    for (int k = 0; k < 2 * FRAMES; k++) {
      xy[2 * k] = 40.5f + k % FRAMES;
      xy[2 * k + 1] = 16.5f + 60 * (k / FRAMES);
    }
    Tracks2d flat =
        Tracks2d.wrap(
            QueryPoints.wrap(new int[2], new float[] {40.5f, 16.5f, 40.5f, 76.5f}),
            FRAMES,
            xy,
            world.visible().clone());
    ByteImage a = TrailOverlay.draw(gray(), 20, flat);
    ByteImage b = TrailOverlay.draw(gray(), 20, world, CAMERA, POSES.get(20));
    int different = 0;
    for (int k = 0; k < a.array().length; k++) {
      different += Math.abs((a.array()[k] & 0xff) - (b.array()[k] & 0xff)) > 2 ? 1 : 0;
    }
    assertThat(different).isZero();
    assertThat(a).isNotEqualTo(gray());
  }

  @Test
  void draw_noTracks_isTheFrameItself() {
    assertThat(TrailOverlay.draw(gray(), 3, moving(0), CAMERA, POSES.get(3))).isEqualTo(gray());
  }

  @Test
  void dynamicByHeight_stillClip_isEmpty_movingClip_isSorted() {
    Tracks3d tracks = moving(5);
    MotionMagnitude motion = MotionMagnitude.of(tracks, CAMERA, POSES);
    // 16 frames of exactly 1 px are not more than 16 px
    assertThat(TrailOverlay.dynamicByHeight(tracks, motion, 256, 1)).isEmpty();
    List<Rigid3> still = POSES;
    Tracks3d fast = scaled(tracks, 1.5f);
    int[] chosen =
        TrailOverlay.dynamicByHeight(fast, MotionMagnitude.of(fast, CAMERA, still), 3, 1);
    assertThat(chosen).hasSize(3).isSorted();
  }

  private static Tracks3d scaled(Tracks3d tracks, float factor) {
    float[] xyz = tracks.xyz().clone();
    for (int k = 0; k < xyz.length; k += 3) {
      xyz[k] *= factor;
    }
    return Tracks3d.wrap(FRAMES, xyz, tracks.visible().clone(), tracks.rgb());
  }

  @Test
  void sample_moreThanWanted_choosesThatMany_fewer_allOfThem() {
    assertThat(TrailOverlay.sample(10, 4096, 0)).hasSize(10).containsOnly(true);
    boolean[] some = TrailOverlay.sample(10_000, 4096, 2024);
    int n = 0;
    for (boolean s : some) {
      n += s ? 1 : 0;
    }
    assertThat(n).isEqualTo(4096);
    assertThat(TrailOverlay.sample(10_000, 4096, 2024)).isEqualTo(some);
  }

  @Test
  void worldView_movingPoints_areInTheBox_andNoTracksAreDrawnToo() {
    DepthMap depth = new DepthMap(FloatImage.create(SIZE, 1));
    Arrays.fill(depth.meters().array(), 2.2f);
    WorldView view = new WorldView(moving(20), CAMERA, POSES);
    assertThat(view.sideMeters()).isBetween(0.5, 1.5);
    ByteImage drawn = view.draw(20, depth, gray());
    assertThat(drawn.size()).isEqualTo(new ImageSize(512, 512));
    int colored = 0;
    for (int y = 0; y < 512; y++) {
      for (int x = 0; x < 512; x++) {
        int low = Math.min(drawn.at(x, y, 0), Math.min(drawn.at(x, y, 1), drawn.at(x, y, 2)));
        colored += brightest(drawn, x, y) - low > 100 ? 1 : 0;
      }
    }
    assertThat(colored).isGreaterThan(100);
    ByteImage empty = new WorldView(moving(0), CAMERA, POSES).draw(0, depth, gray());
    assertThat(empty.size()).isEqualTo(drawn.size());
  }

  @Test
  void draw_frameOutsideTheClip_isRefused() {
    assertThatThrownBy(() -> TrailOverlay.draw(gray(), 24, moving(1), CAMERA, POSES.get(0)))
        .hasMessageContaining("was 24");
  }

  @Test
  void overlay_asVideo_isWrittenFrameByFrame(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("trails.mp4");
    Tracks3d tracks = moving(6);
    try (VideoWriter out = Backends.video("ffmpeg").create(file, SIZE, 30)) {
      for (int t = 0; t < FRAMES; t++) {
        out.write(TrailOverlay.draw(gray(), t, tracks, CAMERA, POSES.get(t)));
      }
      out.finish();
    }
    assertThat(Files.size(file)).isPositive();
    int read = 0;
    try (VideoReader in = Backends.video("ffmpeg").open(file)) {
      while (in.next().isPresent()) {
        read++;
      }
    }
    assertThat(read).isEqualTo(FRAMES);
  }
}
