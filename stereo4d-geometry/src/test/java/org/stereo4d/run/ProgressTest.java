package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Step STEP = Step.of("lifting", 3, 10);

  @Test
  void finishAfter_followsTheSignal() {
    assertThat(Progress.NONE.finishAfter(STEP)).isFalse();
    Progress finish = step -> Signal.FINISH;
    assertThat(finish.finishAfter(STEP)).isTrue();
    Progress abort = step -> Signal.ABORT;
    assertThatThrownBy(() -> abort.finishAfter(STEP))
        .isInstanceOf(CancellationException.class)
        .hasMessage("lifting cancelled after 3 of 10");
  }
}
