package org.stereo4d.run;

import java.util.Locale;

/** Checks what a caller passed. */
public final class Check {
  private Check() {}

  /**
   * Throws unless the condition holds. State what must be true, so that NaN fails too.
   *
   * @param condition what must hold
   * @param message name, rule and value, in {@link String#format} syntax
   * @param values the values shown in the message
   * @throws IllegalArgumentException if the condition is false
   */
  @SuppressWarnings("AnnotateFormatMethod") // the message is a constant at every call
  public static void that(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}
