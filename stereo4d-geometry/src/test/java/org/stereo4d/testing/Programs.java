package org.stereo4d.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs that serve as outside referees; a test that needs an absent one is skipped. */
public final class Programs {
  private static final long LONGEST_SECONDS = 60;

  private Programs() {}

  /** What a script of a Python with NumPy prints. */
  public static String numpy(String script, Object... arguments) throws Exception {
    String python =
        Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    Assumptions.assumeTrue(
        succeeds(python, "-c", "import numpy"), "python3 with numpy is absent (python3-numpy)");
    List<String> command = new ArrayList<>(List.of(python, "-c", script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return run(command);
  }

  /** What {@code ffprobe} prints. */
  public static String ffprobe(String... arguments) throws Exception {
    Assumptions.assumeTrue(succeeds("ffprobe", "-version"), "ffprobe is absent (ffmpeg)");
    List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "quiet"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs {@code ffmpeg}. */
  public static void ffmpeg(String... arguments) throws Exception {
    Assumptions.assumeTrue(succeeds("ffmpeg", "-version"), "ffmpeg is absent");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(command.get(0) + " failed: " + output);
    }
    return output;
  }
}
