package org.stereo4d.tracking.klt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What most of several trackers say. */
class FoundPropertyTest {
  private static final int POINTS = 3;
  private static final int FRAMES = 7;

  @Property(tries = 200)
  void ofMost_anyVoters_isSeenWhereMostSeeItAmidTheirPlaces(
      @ForAll @IntRange(max = 2) int pairs, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<KltTracker.Found> voters = new ArrayList<>();
    for (int i = 0; i < 2 * pairs + 1; i++) {
      voters.add(random(random));
    }
    KltTracker.Found most = KltTracker.Found.ofMost(voters);
    for (int e = 0; e < POINTS * FRAMES; e++) {
      int entry = e;
      List<KltTracker.Found> seeing = voters.stream().filter(v -> v.visible()[entry]).toList();
      assertThat(most.visible()[e]).isEqualTo(seeing.size() > pairs);
      if (seeing.size() <= pairs) {
        assertThat(most.xy()[2 * e]).isEqualTo(voters.get(0).xy()[2 * e]);
        assertThat(most.confidence()[e]).isZero();
        continue;
      }
      for (int c = 2 * e; c < 2 * e + 2; c++) {
        float middle = most.xy()[c];
        int at = c;
        assertThat(seeing.stream().filter(v -> v.xy()[at] <= middle).count())
            .isGreaterThanOrEqualTo(seeing.size() / 2);
        assertThat(seeing.stream().filter(v -> v.xy()[at] >= middle).count())
            .isGreaterThanOrEqualTo(seeing.size() / 2);
      }
      int sum = seeing.stream().mapToInt(v -> v.confidence()[entry] & 0xff).sum();
      assertThat(most.confidence()[e] & 0xff).isEqualTo(sum / voters.size());
    }
  }

  @Test
  void tracker_evenNumberOfWays_isRefused() {
    List<KltOptions> two = List.of(KltOptions.DEFAULTS, KltOptions.DEFAULTS);
    assertThatThrownBy(() -> new KltTracker(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("options must be of odd number, were 2");
  }

  @Test
  void tracker_someWaysByColour_isRefused() {
    List<KltOptions> mixed =
        List.of(KltOptions.DEFAULTS, KltOptions.DEFAULTS, KltOptions.DEFAULTS.withColor(true));
    assertThatThrownBy(() -> new KltTracker(mixed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all options must use colour or none");
  }

  private static KltTracker.Found random(SplittableRandom random) {
    KltTracker.Found out = KltTracker.Found.of(POINTS, FRAMES);
    for (int e = 0; e < POINTS * FRAMES; e++) {
      out.visible()[e] = random.nextInt(3) > 0;
      out.xy()[2 * e] = (float) random.nextDouble(100);
      out.xy()[2 * e + 1] = (float) random.nextDouble(100);
      out.confidence()[e] = (byte) (out.visible()[e] ? random.nextInt(256) : 0);
    }
    return out;
  }
}
