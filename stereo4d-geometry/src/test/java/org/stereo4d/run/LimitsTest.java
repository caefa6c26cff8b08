package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Limits SMALL =
      Limits.DEFAULTS.withMaxMemberBytes(1000).withMaxImageSidePx(50);

  @Test
  void requireBytes_withinTheLimit_passes() {
    assertThatCode(() -> SMALL.requireBytes(1000, "f")).doesNotThrowAnyException();
    assertThatCode(() -> SMALL.requireBytes(0, "f")).doesNotThrowAnyException();
  }

  @Test
  void requireBytes_beyondTheLimitTheHeapOrALong_isRefused() {
    for (long bytes : new long[] {1001, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> SMALL.requireBytes(bytes, "file: field"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("file: field")
          .hasMessageContaining(String.valueOf(bytes));
    }
    Limits open = Limits.DEFAULTS.withMaxMemberBytes(Long.MAX_VALUE);
    assertThatThrownBy(() -> open.requireBytes(Long.MAX_VALUE, "f")).hasMessageContaining("-Xmx");
  }

  @Test
  void requireImage_badSides_areRefused() {
    long[][] bad = {{0, 5}, {5, 0}, {-1, 5}, {51, 5}, {5, 51}, {50, 50}};
    for (long[] side : bad) {
      assertThatThrownBy(() -> SMALL.requireImage(side[0], side[1], 4, "f"))
          .isInstanceOf(IOException.class);
    }
    assertThatCode(() -> SMALL.requireImage(50, 5, 4, "f")).doesNotThrowAnyException();
    // 3.2 GB: too large for one array, and on a small heap for memory
    assertThatThrownBy(() -> Limits.DEFAULTS.requireImage(32767, 32767, 3, "f"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("f: ");
  }
}
