package org.stereo4d.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** Depth and disparity are inverse to each other, and disparity is what two cameras see. */
class StereoRigPropertyTest {
  private static final ImageSize SIZE = new ImageSize(3, 2);

  /** Two divisions in float. */
  private static final float RELATIVE_ROUNDING = 2e-7f;

  private static FloatImage filled(float value) {
    FloatImage image = FloatImage.create(SIZE, 1);
    java.util.Arrays.fill(image.array(), value);
    return image;
  }

  private static StereoRig rig(double fov, double baseline) {
    return new StereoRig(PinholeCamera.ofHorizontalFovDegrees(SIZE, fov), baseline);
  }

  @Property(tries = 300)
  void depthOfDisparityOfDepth_isTheDepth(
      @ForAll @FloatRange(min = 0.05f, max = 500) float depth,
      @ForAll @DoubleRange(min = 10, max = 170) double fov,
      @ForAll @DoubleRange(min = 0.01, max = 1) double baseline) {
    StereoRig rig = rig(fov, baseline);
    DepthMap map = new DepthMap(filled(depth));
    float back = rig.depthFrom(rig.disparityFrom(map)).at(1, 1);
    assertThat(back).isCloseTo(depth, within(RELATIVE_ROUNDING * depth));
  }

  @Property(tries = 300)
  void disparity_isTheDifferenceOfProjections(
      @ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double y,
      @ForAll @FloatRange(min = 0.5f, max = 20) float depth,
      @ForAll @DoubleRange(min = 0.01, max = 1) double baseline) {
    StereoRig rig = rig(60, baseline);
    Vec3 point = new Vec3(x, y, depth);
    double[] left = rig.view().project(point);
    double[] right = rig.view().project(rig.rightFromLeft().apply(point));
    double disparity = rig.disparityFrom(new DepthMap(filled(depth))).at(0, 0);
    assertThat(left[1]).isEqualTo(right[1]);
    assertThat(left[0] - right[0]).isCloseTo(disparity, within(1e-6));
  }

  @Property(tries = 100)
  void unknownOrNotPositive_becomesUnknown(@ForAll @FloatRange(min = -5, max = 0) float value) {
    StereoRig rig = rig(60, 0.063);
    for (float v : new float[] {value, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThat(rig.depthFrom(new DisparityMap(filled(v))).at(0, 0)).isNaN();
      assertThat(rig.disparityFrom(new DepthMap(filled(v))).at(0, 0)).isNaN();
    }
  }

  @Property(tries = 100)
  void unprojectedDepth_projectsToItsPixels(@ForAll @FloatRange(min = 0.5f, max = 20) float depth) {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(SIZE, 60);
    PointCloud cloud = new DepthMap(filled(depth)).unproject(camera);
    assertThat(cloud.count()).isEqualTo(SIZE.area());
    for (int i = 0; i < cloud.count(); i++) {
      double[] xy = camera.project(cloud.point(i));
      assertThat(xy[0]).isCloseTo(i % 3 + 0.5, within(1e-5));
      assertThat(xy[1]).isCloseTo(i / 3 + 0.5, within(1e-5));
    }
  }
}
