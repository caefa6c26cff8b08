package org.stereo4d.stereocrafter.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.VideoDepthEstimatorContract;

class StabilizedDepthTest extends VideoDepthEstimatorContract {
  /** Gives each window a scale of its own, as a stabiliser may. */
  private static final DepthStabilizer RESCALING =
      (frames, maps, progress) -> {
        double scale = 1 + 0.3 * (frames.get(0).array()[7] & 3);
        List<InverseDepthMap> out = new ArrayList<>();
        for (InverseDepthMap map : maps) {
          out.add(new InverseDepthMap(new ScaleShift(scale, 0.1).apply(map.values())));
        }
        return out;
      };

  private static InverseDepthMap luma(ByteImage rgb) {
    return new InverseDepthMap(rgb.toFloat().luma());
  }

  @Override
  protected VideoDepthEstimator estimator() {
    return new StabilizedDepth(StabilizedDepthTest::luma, RESCALING, 4, 2);
  }

  @Override
  protected int lookAhead() {
    return 4;
  }

  @Test
  void estimate_windowsOfDifferentScales_areBroughtToOne() throws IOException {
    List<ByteImage> frames = frames();
    List<InverseDepthMap> maps = new ArrayList<>();
    estimator().estimate(frames, (t, map) -> maps.add(map), Progress.NONE);
    double scale = 1 + 0.3 * (frames.get(0).array()[7] & 3);
    for (int t = 0; t < FRAMES; t++) {
      float[] expected = luma(frames.get(t)).values().array();
      for (int i = 0; i < expected.length; i += 31) {
        assertThat((double) maps.get(t).values().array()[i])
            .isCloseTo(scale * expected[i] + 0.1, within(1e-4));
      }
    }
  }

  @Test
  void fit_ofALine_isFound_andOfNothingIsNone() {
    FloatImage a = frames().get(2).toFloat().luma();
    FloatImage b = new ScaleShift(2.5, -0.25).apply(a);
    b.array()[3] = Float.NaN;
    ScaleShift got = ScaleShift.fit(List.of(a), List.of(b));
    assertThat(got.scale()).isCloseTo(2.5, within(1e-4));
    assertThat(got.offset()).isCloseTo(-0.25, within(1e-4));
    FloatImage nothing = FloatImage.create(SIZE, 1);
    Arrays.fill(nothing.array(), Float.NaN);
    assertThat(ScaleShift.fit(List.of(a), List.of(nothing))).isEqualTo(ScaleShift.NONE);
    FloatImage flat = FloatImage.create(SIZE, 1);
    assertThat(ScaleShift.fit(List.of(flat), List.of(a)).scale()).isEqualTo(1);
  }
}
