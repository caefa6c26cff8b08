package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.BackendException;
import org.stereo4d.depth.DepthEstimator;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.testing.DepthEstimatorContract;

/** A program that gives the mean colour as inverse depth stands for a network. */
class TorchScriptDepthEstimatorTest extends DepthEstimatorContract {
  private static final String MEAN =
      """
      def forward(self, x: Tensor) -> Tensor:
        return torch.add(torch.mean(x, [1], False), 1)
      """;

  private static final DepthModel MODEL = DepthModel.DPT_LARGE.withTargetPx(64);

  private static TorchScriptDepthEstimator estimator;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    estimator = of(MEAN);
  }

  @AfterAll
  static void close() {
    estimator.close();
  }

  private static TorchScriptDepthEstimator of(String source) {
    return new TorchScriptDepthEstimator(
        MODEL,
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(source),
            TorchScriptDepthEstimator.CONTRACT,
            Device.cpu(),
            Precision.FLOAT32));
  }

  @Override
  protected DepthEstimator estimator() {
    return estimator;
  }

  @Test
  void estimate_chain_isPrepareRunFinish() {
    ByteImage picture = picture(70, 50);
    InverseDepthMap map = estimator.estimate(picture);
    FloatImage input = MODEL.prepare(picture);
    FloatImage raw = FloatImage.create(input.size(), 1);
    for (int i = 0; i < raw.array().length; i++) {
      float[] rgb = input.array();
      raw.array()[i] = (rgb[3 * i] + rgb[3 * i + 1] + rgb[3 * i + 2]) / 3 + 1;
    }
    FloatImage expected = new ImageResizer(ResizeFilter.CUBIC).resize(raw, new ImageSize(70, 50));
    for (int i = 0; i < expected.array().length; i++) {
      assertThat(map.values().array()[i])
          .isCloseTo(Math.max(0, expected.array()[i]), within(1e-6f));
    }
  }

  @Test
  void estimateUnscaled_sizeThatFits_isNotResized() {
    FloatImage rgb = picture(64, 32).toFloat();
    InverseDepthMap map = estimator.estimateUnscaled(rgb);
    float mean = (rgb.at(3, 4, 0) + rgb.at(3, 4, 1) + rgb.at(3, 4, 2)) / 3;
    assertThat(map.at(3, 4)).isCloseTo(2 * mean, within(1e-6f));
  }

  @Test
  void estimateUnscaled_otherSize_refusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> estimator.estimateUnscaled(picture(688, 384).toFloat()))
        .withMessageContaining("688x384")
        .withMessageContaining("704x384");
  }

  @Test
  void load_file_ofAnotherRole_saysSo() throws IOException {
    Path file = folder.resolve("flow.pt");
    TorchScriptArchive.ofMethods("def forward(self, x: Tensor) -> Tensor:\n  return x\n")
        .write(file);
    try (TorchScriptDepthEstimator wrong =
        TorchScriptDepthEstimator.load(file, MODEL, Device.cpu(), Precision.FLOAT32)) {
      assertThatThrownBy(() -> wrong.estimate(picture(64, 64)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("flow.pt")
          .hasMessageContaining("depth real (1, h, w)");
    }
  }
}
