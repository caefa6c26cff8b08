package org.stereo4d.examples.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.stereo4d.network.Device;
import org.stereo4d.run.Json;
import org.stereo4d.run.Progress;
import picocli.CommandLine.Option;

/** Options of every command, and how it runs and reports. */
public final class Console {
  private final Terminal terminal;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of our own kernels; default: one per core. Results do not change")
  private int threads;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  @Option(names = "--quiet", description = "show no progress")
  private boolean quiet;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "where networks run: auto, cpu, gpu or gpuN; default: ${DEFAULT-VALUE}")
  private String device = "auto";

  @Option(names = "--overwrite", description = "replace outputs that exist")
  private boolean overwrite;

  /** A console on a terminal. */
  public Console(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a command does. */
  @FunctionalInterface
  public interface Work {
    /** Does it; the answer is printed. */
    Map<String, Object> run(Progress progress) throws IOException;
  }

  /**
   * Runs the work of a command on the threads asked for and prints its result.
   *
   * @return 0
   */
  public int run(Work work) throws IOException {
    Map<String, Object> result = compute(work);
    if (json) {
      terminal.out().print(Json.format(result));
    } else {
      print(result, "");
    }
    terminal.out().flush();
    return 0;
  }

  private Map<String, Object> compute(Work work) throws IOException {
    ProgressBar bar = new ProgressBar(terminal, quiet, System::nanoTime);
    try {
      if (threads < 0) {
        throw new IllegalArgumentException("--threads must be > 0, was " + threads);
      }
      return threads == 0 ? work.run(bar) : inPool(work, bar);
    } finally {
      bar.clear();
    }
  }

  private Map<String, Object> inPool(Work work, Progress progress) throws IOException {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.invoke(new Task(work, progress)).orThrow();
    } finally {
      pool.shutdown();
    }
  }

  /** Work as a task that keeps its failure as it is. */
  private static final class Task extends java.util.concurrent.RecursiveTask<Outcome> {
    private static final long serialVersionUID = 1L;
    private final transient Work work;
    private final transient Progress progress;

    Task(Work work, Progress progress) {
      this.work = work;
      this.progress = progress;
    }

    @Override
    protected Outcome compute() {
      try {
        return new Outcome(work.run(progress), List.of());
      } catch (IOException | RuntimeException e) {
        return new Outcome(Map.of(), List.of(e));
      }
    }
  }

  private record Outcome(Map<String, Object> result, List<Exception> failure) {
    Map<String, Object> orThrow() throws IOException {
      for (Exception e : failure) {
        if (e instanceof IOException io) {
          throw io;
        }
        if (e instanceof RuntimeException runtime) {
          throw runtime;
        }
      }
      return result;
    }
  }

  private void print(Map<?, ?> result, String indent) {
    for (Map.Entry<?, ?> entry : result.entrySet()) {
      Object value = entry.getValue();
      if (value instanceof Map<?, ?> map) {
        terminal.out().println(indent + entry.getKey() + ":");
        print(map, indent + "  ");
      } else if (value instanceof List<?> list) {
        terminal.out().println(indent + entry.getKey() + ":");
        list.forEach(item -> printItem(item, indent + "  "));
      } else {
        terminal.out().println(indent + entry.getKey() + ": " + shown(value));
      }
    }
  }

  private void printItem(Object item, String indent) {
    if (item instanceof Map<?, ?> map) {
      print(map, indent);
      terminal.out().println();
    } else {
      terminal.out().println(indent + shown(item));
    }
  }

  private static Object shown(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4g", number)
        : value.toString().replace("\n", "\n  ");
  }

  /**
   * Makes sure that a file may be written.
   *
   * @throws IOException if it exists and was not given up for replacement
   */
  public Path claim(Path output) throws IOException {
    if (Files.isRegularFile(output) && !overwrite) {
      throw new IOException(output + ": exists; give --overwrite to replace it");
    }
    return output;
  }

  /**
   * Makes sure that a folder may be filled.
   *
   * @throws IOException if it holds anything and was not given up for replacement
   */
  public Path claimFolder(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(folder + ": is a file, expected a folder to write to");
    }
    if (Files.isDirectory(folder) && !overwrite) {
      try (java.util.stream.Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new IOException(folder + ": is not empty; give --overwrite to replace its files");
        }
      }
    }
    return folder;
  }

  /** Where networks run. */
  public Device device() {
    return Device.of(device);
  }

  /** Says something worth knowing. */
  public void warn(String text) {
    terminal.err().println(text);
    terminal.err().flush();
  }

  /** Ends the work if the terminal was interrupted, for loops that report no steps. */
  public void checkInterrupted() {
    if (terminal.interrupted().get()) {
      throw new CancellationException("cancelled");
    }
  }
}
