package org.stereo4d.stereocrafter.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.VideoDepthEstimatorContract;

class LetterboxedDepthTest extends VideoDepthEstimatorContract {
  @Override
  protected VideoDepthEstimator estimator() {
    return new LetterboxedDepth(
        new PerFrameDepth(rgb -> new InverseDepthMap(rgb.toFloat().luma())));
  }

  @Test
  void estimate_blackBars_areNotSeenAndTakeTheEdges() throws IOException {
    List<ByteImage> frames = new ArrayList<>();
    for (ByteImage frame : frames()) {
      ByteImage boxed = ByteImage.create(new ImageSize(60, 48), 3);
      Arrays.fill(boxed.array(), (byte) 16);
      for (int y = 0; y < SIZE.height(); y++) {
        Arrays.fill(frame.array(), frame.index(0, y), frame.index(3, y), (byte) 90);
        System.arraycopy(
            frame.array(), frame.index(0, y), boxed.array(), boxed.index(5, y + 7), 3 * 48);
      }
      frames.add(boxed);
    }
    assertThat(LetterboxedDepth.Picture.of(frames.get(0)))
        .isEqualTo(new LetterboxedDepth.Picture(5, 7, SIZE));
    List<ImageSize> seen = new ArrayList<>();
    List<InverseDepthMap> maps = new ArrayList<>();
    new LetterboxedDepth(
            new PerFrameDepth(
                rgb -> {
                  seen.add(rgb.size());
                  return new InverseDepthMap(rgb.toFloat().luma());
                }))
        .estimate(frames, (t, map) -> maps.add(map), Progress.NONE);
    assertThat(seen).containsOnly(SIZE).hasSize(FRAMES);
    for (InverseDepthMap map : maps) {
      assertThat(map.size()).isEqualTo(new ImageSize(60, 48));
      assertThat(map.at(0, 20)).isEqualTo(map.at(5, 20)).isCloseTo(90 / 255f, within(1e-4f));
      assertThat(map.at(30, 0)).isEqualTo(map.at(30, 7));
      assertThat(map.at(30, 47)).isEqualTo(map.at(30, 38));
    }
    ByteImage dark = ByteImage.create(SIZE, 3);
    assertThat(LetterboxedDepth.Picture.of(dark).size()).isEqualTo(SIZE);
  }

  @Test
  void survey_ofInvertedAndOfWideDepth() {
    DepthSurvey right = new DepthSurvey();
    DepthSurvey inverted = new DepthSurvey();
    DepthSurvey narrow = new DepthSurvey();
    ImageSize size = new ImageSize(64, 48);
    for (int t = 0; t < 10; t++) {
      FloatImage map = FloatImage.create(size, 1);
      FloatImage flat = FloatImage.create(size, 1);
      for (int i = 0; i < map.array().length; i++) {
        double r = Math.hypot(i % 64 - 31.5, i / 64 - 23.5) / 40;
        map.array()[i] = (float) (1 - r);
        flat.array()[i] = (float) (0.3 + 0.02 * r);
      }
      map.array()[0] = Float.NaN;
      right.accept(new InverseDepthMap(map));
      inverted.accept(new InverseDepthMap(new ScaleShift(-1, 1).apply(map)));
      narrow.accept(new InverseDepthMap(flat));
    }
    assertThat(right.looksInverted()).isFalse();
    assertThat(inverted.looksInverted()).isTrue();
    assertThat(Arrays.stream(right.histogram()).sum()).isCloseTo(1, within(1e-9));
    // nearly the whole range in use: 1 percent of parallax to the farther side
    assertThat(right.percentOfWidth()).isBetween(1.5, 3.0);
    assertThat(narrow.percentOfWidth()).isCloseTo(3.3, within(1e-9));
    assertThat(narrow.convergence()).isBetween(0.3, 0.32);
    assertThat(new DepthSurvey().convergence()).isEqualTo(0.5);
  }
}
