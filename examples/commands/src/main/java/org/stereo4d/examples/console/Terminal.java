package org.stereo4d.examples.console;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where a command prints and how it hears of an interruption.
 *
 * @param out results
 * @param err progress and complaints
 * @param interactive whether lines may be drawn over
 * @param interrupted set from any thread to end the work at its next step
 */
public record Terminal(
    PrintWriter out, PrintWriter err, boolean interactive, AtomicBoolean interrupted) {
  /** The terminal this program was started from, if any. */
  public static Terminal ofSystem() {
    return new Terminal(
        new PrintWriter(new OutputStreamWriter(System.out, Charset.defaultCharset()), true),
        new PrintWriter(new OutputStreamWriter(System.err, Charset.defaultCharset()), true),
        isTerminal(),
        new AtomicBoolean());
  }

  /** From JDK 22 on there is a console without a terminal, which says so itself. */
  @SuppressWarnings("SystemConsoleNull") // asked below
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // before JDK 22 a console is a terminal
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
