package org.stereo4d.run;

/** What a {@link Progress} listener wants to happen next. */
public enum Signal {
  /** Go on. */
  CONTINUE,
  /** Stop and return the best result, or the frames done, so far. */
  FINISH,
  /** Stop and throw {@link java.util.concurrent.CancellationException}. */
  ABORT
}
