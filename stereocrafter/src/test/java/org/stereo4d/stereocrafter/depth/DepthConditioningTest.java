package org.stereo4d.stereocrafter.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;

class DepthConditioningTest {
  private static InverseDepthMap map(float... values) {
    return new InverseDepthMap(FloatImage.wrap(values, new ImageSize(values.length, 1), 1));
  }

  private static ByteImage frame(int red, int green, int blue) {
    ByteImage out = ByteImage.create(new ImageSize(64, 48), 3);
    for (int i = 0; i < out.array().length; i += 3) {
      out.array()[i] = (byte) (red + i / 3 % 7);
      out.array()[i + 1] = (byte) green;
      out.array()[i + 2] = (byte) blue;
    }
    return out;
  }

  @Test
  void normalize_constantDepth_isTheMiddle() {
    InverseDepthMap flat = map(3, 3, 3);
    assertThat(DepthRange.of(flat).normalize(flat).values().array()).containsOnly(0.5f);
  }

  @Test
  void range_unknownValues_doNotCount() {
    InverseDepthMap map = map(1, Float.NaN, 5, Float.POSITIVE_INFINITY);
    assertThat(DepthRange.of(map)).isEqualTo(new DepthRange(1, 5));
    assertThat(DepthRange.of(map).normalize(map).values().array()[1]).isNaN();
    assertThat(DepthRange.ofPercentiles(map(0, 1, 2, 3, 1000), 0, 75))
        .isEqualTo(new DepthRange(0, 3));
  }

  @Test
  void curves_areMonotoneAndKeepTheEnds() {
    for (double s = -3; s <= 3; s += 0.5) {
      DisparityCurve curve = DisparityCurve.ofForegroundScale(s);
      assertThat(curve.at(0)).isCloseTo(0, within(1e-9));
      assertThat(curve.at(1)).isCloseTo(1, within(1e-9));
      for (double x = 0; x < 1; x += 0.05) {
        assertThat(curve.at(x + 0.05)).as(curve + " at " + x).isGreaterThanOrEqualTo(curve.at(x));
      }
    }
    assertThatThrownBy(() -> DisparityCurve.named("cubic"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cubic");
  }

  @Test
  void cuts_newColours_areFoundOnceAndFlashesAfterAreNot() {
    SceneCuts cuts = new SceneCuts();
    List<Integer> found = new ArrayList<>();
    for (int t = 0; t < 24; t++) {
      if (cuts.isCut(t < 12 ? frame(200, 30, 30) : frame(10, 20, 200))) {
        found.add(t);
      }
    }
    assertThat(found).containsExactly(12);
    SceneCuts flicker = new SceneCuts();
    for (int t = 0; t < 7; t++) {
      assertThat(flicker.isCut(t % 2 == 0 ? frame(200, 30, 30) : frame(10, 20, 200))).isFalse();
    }
  }

  @Test
  void windows_thatDoNotAdvance_areRefused() {
    assertThatThrownBy(() -> new LatentWindows(25, 25))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("25");
    for (int frames = 1; frames < 80; frames++) {
      List<LatentWindows.Range> ranges = new LatentWindows(12, 5).ranges(frames);
      assertThat(ranges.get(ranges.size() - 1).endExclusive()).isEqualTo(frames);
      for (int i = 1; i < ranges.size(); i++) {
        assertThat(ranges.get(i).startInclusive()).isEqualTo(ranges.get(i - 1).endExclusive() - 5);
        assertThat(ranges.get(i).length()).isGreaterThan(5);
      }
    }
  }

  @Test
  void heuristic_stillVideo_isSteadyAndNearerBelow() throws IOException {
    List<InverseDepthMap> maps = new ArrayList<>();
    HeuristicDepthEstimator.ofPictures()
        .estimate(
            Collections.nCopies(4, frame(90, 120, 60)),
            (t, map) -> {
              assertThat(t).isEqualTo(maps.size());
              maps.add(map);
            },
            Progress.NONE);
    assertThat(maps).hasSize(4);
    InverseDepthMap first = maps.get(0);
    assertThat(first.at(30, 47)).isGreaterThan(first.at(30, 0) + 0.2f);
    for (int i = 0; i < first.values().array().length; i++) {
      assertThat(maps.get(3).values().array()[i])
          .isBetween(0f, 1f)
          .isCloseTo(first.values().array()[i], within(1e-5f));
    }
  }

  @Test
  void edgeDilation_step_movesTheNearSideOutwards() {
    FloatImage step = FloatImage.create(new ImageSize(20, 9), 1);
    for (int y = 0; y < 9; y++) {
      Arrays.fill(step.array(), y * 20 + 10, y * 20 + 20, 1);
    }
    InverseDepthMap grown = EdgeDilation.DEFAULTS.apply(new InverseDepthMap(step));
    assertThat(grown.at(8, 4)).isGreaterThan(0.2f);
    assertThat(grown.at(4, 4)).isLessThan(0.01f);
    assertThat(new EdgeDilation(0, 0).apply(new InverseDepthMap(step)).values()).isEqualTo(step);
  }
}
