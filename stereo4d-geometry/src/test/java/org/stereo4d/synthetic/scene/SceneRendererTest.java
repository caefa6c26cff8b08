package org.stereo4d.synthetic.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.FisheyeCamera;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class SceneRendererTest {
  /** Rays filled in blocks and one by one differ by roundings only. */
  private static final float ROUNDING = 1e-4f;

  private final SyntheticScene scene = TestScene.scene();
  private final SceneRenderer renderer = new SceneRenderer(scene);
  private final View view = TestScene.view(0.3);

  @Test
  void draw_pixelsInsideASurface_areTheColourAtTheirCentre() {
    FloatImage picture = renderer.draw(view);
    SurfaceMap map = new SceneTruth(scene).surfaces(view);
    int checked = 0;
    for (int y = 1; y < 71; y++) {
      for (int x = 1; x < 95; x++) {
        int k = map.objectAt(x, y);
        // bodies 0 and 2 have edges between faces, so look at the ball
        if (k == 1 && neighbours(map, x, y) == 9) {
          float[] expected = renderer.colorAt(view, x + 0.5, y + 0.5);
          for (int c = 0; c < 3; c++) {
            assertThat(picture.at(x, y, c)).isEqualTo(expected[c], within(ROUNDING));
          }
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(100);
  }

  private static int neighbours(SurfaceMap map, int x, int y) {
    int same = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        same += map.objectAt(x + dx, y + dy) == map.objectAt(x, y) ? 1 : 0;
      }
    }
    return same;
  }

  @Test
  void draw_outlineOfABlackBallOnWhite_isItsCoverage() {
    // nine rays per pixel: the error of a straight edge through a pixel stays below 1/6
    NoiseTexture white = NoiseTexture.of(1, new Vec3(1, 1, 1), 0);
    NoiseTexture black = NoiseTexture.of(1, new Vec3(0, 0, 0), 0);
    Trajectory ahead = Trajectory.fixedAt(0, 0, 4);
    SceneObject ball = SceneObject.still("ball", Ellipsoid.sphere(1), new Surface(black, 0), ahead);
    FloatImage picture =
        new SceneRenderer(new SyntheticScene(List.of(ball), white))
            .draw(new View(TestScene.CAMERA, Rigid3.IDENTITY, 0));
    // the outline is a cone of half angle asin(1/4) about the axis: a circle in the picture
    double radiusPx = TestScene.CAMERA.focalXPx() * Math.tan(Math.asin(0.25));
    double sum = 0;
    for (int y = 0; y < 72; y++) {
      for (int x = 0; x < 96; x++) {
        double gap = Math.hypot(x + 0.5 - 48, y + 0.5 - 36) - radiusPx;
        double covered = Math.max(0, Math.min(1, 0.5 - gap));
        assertThat(picture.at(x, y, 0)).isEqualTo((float) (1 - covered), within(0.3f));
        sum += 1 - picture.at(x, y, 0);
      }
    }
    assertThat(sum).isEqualTo(Math.PI * radiusPx * radiusPx, within(3.0));
  }

  @Test
  void draw_anyNumberOfThreads_sameBits() throws Exception {
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      FloatImage a = one.submit(() -> renderer.draw(view)).get();
      FloatImage b = three.submit(() -> renderer.draw(view)).get();
      assertThat(a).isEqualTo(b);
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void draw_cropOfTheSameCamera_isTheCropOfThePicture() {
    // blocks start elsewhere, which must not show
    PinholeCamera c = TestScene.CAMERA;
    PinholeCamera shifted =
        new PinholeCamera(
            new ImageSize(40, 30),
            c.focalXPx(),
            c.focalYPx(),
            c.centerXPx() - 37,
            c.centerYPx() - 21);
    FloatImage part = renderer.draw(new View(shifted, view.worldFromCamera(), 0.3));
    FloatImage whole = renderer.draw(view);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        assertThat(part.at(x, y, 0)).isEqualTo(whole.at(37 + x, 21 + y, 0), within(ROUNDING));
      }
    }
  }

  @Test
  void draw_exposure_isTheMeanOfItsViews() {
    View second = TestScene.view(0.5);
    FloatImage mean = renderer.draw(List.of(view, second));
    FloatImage a = renderer.draw(view);
    FloatImage b = renderer.draw(second);
    for (int i = 0; i < mean.array().length; i++) {
      assertThat(mean.array()[i]).isEqualTo((a.array()[i] + b.array()[i]) / 2, within(ROUNDING));
    }
  }

  @Test
  void draw_beyondTheFisheyesSphere_isBlack() {
    FisheyeCamera camera = new FisheyeCamera(new ImageSize(64, 64), 8, 32, 32);
    View fisheye = new View(camera, view.worldFromCamera(), 0);
    FloatImage picture = renderer.draw(fisheye);
    SurfaceMap map = new SceneTruth(scene).surfaces(fisheye);
    assertThat(map.objectAt(0, 0)).isEqualTo(SurfaceMap.NOTHING);
    assertThat(map.semanticClassAt(0, 0)).isZero();
    assertThat(picture.at(0, 0, 0)).isZero();
    assertThat(map.objectAt(32, 32)).isNotEqualTo(SurfaceMap.NOTHING);
    assertThat(picture.at(32, 32, 1)).isPositive();
  }

  @Test
  void draw_viewsOfDifferentSize_areRefused() {
    View small =
        new View(TestScene.CAMERA.scaledTo(new ImageSize(48, 36)), view.worldFromCamera(), 0);
    assertThatThrownBy(() -> renderer.draw(List.of(view, small)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one size");
  }
}
