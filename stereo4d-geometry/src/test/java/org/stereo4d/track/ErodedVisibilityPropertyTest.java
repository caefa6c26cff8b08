package org.stereo4d.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ErodedVisibilityPropertyTest {
  @Property(tries = 200)
  void erodedVisibility_anyFlags_isTheRuleAsWritten(
      @ForAll @Size(min = 1, max = 20) boolean[] flags,
      @ForAll @IntRange(min = 0, max = 6) int reach) {
    int frames = flags.length;
    boolean[] two = new boolean[2 * frames]; // a second track that must not touch the first
    System.arraycopy(flags, 0, two, 0, frames);
    boolean[] expected = new boolean[2 * frames];
    for (int t = 0; t < frames; t++) {
      expected[t] = true;
      for (int s = Math.max(0, t - reach); s <= Math.min(frames - 1, t + reach); s++) {
        expected[t] &= flags[s];
      }
    }
    Tracks3d tracks = Tracks3d.wrap(frames, new float[6 * frames], two, new byte[6]);
    assertThat(tracks.erodedVisibility(2 * reach + 1)).isEqualTo(expected);
  }

  @Test
  void erodedVisibility_evenWindow_isRefused() {
    Tracks3d tracks = Tracks3d.wrap(1, new float[3], new boolean[1], new byte[3]);
    assertThatThrownBy(() -> tracks.erodedVisibility(4)).hasMessageContaining("was 4");
  }
}
