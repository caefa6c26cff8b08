package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;

class QueryGridTest {
  private static final ImageSize VIEW = new ImageSize(512, 512);

  @Test
  void queries_ofTheReferenceClip_areEighteenGridsOf128x128() {
    QueryPoints queries = QueryGrid.DEFAULTS.queries(VIEW, 177);
    assertThat(queries.count()).isEqualTo(294_912);
    assertThat(queries.frame(0)).isZero();
    assertThat(queries.frame(294_911)).isEqualTo(170);
  }

  @Test
  void queries_jittered_areWholeNumbersLessThanHalfAStrideAway() {
    QueryPoints moved = QueryGrid.DEFAULTS.queries(VIEW, 1);
    QueryPoints plain = QueryGrid.DEFAULTS.withJittered(false).queries(VIEW, 1);
    int different = 0;
    for (int i = 0; i < moved.count(); i++) {
      float dx = moved.xPx(i) - plain.xPx(i);
      assertThat(moved.xPx(i)).isEqualTo((float) Math.floor(moved.xPx(i))).isBetween(0f, 511f);
      assertThat(dx).isBetween(-2f, 1f);
      assertThat(moved.yPx(i) - plain.yPx(i)).isBetween(-2f, 1f);
      different += dx != 0 ? 1 : 0;
    }
    assertThat(different).isGreaterThan(plain.count() / 2);
  }

  @Test
  void queries_sameSeed_sameGrid_otherSeed_another() {
    QueryPoints one = QueryGrid.DEFAULTS.queries(VIEW, 1);
    QueryPoints same = QueryGrid.DEFAULTS.queries(VIEW, 1);
    QueryPoints other = QueryGrid.DEFAULTS.withSeed(1).queries(VIEW, 1);
    int equal = 0;
    for (int i = 0; i < one.count(); i++) {
      assertThat(one.xPx(i)).isEqualTo(same.xPx(i));
      equal += one.xPx(i) == other.xPx(i) ? 1 : 0;
    }
    assertThat(equal).isLessThan(one.count());
  }

  @Test
  void queries_strideWiderThanThePicture_areNone() {
    assertThat(QueryGrid.DEFAULTS.withStridePx(40).queries(new ImageSize(20, 30), 5).count())
        .isZero();
  }

  @Test
  void queries_strideOne_isNotMoved() {
    QueryPoints queries = QueryGrid.DEFAULTS.withStridePx(1).queries(new ImageSize(3, 2), 1);
    assertThat(queries.count()).isEqualTo(6);
    assertThat(queries.xPx(5)).isBetween(1f, 2f);
  }

  @Test
  void constructor_zeroSteps_areRefused() {
    assertThatThrownBy(() -> QueryGrid.DEFAULTS.withStridePx(0)).hasMessageContaining("was 0");
    assertThatThrownBy(() -> QueryGrid.DEFAULTS.withEveryFrames(-1)).hasMessageContaining("was -1");
  }
}
