package org.stereo4d.stereocrafter.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.depth.LatentWindows;
import org.stereo4d.testing.VideoDepthEstimatorContract;

class DiffusionDepthEstimatorTest extends VideoDepthEstimatorContract {
  private static final LatentWindows WINDOWS = new LatentWindows(4, 2);
  private static final DiffusionDepthOptions OPTIONS =
      DiffusionDepthOptions.DEFAULTS
          .withWindows(WINDOWS)
          .withMaxSidePx(128)
          .withSampling(SamplingOptions.DEFAULTS.withSteps(2).withGuidance(1, 1));

  /** Single precision between noise levels of 700 and of 0.002. */
  private static final float MEAN = 3e-3f;

  private static TorchScriptNetworks networks;

  private static synchronized TorchScriptNetworks networks() throws IOException {
    if (networks == null) {
      Path folder = Files.createTempDirectory("networks");
      networks =
          TorchScriptNetworks.load(
              TinyNetworks.write(folder),
              DiffusionNetworks.Task.DEPTH,
              Device.cpu(),
              Precision.FLOAT32);
    }
    return networks;
  }

  @AfterAll
  static void free() {
    networks.close();
  }

  @Override
  protected VideoDepthEstimator estimator() throws IOException {
    return new DiffusionDepthEstimator(networks(), OPTIONS);
  }

  @Override
  protected int lookAhead() {
    // a window, and the batch that decoding waits for
    return WINDOWS.window() + 9;
  }

  @Test
  void estimate_anyLengthAndGuidance_isTheMeanOfEachFrame() throws IOException {
    ImageSize size = new ImageSize(128, 64);
    for (double guidance : new double[] {1, 1.2}) {
      for (int frames : new int[] {1, 3, 4, 5, 9}) {
        List<ByteImage> clip = new ArrayList<>();
        for (int t = 0; t < frames; t++) {
          ByteImage frame = ByteImage.create(size, 3);
          java.util.Arrays.fill(frame.array(), (byte) (100 + 5 * t));
          clip.add(frame);
        }
        DiffusionDepthOptions options =
            OPTIONS.withSampling(OPTIONS.sampling().withGuidance(guidance, guidance));
        List<InverseDepthMap> maps = new ArrayList<>();
        new DiffusionDepthEstimator(networks(), options)
            .estimate(clip, (t, map) -> maps.add(map), Progress.NONE);
        assertThat(maps).hasSize(frames);
        for (int t = 0; t < frames; t++) {
          double value = (100 + 5 * t) / 255.0;
          double expected = Math.min(1, 0.5 + guidance * (value - 0.5));
          for (float v : maps.get(t).values().array()) {
            assertThat((double) v).isCloseTo(expected, within((double) MEAN));
          }
        }
      }
    }
  }
}
