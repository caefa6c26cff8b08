package org.stereo4d.warp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FisheyeCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.testing.ImageRemapperContract;

class PlainRemapperTest extends ImageRemapperContract {
  @Override
  protected ImageRemapper remapper() {
    return PlainRemapper.INSTANCE;
  }

  @Test
  void apply_anyThreads_sameBits() throws Exception {
    ImageSize size = new ImageSize(257, 131);
    ByteImage eye = ByteImage.create(size, 3);
    new Random(1).nextBytes(eye.array());
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(90, 70), 100);
    RemapTable table =
        RemapTable.between(
            view,
            EquirectCamera.of(size, FovBounds.VR180),
            Rotation3.ofYawPitchRollDegrees(50, 20, 5));
    ByteImage one = new ForkJoinPool(1).submit(() -> table.apply(eye)).get();
    ByteImage three = new ForkJoinPool(3).submit(() -> table.apply(eye)).get();
    assertThat(one).isEqualTo(three);
  }

  @Test
  void apply_nearTheEdges_isTheDefinitionWithinALevel() {
    ImageSize size = new ImageSize(64, 48);
    ByteImage eye = ByteImage.create(size, 3);
    new Random(2).nextBytes(eye.array());
    FisheyeCamera fisheye = FisheyeCamera.ofFovDegrees(new ImageSize(80, 80), 200);
    CameraWarp warp =
        new CameraWarp(fisheye, EquirectCamera.of(size, FovBounds.VR180), Rotation3.IDENTITY);
    double[] exact = RemapParityTest.exact(warp, eye);
    ByteImage out =
        RemapTable.between(warp.target(), warp.source(), warp.sourceFromTarget()).apply(eye);
    // noise changes by up to 255 levels per pixel; 1/512 px of rounding both ways costs
    // under one, rounding to levels twice another
    for (int k = 0; k < exact.length; k++) {
      assertThat(Math.abs((out.array()[k] & 0xff) - exact[k])).isLessThan(2.1);
    }
  }
}
