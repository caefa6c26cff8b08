package org.stereo4d.videoloop.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;

/** What every matcher does; a subclass names the matcher. */
public abstract class PatchMatcherContract {
  /** Share of choices that rounding may change. */
  private static final double MOST_DIFFERENT = 0.002;

  /** The matcher under test. */
  protected abstract PatchMatcher matcher();

  @Test
  void match_everySetting_choosesAsTheSpecification() {
    Random random = new Random(1);
    ImageSize size = new ImageSize(23, 17);
    ColorClip loop = clip(7, size, random);
    ColorClip video = clip(30, size, random);
    for (double rho : new double[] {0, 0.005, Double.POSITIVE_INFINITY}) {
      for (TieRule ties : TieRule.values()) {
        MatchOptions options =
            MatchOptions.DEFAULTS.withPatchPx(7, 3).withCompleteness(rho).withTies(ties);
        PatchGrid grid = PatchGrid.of(options, loop, video);
        int[] expected = new DirectMatcher().match(loop, video, grid);
        int[] chosen = matcher().match(loop, video, grid);
        int different = 0;
        for (int i = 0; i < expected.length; i++) {
          different += chosen[i] == expected[i] ? 0 : 1;
        }
        // with rho 0 and the first index, ties are exact only where distances are: choices may then
        // fall on another of the keys that are as good
        boolean exactTies = rho == 0 && ties == TieRule.FIRST_INDEX;
        assertThat((double) different / expected.length)
            .as("rho %s, %s", rho, ties)
            .isLessThanOrEqualTo(exactTies ? MOST_DIFFERENT * 2 : MOST_DIFFERENT);
      }
    }
  }

  @Test
  void match_keyEqualToTheQuery_isChosen() {
    Random random = new Random(2);
    ImageSize size = new ImageSize(9, 9);
    ColorClip video = clip(12, size, random);
    ColorClip loop = ColorClip.create(3, size);
    int frame = 3 * size.area();
    System.arraycopy(video.values(), 5 * frame, loop.values(), 0, 3 * frame);
    MatchOptions options = MatchOptions.SMALL;
    PatchGrid grid = PatchGrid.of(options, loop, video);
    assertThat(matcher().match(loop, video, grid)).containsOnly(5);
  }

  @Test
  void match_allFramesEqual_choosesTheFirst() {
    ImageSize size = new ImageSize(9, 9);
    ColorClip still = ColorClip.create(6, size);
    PatchGrid grid = PatchGrid.of(MatchOptions.DEFAULTS.withPatchPx(5, 2), still, still);
    assertThat(matcher().match(still, still, grid)).containsOnly(0);
  }

  private static ColorClip clip(int frames, ImageSize size, Random random) {
    ColorClip out = ColorClip.create(frames, size);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = random.nextFloat();
    }
    return out;
  }
}
