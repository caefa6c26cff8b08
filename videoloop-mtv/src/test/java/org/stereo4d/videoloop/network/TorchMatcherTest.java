package org.stereo4d.videoloop.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.videoloop.loss.PatchMatcher;
import org.stereo4d.videoloop.loss.PatchMatcherContract;

class TorchMatcherTest extends PatchMatcherContract {
  private static final double ROUNDING = 1e-5; // float sums over a picture

  @Override
  protected PatchMatcher matcher() {
    return new TorchMatcher(Device.cpu());
  }

  @Test
  void distance_programFromSource_seesPicturesFromMinusOneToOne() {
    TorchScriptArchive program =
        TorchScriptArchive.ofMethods(
            """
            def forward(self, a: Tensor, b: Tensor) -> Tensor:
              return torch.reshape(torch.mean(torch.abs(torch.sub(a, b)), dtype=None), [1, 1, 1, 1])
            """);
    ByteImage black = ByteImage.create(new ImageSize(8, 6), 3);
    ByteImage white = ByteImage.create(new ImageSize(8, 6), 3);
    java.util.Arrays.fill(white.array(), (byte) 255);
    try (TorchScriptDistance distance =
        new TorchScriptDistance(
            TorchScriptModel.load(
                program, TorchScriptDistance.CONTRACT, Device.cpu(), Precision.FLOAT32))) {
      assertThat(distance.between(black, white)).isCloseTo(2, within(ROUNDING));
      assertThat(distance.between(white, white)).isZero();
    }
  }
}
