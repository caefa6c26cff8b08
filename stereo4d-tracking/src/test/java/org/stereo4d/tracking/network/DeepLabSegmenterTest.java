package org.stereo4d.tracking.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.tracking.drift.ClassMap;
import org.stereo4d.tracking.drift.ClassNames;

/** A program whose class is the red of the picture stands for a network. */
class DeepLabSegmenterTest {
  private static final String RED =
      """
      def forward(self, image: Tensor) -> Tensor:
        return torch.select(image, 3, 0)
      """;

  private static DeepLabSegmenter segmenter() {
    return new DeepLabSegmenter(
        ClassNames.ADE20K,
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(RED),
            DeepLabSegmenter.CONTRACT,
            Device.cpu(),
            Precision.FLOAT32));
  }

  private static ByteImage flat(ImageSize size, int red) {
    ByteImage image = ByteImage.create(size, 3);
    for (int k = 0; k < image.array().length; k += 3) {
      image.array()[k] = (byte) red;
    }
    return image;
  }

  @Test
  void inputSize_longerSideIs513() {
    assertThat(DeepLabSegmenter.inputSize(new ImageSize(512, 512)))
        .isEqualTo(new ImageSize(513, 513));
    assertThat(DeepLabSegmenter.inputSize(new ImageSize(200, 100)))
        .isEqualTo(new ImageSize(513, 257));
    assertThat(DeepLabSegmenter.inputSize(new ImageSize(1, 1000))).isEqualTo(new ImageSize(1, 513));
  }

  @Test
  void segment_flatPicture_isOneClassAtThePicturesSize() {
    ImageSize size = new ImageSize(64, 48);
    try (DeepLabSegmenter segmenter = segmenter()) {
      ClassMap map = segmenter.segment(flat(size, 13));
      assertThat(map.size()).isEqualTo(size);
      assertThat(map.at(5, 40)).isEqualTo(13);
    }
  }

  @Test
  void segment_classOutsideTheNames_isBackground() {
    try (DeepLabSegmenter segmenter = segmenter()) {
      assertThat(segmenter.segment(flat(new ImageSize(32, 32), 151)).at(3, 3))
          .isEqualTo(ClassMap.BACKGROUND);
      assertThat(segmenter.segment(flat(new ImageSize(32, 32), 150)).at(3, 3)).isEqualTo(150);
    }
  }
}
