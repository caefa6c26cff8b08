package org.stereo4d.stereocrafter.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.VideoDepthEstimatorContract;

class SparseDepthTest extends VideoDepthEstimatorContract {
  private static final int STRIDE = 3;

  @Override
  protected VideoDepthEstimator estimator() {
    return new SparseDepth(
        new PerFrameDepth(rgb -> new InverseDepthMap(rgb.toFloat().luma())), STRIDE);
  }

  @Override
  protected int lookAhead() {
    return STRIDE + 1;
  }

  @Test
  void estimate_framesBetween_areMixedAndTheRestHeld() throws IOException {
    for (int count = 1; count <= FRAMES; count++) {
      List<ByteImage> frames = frames().subList(0, count);
      List<InverseDepthMap> maps = new ArrayList<>();
      estimator().estimate(frames, (t, map) -> maps.add(map), Progress.NONE);
      assertThat(maps).hasSize(count);
      for (int t = 0; t < count; t++) {
        int before = t / STRIDE * STRIDE;
        int after = before + STRIDE < count ? before + STRIDE : before;
        double share = (t - before) / (double) STRIDE;
        float a = frames.get(before).toFloat().luma().array()[11];
        float b = frames.get(after).toFloat().luma().array()[11];
        assertThat((double) maps.get(t).values().array()[11])
            .isCloseTo((1 - share) * a + share * b, within(1e-6));
      }
    }
  }
}
