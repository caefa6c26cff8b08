package org.stereo4d.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.stereo4d.examples.console.Terminal;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/** Runs commands in this process and keeps what they print. */
record Program(int code, String out, String err) {
  static Program run(Object... args) {
    return run(new AtomicBoolean(), args);
  }

  static Program run(AtomicBoolean interrupted, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), false, interrupted);
    List<String> texts = new ArrayList<>();
    for (Object arg : args) {
      texts.add(arg.toString());
    }
    int code = Stereo4d.run(terminal, texts.toArray(new String[0]));
    terminal.out().flush();
    terminal.err().flush();
    return new Program(code, out.toString(), err.toString());
  }

  /** The result of a command that must succeed. */
  static Map<String, Object> result(Object... args) {
    Object[] all = new Object[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--json";
    all[args.length + 1] = "--quiet";
    Program program = run(all);
    assertThat(program.code()).as(program.err() + program.out()).isZero();
    return Json.object(Json.parse(program.out(), Limits.DEFAULTS), "result");
  }
}
