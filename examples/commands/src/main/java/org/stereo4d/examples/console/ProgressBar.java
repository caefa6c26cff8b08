package org.stereo4d.examples.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.run.Step;

/**
 * Shows the steps of a run: on a terminal one line that is drawn over, with share, rate and time
 * left; elsewhere a plain line at the start and the end of each stage and every ten seconds. Stops
 * the work when the terminal is interrupted.
 */
final class ProgressBar implements Progress {
  private static final int WIDTH = 24;
  private static final long DRAW_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;

  private final Terminal terminal;
  private final boolean quiet;
  private final LongSupplier nanoClock;
  private String stage = "";
  private long stageStart;
  private long lastShown;
  private int drawn;

  ProgressBar(Terminal terminal, boolean quiet, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.quiet = quiet;
    this.nanoClock = nanoClock;
  }

  @Override
  public Signal onStep(Step step) {
    if (terminal.interrupted().get()) {
      return Signal.ABORT;
    }
    if (!quiet) {
      show(step);
    }
    return Signal.CONTINUE;
  }

  private synchronized void show(Step step) {
    long now = nanoClock.getAsLong();
    boolean first = !step.stage().equals(stage);
    if (first) {
      clear();
      stage = step.stage();
      stageStart = now;
    }
    boolean last = step.total() > 0 && step.done() >= step.total();
    long pause = terminal.interactive() ? DRAW_NANOS : LINE_NANOS;
    if (!first && !last && now - lastShown < pause) {
      return;
    }
    lastShown = now;
    String line = line(step, (now - stageStart) / 1e9);
    PrintWriter err = terminal.err();
    if (terminal.interactive()) {
      err.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
      drawn = line.length();
    } else {
      err.println(line);
    }
    err.flush();
  }

  private static String line(Step step, double seconds) {
    StringBuilder out = new StringBuilder(step.stage());
    double rate = step.done() / seconds;
    if (step.total() > 0) {
      int full = (int) (WIDTH * step.done() / step.total());
      out.append(" [").append("#".repeat(full)).append(".".repeat(WIDTH - full)).append("] ");
      out.append(100 * step.done() / step.total()).append("% ");
    }
    out.append(' ').append(step.done());
    if (step.total() > 0) {
      out.append('/').append(step.total());
    }
    if (seconds > 0.5 && step.done() > 0) {
      out.append(String.format(Locale.ROOT, ", %.1f/s", rate));
      if (step.total() > step.done()) {
        out.append(", ").append(clock((step.total() - step.done()) / rate)).append(" left");
      }
    }
    if (!Double.isNaN(step.cost())) {
      out.append(String.format(Locale.ROOT, ", cost %.4g", step.cost()));
    }
    return out.toString();
  }

  static String clock(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  /** Ends the line that is drawn over. */
  synchronized void clear() {
    if (drawn > 0) {
      terminal.err().print("\r" + " ".repeat(drawn) + "\r");
      terminal.err().flush();
      drawn = 0;
    }
  }
}
