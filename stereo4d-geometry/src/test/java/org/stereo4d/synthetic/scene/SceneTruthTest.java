package org.stereo4d.synthetic.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.track.QueryPoints;

class SceneTruthTest {
  /** Float storage of coordinates of a hundred pixels, and of disparities. */
  private static final double FLOAT_PX = 2e-5;

  /** Float storage of places within a few metres. */
  private static final double FLOAT_METERS = 2e-6;

  /** The footprint, hence the finest detail, changes a little from view to view. */
  private static final double COLOR_CHANGE = 0.04;

  /** What a change of view makes of most pixels' colours: far below the texture's deviation. */
  private static final double MEAN_COLOR_CHANGE = 0.002;

  private static final double BASELINE_METERS = 0.2;

  private final SyntheticScene scene = TestScene.scene();
  private final SceneTruth truth = new SceneTruth(scene);
  private final SceneRenderer renderer = new SceneRenderer(scene);
  private final View now = TestScene.view(0.3);
  private final View later = TestScene.view(0.4);

  private static QueryPoints everyPixel(ImageSize size) {
    int[] frame = new int[size.area()];
    float[] xy = new float[2 * size.area()];
    for (int i = 0; i < frame.length; i++) {
      xy[2 * i] = i % size.width() + 0.5f;
      xy[2 * i + 1] = i / size.width() + 0.5f;
    }
    return QueryPoints.wrap(frame, xy);
  }

  @Test
  void surfaces_sceneWithWindow_seesEveryBodyAndTheSky() {
    SurfaceMap map = truth.surfaces(now);
    assertThat(IntStream.of(map.object()).distinct().sorted().toArray())
        .containsExactly(SurfaceMap.SKY, 0, 1, 2);
    for (int y = 0; y < map.size().height(); y++) {
      for (int x = 0; x < map.size().width(); x++) {
        boolean sky = map.objectAt(x, y) == SurfaceMap.SKY;
        assertThat(map.semanticClassAt(x, y) == Surface.SKY).isEqualTo(sky);
        assertThat(Float.isNaN(map.rangeMeters().at(x, y, 0))).isEqualTo(sky);
      }
    }
    assertThat(map.moving(scene).count()).isPositive();
  }

  @Test
  void tracks_fromEveryPixel_startWhereAsked() {
    TrueTracks tracks = truth.tracks(List.of(now, later), everyPixel(now.camera().size()));
    Rigid3 cameraFromWorld = now.worldFromCamera().inverse();
    for (int i = 0; i < tracks.object().length; i++) {
      assertThat(tracks.tracks2d().isVisible(i, 0)).isTrue();
      assertThat(tracks.tracks2d().xPx(i, 0))
          .isEqualTo(tracks.tracks2d().queries().xPx(i), within((float) FLOAT_PX));
      if (tracks.object()[i] >= 0) {
        Vec3 inCamera = cameraFromWorld.apply(tracks.tracks3d().point(i, 0));
        double[] xyPx = now.camera().project(inCamera);
        assertThat(xyPx[0]).isEqualTo(tracks.tracks2d().xPx(i, 0), within(100 * FLOAT_PX));
        assertThat(xyPx[1]).isEqualTo(tracks.tracks2d().yPx(i, 0), within(100 * FLOAT_PX));
      } else {
        assertThat(tracks.tracks3d().isVisible(i, 0)).isFalse();
      }
    }
  }

  @Test
  void tracks_ofABody_moveRigidlyWithIt() {
    TrueTracks tracks = truth.tracks(List.of(now, later), everyPixel(now.camera().size()));
    for (int i = 0; i < tracks.object().length; i++) {
      int k = tracks.object()[i];
      if (k >= 0) {
        Trajectory motion = scene.objects().get(k).motion();
        Vec3 expected =
            motion
                .worldFromBody(later.timeSeconds())
                .compose(motion.worldFromBody(now.timeSeconds()).inverse())
                .apply(tracks.everywhere().point(i, 0));
        assertThat(tracks.everywhere().point(i, 1).distanceTo(expected)).isLessThan(FLOAT_METERS);
      }
    }
  }

  @Test
  void disparity_anyPixel_isDifferenceOfProjections() {
    View right = now.displacedRight(BASELINE_METERS);
    DisparityMap disparity = truth.disparity(now, BASELINE_METERS);
    FlowField toRight = truth.flow(now, right);
    SurfaceMap map = truth.surfaces(now);
    for (int y = 0; y < 72; y++) {
      for (int x = 0; x < 96; x++) {
        if (map.objectAt(x, y) == SurfaceMap.SKY) {
          assertThat(disparity.at(x, y)).isNaN();
          assertThat(toRight.dx(x, y)).isEqualTo(0, within((float) FLOAT_PX));
        } else {
          assertThat(disparity.at(x, y)).isEqualTo(-toRight.dx(x, y), within((float) FLOAT_PX));
          assertThat(toRight.dy(x, y)).isEqualTo(0, within((float) FLOAT_PX));
        }
      }
    }
  }

  @Test
  void depth_straightAhead_isTheWallsDistance() {
    View still = new View(TestScene.CAMERA, Rigid3.IDENTITY, 0);
    DepthMap depth = truth.depth(still);
    InverseDepthMap inverse = truth.inverseDepth(still);
    // column 5 sees the far wall at z = 5 beside window, ball and box
    assertThat(truth.surfaces(still).objectAt(20, 20)).isZero();
    assertThat(depth.at(20, 20)).isEqualTo(5, within((float) FLOAT_METERS));
    assertThat(inverse.at(20, 20)).isEqualTo(0.2f, within((float) FLOAT_METERS));
    assertThat(inverse.known().count()).isEqualTo(96 * 72);
    assertThat(depth.known().count()).isLessThan(96 * 72);
  }

  @Test
  void flow_offOcclusions_carriesColours() {
    FlowField flow = truth.flow(now, later);
    Mask hidden = truth.occlusion(now, later);
    double sum = 0;
    int n = 0;
    for (int y = 0; y < 72; y++) {
      for (int x = 0; x < 96; x++) {
        if (!hidden.at(x, y)) {
          float[] a = renderer.colorAt(now, x + 0.5, y + 0.5);
          float[] b = renderer.colorAt(later, x + 0.5 + flow.dx(x, y), y + 0.5 + flow.dy(x, y));
          for (int c = 0; c < 3; c++) {
            assertThat(b[c]).isEqualTo(a[c], within((float) COLOR_CHANGE));
            sum += Math.abs(b[c] - a[c]);
            n++;
          }
        }
      }
    }
    assertThat(sum / n).isLessThan(MEAN_COLOR_CHANGE);
  }

  @Test
  void occlusion_behindTheBall_isSetThereOnly() {
    // the ball moves; what it will cover, and what leaves the picture, is hidden later
    Mask hidden = truth.occlusion(now, later);
    assertThat(hidden.count()).isBetween(30, 96 * 72 / 5);
    FlowField flow = truth.flow(now, later);
    SurfaceMap before = truth.surfaces(now);
    SurfaceMap after = truth.surfaces(later);
    int agree = 0;
    int visible = 0;
    for (int y = 0; y < 72; y++) {
      for (int x = 0; x < 96; x++) {
        if (!hidden.at(x, y)) {
          int toX = (int) (x + 0.5 + flow.dx(x, y));
          int toY = (int) (y + 0.5 + flow.dy(x, y));
          visible++;
          agree += after.objectAt(toX, toY) == before.objectAt(x, y) ? 1 : 0;
        }
      }
    }
    // all but pixels cut by an outline
    assertThat(agree).isGreaterThan((int) (0.97 * visible));
  }

  @Test
  void occlusion_ofAViewByItself_isEmpty() {
    assertThat(truth.occlusion(now, now).count()).isZero();
    FlowField flow = truth.flow(now, now);
    for (float v : flow.px().array()) {
      assertThat(v).isEqualTo(0, within((float) FLOAT_PX));
    }
  }

  @Test
  void flow_betweenCameraModels_landsOnTheSameSurface() {
    View sphere =
        new View(
            EquirectCamera.of(new ImageSize(200, 200), FovBounds.VR180),
            now.worldFromCamera(),
            0.3);
    FlowField there = truth.flow(now, sphere);
    for (int y = 4; y < 72; y += 8) {
      for (int x = 4; x < 96; x += 8) {
        double[] expected = sphere.camera().project(now.camera().ray(x + 0.5, y + 0.5));
        assertThat(x + 0.5 + there.dx(x, y)).isEqualTo(expected[0], within(10 * FLOAT_PX));
        assertThat(y + 0.5 + there.dy(x, y)).isEqualTo(expected[1], within(10 * FLOAT_PX));
      }
    }
  }

  @Test
  void depth_ofASphericalView_isRefused() {
    View sphere =
        new View(
            EquirectCamera.of(new ImageSize(20, 20), FovBounds.VR180), now.worldFromCamera(), 0.3);
    assertThatThrownBy(() -> truth.depth(sphere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perspective");
  }

  @Test
  void truth_anyNumberOfThreads_sameBits() throws Exception {
    QueryPoints queries = everyPixel(now.camera().size());
    List<View> views = List.of(now, later);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      TrueTracks a = one.submit(() -> truth.tracks(views, queries)).get();
      TrueTracks b = three.submit(() -> truth.tracks(views, queries)).get();
      assertThat(a.everywhere().xyz()).isEqualTo(b.everywhere().xyz());
      assertThat(a.tracks2d().visible()).isEqualTo(b.tracks2d().visible());
      assertThat(one.submit(() -> truth.flow(now, later)).get().px())
          .isEqualTo(three.submit(() -> truth.flow(now, later)).get().px());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }
}
