package org.stereo4d.videoloop.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;

class BoxSumMatcherTest extends PatchMatcherContract {
  private static final double MOST_DIFFERENT = 0.002; // scores closer than float rounding

  @Override
  protected PatchMatcher matcher() {
    return new BoxSumMatcher();
  }

  @Test
  void match_severalTiles_choosesAsTheSpecification() {
    Random random = new Random(3);
    ImageSize size = new ImageSize(71, 58);
    ColorClip loop = clip(5, size, random);
    ColorClip video = clip(11, size, random);
    for (MatchOptions options :
        new MatchOptions[] {
          MatchOptions.SMALL, MatchOptions.DEFAULTS.withPatchPx(4, 2), MatchOptions.DEFAULTS
        }) {
      PatchGrid grid = PatchGrid.of(options, loop, video);
      int[] expected = new DirectMatcher().match(loop, video, grid);
      int[] chosen = matcher().match(loop, video, grid);
      int different = 0;
      for (int i = 0; i < expected.length; i++) {
        different += chosen[i] == expected[i] ? 0 : 1;
      }
      assertThat(different).isLessThanOrEqualTo((int) (MOST_DIFFERENT * expected.length));
    }
  }

  @Test
  void match_frameWithNaN_isNeverChosen() {
    Random random = new Random(4);
    ImageSize size = new ImageSize(9, 9);
    ColorClip video = clip(12, size, random);
    int frame = 3 * size.area();
    Arrays.fill(video.values(), 6 * frame, 7 * frame, Float.NaN);
    ColorClip loop = clip(5, size, random);
    for (TieRule ties : TieRule.values()) {
      PatchGrid grid =
          PatchGrid.of(MatchOptions.DEFAULTS.withPatchPx(5, 4).withTies(ties), loop, video);
      assertThat(matcher().match(loop, video, grid)).doesNotContain(4, 5, 6);
    }
  }

  private static ColorClip clip(int frames, ImageSize size, Random random) {
    ColorClip out = ColorClip.create(frames, size);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = random.nextFloat();
    }
    return out;
  }
}
