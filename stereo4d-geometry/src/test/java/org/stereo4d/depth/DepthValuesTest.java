package org.stereo4d.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class DepthValuesTest {
  private static final ImageSize SIZE = new ImageSize(4, 1);

  private static FloatImage row(float... values) {
    return FloatImage.wrap(values, new ImageSize(values.length, 1), 1);
  }

  @Test
  void rig_ofTheData_hasItsConstant() {
    // spec C.2: 512 px and 60 degrees give depth = 27.9345154244709 / disparity
    StereoRig rig =
        new StereoRig(
            PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60),
            StereoRig.VR180_BASELINE_METERS);
    assertThat(rig.view().focalXPx() * rig.baselineMeters())
        .isCloseTo(27.9345154244709, within(1e-12));
  }

  @Test
  void rig_badBaseline_isRefused() {
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(SIZE, 60);
    for (double baseline : new double[] {0, -0.063, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new StereoRig(view, baseline))
          .hasMessageContaining("baselineMeters")
          .hasMessageContaining(String.valueOf(baseline));
    }
    StereoRig rig = new StereoRig(view, 1);
    assertThatThrownBy(() -> rig.depthFrom(new DisparityMap(row(1, 2))))
        .hasMessageContaining("2x1")
        .hasMessageContaining("4x1");
  }

  @Test
  void maps_ofSeveralChannels_areRefused() {
    FloatImage two = FloatImage.create(SIZE, 2);
    assertThatThrownBy(() -> new DepthMap(two)).hasMessageContaining("2");
    assertThatThrownBy(() -> new DisparityMap(two)).hasMessageContaining("2");
    assertThatThrownBy(() -> new InverseDepthMap(two)).hasMessageContaining("2");
  }

  @Test
  void known_isWhatIsFinite() {
    FloatImage image = row(1, Float.NaN, Float.POSITIVE_INFINITY, -2);
    assertThat(new DepthMap(image).known().array()).containsExactly(true, false, false, true);
    assertThat(new DisparityMap(image.crop(1, 0, new ImageSize(3, 1))).known().array())
        .containsExactly(false, false, true);
  }

  @Test
  void unproject_skipsUnknownAndNotPositive_andTakesColours() {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(SIZE, 60);
    ByteImage colors = ByteImage.create(SIZE, 3);
    colors.set(3, 0, 1, 200);
    PointCloud cloud = new DepthMap(row(Float.NaN, 0, -1, 2)).unproject(camera, colors);
    assertThat(cloud.count()).isEqualTo(1);
    assertThat(cloud.rgb()).containsExactly(0, 200, 0);
    assertThat(cloud.point(0).z()).isEqualTo(2);
  }

  @Test
  void lookup_roundTakesRasterForIndex_floorTakesThePixel() {
    DepthMap map = new DepthMap(row(10, 11, 12, 13));
    assertThat(map.at(1.7, 0.2, DepthLookup.FLOOR)).isEqualTo(11);
    assertThat(map.at(1.7, 0.2, DepthLookup.ROUND)).isEqualTo(12);
    assertThat(map.at(0.5, 0.2, DepthLookup.ROUND)).isEqualTo(10); // half to even
    assertThat(map.at(1.5, 0.2, DepthLookup.ROUND)).isEqualTo(12);
    assertThat(map.at(-7, 9, DepthLookup.ROUND)).isEqualTo(10);
    assertThat(map.at(1e12, 0, DepthLookup.FLOOR)).isEqualTo(13);
  }

  @Test
  void cloud_transformed_movesPointsAndKeepsColours() {
    PointCloud cloud = PointCloud.builder().add(new Vec3(1, 0, 0), 1, 2, 3).build();
    Rigid3 move = new Rigid3(Rotation3.ofYawPitchRollDegrees(0, 0, 90), new Vec3(0, 0, 5));
    PointCloud moved = cloud.transformed(move);
    assertThat(moved.point(0).distanceTo(new Vec3(0, 1, 5))).isLessThan(1e-6);
    assertThat(moved.rgb()).containsExactly(1, 2, 3);
    assertThat(cloud.point(0)).isEqualTo(new Vec3(1, 0, 0));
    assertThatThrownBy(() -> cloud.point(1)).hasMessageContaining("was 1");
    assertThatThrownBy(() -> PointCloud.wrap(new float[3], new byte[6]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cloud_builderGrows() {
    PointCloud.Builder builder = PointCloud.builder();
    for (int i = 0; i < 1000; i++) {
      builder.add(new Vec3(i, -i, 2 * i), i, i, i);
    }
    PointCloud cloud = builder.build();
    assertThat(cloud.count()).isEqualTo(1000);
    assertThat(cloud.point(999)).isEqualTo(new Vec3(999, -999, 1998));
  }
}
