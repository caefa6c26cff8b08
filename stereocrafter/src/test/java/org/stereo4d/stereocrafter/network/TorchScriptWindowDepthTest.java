package org.stereo4d.stereocrafter.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.depth.KeyFrameWindows;
import org.stereo4d.stereocrafter.depth.WindowDepthNetwork;
import org.stereo4d.stereocrafter.depth.WindowedDepthEstimator;
import org.stereo4d.testing.VideoDepthEstimatorContract;

class TorchScriptWindowDepthTest extends VideoDepthEstimatorContract {
  private static final KeyFrameWindows WINDOWS = new KeyFrameWindows(8, List.of(0, 3, 6, 7), 2);

  /** Luma, of a scale and offset that depend on the last frame of the window. */
  private static final class Rescaling implements WindowDepthNetwork {
    @Override
    public ImageSize inputSize(ImageSize frame) {
      return frame;
    }

    @Override
    public List<FloatImage> estimate(List<FloatImage> frames) {
      assertThat(frames).hasSize(WINDOWS.window());
      float key = frames.get(WINDOWS.window() - 1).array()[5];
      List<FloatImage> out = new ArrayList<>();
      for (FloatImage frame : frames) {
        FloatImage map = frame.luma();
        for (int i = 0; i < map.array().length; i++) {
          map.array()[i] = (1 + key) * map.array()[i] + 0.2f * key;
        }
        out.add(map);
      }
      return out;
    }
  }

  @Override
  protected VideoDepthEstimator estimator() {
    return new WindowedDepthEstimator(new Rescaling(), WINDOWS);
  }

  @Override
  protected int lookAhead() {
    return WINDOWS.window();
  }

  @Test
  void estimate_longVideo_keepsTheScaleOfItsFirstWindow() throws IOException {
    List<ByteImage> frames = new ArrayList<>();
    for (int t = 0; t < 29; t++) {
      ByteImage frame = frames().get(t % FRAMES).copy();
      frame.array()[5] = (byte) (10 * t);
      frames.add(frame);
    }
    List<InverseDepthMap> maps = new ArrayList<>();
    estimator().estimate(frames, (t, map) -> maps.add(map), Progress.NONE);
    assertThat(maps).hasSize(frames.size());
    float key = (frames.get(WINDOWS.window() - 1).array()[5] & 0xff) / 255f;
    for (int t = 0; t < frames.size(); t++) {
      float[] luma = frames.get(t).toFloat().luma().array();
      for (int i = 0; i < luma.length; i += 13) {
        assertThat((double) maps.get(t).values().array()[i])
            .as("frame %s", t)
            .isCloseTo((1 + key) * luma[i] + 0.2 * key, within(1e-3));
      }
    }
  }

  @Test
  void program_givesOneMapPerFrame_ofTheReferencesSize() {
    TorchScriptArchive program =
        TorchScriptArchive.ofMethods(
            """
            def forward(self, x: Tensor) -> Tensor:
              return torch.sub(torch.select(x, 2, 1), 1)
            """);
    try (TorchScriptWindowDepth network =
        new TorchScriptWindowDepth(
            TorchScriptModel.load(
                program, TorchScriptWindowDepth.CONTRACT, Device.cpu(), Precision.FLOAT32))) {
      assertThat(network.inputSize(new ImageSize(640, 480))).isEqualTo(new ImageSize(686, 518));
      assertThat(network.inputSize(new ImageSize(1920, 800))).isEqualTo(new ImageSize(910, 378));
      FloatImage green = FloatImage.create(new ImageSize(28, 14), 3);
      for (int i = 1; i < green.array().length; i += 3) {
        green.array()[i] = i > 600 ? 0.9f : 0;
      }
      List<FloatImage> maps = network.estimate(List.of(green, green));
      assertThat(maps).hasSize(2);
      assertThat(maps.get(1).array()[0]).isZero(); // negative values are cut off
      double expected = (0.9 - 0.456) / 0.224 - 1;
      assertThat((double) maps.get(1).array()[390]).isCloseTo(expected, within(1e-5));
    }
  }
}
