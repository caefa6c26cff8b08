package org.stereo4d.run;

import java.util.concurrent.CancellationException;

/** Listens to long work and may stop it. Called from the thread that started the work. */
@FunctionalInterface
public interface Progress {
  /** Never stops anything. */
  Progress NONE = step -> Signal.CONTINUE;

  /** Called after each step; the answer decides whether work goes on. */
  Signal onStep(Step step);

  /**
   * Reports a step.
   *
   * @return true when work must end now and return what it has
   * @throws CancellationException if the listener aborts
   */
  default boolean finishAfter(Step step) {
    return switch (onStep(step)) {
      case CONTINUE -> false;
      case FINISH -> true;
      case ABORT ->
          throw new CancellationException(
              step.stage() + " cancelled after " + step.done() + " of " + step.total());
    };
  }
}
