package org.stereo4d.warp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.VectorTwins;

@Tag("vector")
class VectorBilinearRunTest {
  @Test
  void vectorRun_anyWidth_givesTheBitsOfThePlainOne() {
    Optional<BilinearRun> twin =
        VectorTwins.load(BilinearRun.class, "org.stereo4d.warp.vector.VectorBilinearRun");
    Assumptions.assumeTrue(twin.isPresent(), "the vector module is not in this run");
    ImageSize eyeSize = new ImageSize(211, 180);
    ByteImage eye = ByteImage.create(eyeSize, 3);
    new Random(4).nextBytes(eye.array());
    for (int width : new int[] {1, 7, 8, 13, 255, 300}) {
      PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(width, 33), 95);
      RemapTable table =
          RemapTable.between(
              view,
              EquirectCamera.of(eyeSize, FovBounds.VR180),
              Rotation3.ofYawPitchRollDegrees(40, 10, 3));
      ByteImage plain = ByteImage.create(view.size(), 3);
      ByteImage fast = ByteImage.create(view.size(), 3);
      BilinearBytes.of(eye, table, Border.ZERO, plain, new PlainBilinearRun()).run(0, 33);
      BilinearBytes.of(eye, table, Border.ZERO, fast, twin.get()).run(0, 33);
      assertThat(fast).isEqualTo(plain);
    }
  }
}
