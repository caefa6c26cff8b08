package org.stereo4d.depth.sgm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.testing.StereoMatcherContract;

class SemiGlobalMatcherTest extends StereoMatcherContract {
  private static final SemiGlobalOptions OPTIONS = SemiGlobalOptions.DEFAULTS.withRangePx(0, 32);

  @Override
  protected StereoMatcher matcher() {
    return new SemiGlobalMatcher(OPTIONS);
  }

  @Test
  void match_anyThreads_sameBits() throws Exception {
    StereoPair pair = shifted(new ImageSize(97, 61), 5);
    DisparityMap one = new ForkJoinPool(1).submit(() -> matcher().match(pair)).get();
    DisparityMap three = new ForkJoinPool(3).submit(() -> matcher().match(pair)).get();
    assertThat(one).isEqualTo(three);
  }

  @Test
  void matchBoth_constantShift_agreesInBothViews() {
    SemiGlobalMatcher.Both both =
        new SemiGlobalMatcher(OPTIONS).matchBoth(shifted(new ImageSize(120, 64), 6));
    assertThat(both.left().at(70, 30)).isBetween(5.75f, 6.25f);
    assertThat(both.right().at(60, 30)).isBetween(5.75f, 6.25f);
  }

  @Test
  void match_negativeRange_findsNegativeDisparity() {
    StereoPair pair = shifted(new ImageSize(120, 64), 4);
    SemiGlobalOptions options = OPTIONS.withRangePx(-8, 16);
    DisparityMap map =
        new SemiGlobalMatcher(options).match(new StereoPair(pair.right(), pair.left()));
    assertThat(map.at(60, 30)).isBetween(-4.25f, -3.75f);
  }

  @Test
  void match_flatPicture_isUnknownOrInRange() {
    ByteImage flat = ByteImage.create(new ImageSize(80, 40), 3);
    DisparityMap map = matcher().match(new StereoPair(flat, flat.copy()));
    for (float px : map.px().array()) {
      assertThat(Float.isNaN(px) || (px >= 0 && px < 32)).isTrue();
    }
  }

  @Test
  void match_fill_leavesNoHoles() {
    DisparityMap map =
        new SemiGlobalMatcher(OPTIONS.withFill(true)).match(shifted(new ImageSize(120, 64), 6));
    assertThat(map.known().count()).isEqualTo(120 * 64);
  }

  @Test
  void options_outOfRange_nameTheRule() {
    assertThatThrownBy(() -> OPTIONS.withRangePx(0, 0)).hasMessageContaining("rangePx");
    assertThatThrownBy(() -> OPTIONS.withPenalties(10, 10, 0.5))
        .hasMessageContaining("largePenalty");
  }
}
