package org.stereo4d.examples.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.stereo4d.run.Signal;
import org.stereo4d.run.Step;

class ProgressBarTest {
  private final StringWriter text = new StringWriter();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final AtomicLong nanos = new AtomicLong();

  private ProgressBar bar(boolean interactive, boolean quiet) {
    Terminal terminal =
        new Terminal(new PrintWriter(text), new PrintWriter(text), interactive, interrupted);
    return new ProgressBar(terminal, quiet, nanos::get);
  }

  @Test
  void onStep_terminal_showsShareRateAndTimeLeftOnOneLine() {
    ProgressBar bar = bar(true, false);
    bar.onStep(Step.of("depth", 0, 100));
    nanos.set(10_000_000_000L);
    bar.onStep(Step.of("depth", 20, 100));
    assertThat(text.toString())
        .contains("\rdepth [####....................] 20%  20/100, 2.0/s, 0:40 left")
        .doesNotContain("\n");
    bar.clear();
    assertThat(text.toString()).endsWith("\r");
  }

  @Test
  void onStep_noTerminal_printsPlainLinesNowAndThen() {
    ProgressBar bar = bar(false, false);
    for (int i = 1; i <= 100; i++) {
      nanos.addAndGet(300_000_000L);
      bar.onStep(Step.of("depth", i, 100));
    }
    // the first, one each ten seconds, the last
    assertThat(text.toString().lines()).hasSize(4);
    assertThat(text.toString()).contains("100%").doesNotContain("\r");
  }

  @Test
  void onStep_quiet_printsNothing() {
    bar(true, true).onStep(Step.of("depth", 1, 2));
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void onStep_interrupted_aborts() {
    ProgressBar bar = bar(false, true);
    assertThat(bar.onStep(Step.of("depth", 1, 2))).isEqualTo(Signal.CONTINUE);
    interrupted.set(true);
    assertThat(bar.onStep(Step.of("depth", 2, 2))).isEqualTo(Signal.ABORT);
  }

  @Test
  void clock_ofHours_hasThreeParts() {
    assertThat(ProgressBar.clock(59.6)).isEqualTo("1:00");
    assertThat(ProgressBar.clock(3725)).isEqualTo("1:02:05");
  }
}
