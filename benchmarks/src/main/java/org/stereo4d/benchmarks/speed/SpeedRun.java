package org.stereo4d.benchmarks.speed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** Measures every row of the tables, then writes them into the documents. */
public final class SpeedRun {
  private SpeedRun() {}

  /**
   * Runs.
   *
   * @param args a folder for {@code jmh.json}, the number of JVMs each benchmark runs in, then the
   *     documents that hold a table
   */
  public static void main(String[] args) throws Exception {
    Path json = Files.createDirectories(Path.of(args[0])).resolve("jmh.json");
    int forks = Integer.parseInt(args[1]);
    List<RunResult> results = new ArrayList<>();
    for (Kernel kernel : Kernel.ALL) {
      ChainedOptionsBuilder options =
          kernel
              .options()
              .forks(forks)
              .shouldFailOnError(true)
              .jvmArgsAppend("--add-modules=jdk.incubator.vector", "-Xmx6g");
      results.addAll(new Runner(options.build()).run());
      // after every row, so that a run that is cut short leaves what it has
      ResultFormatFactory.getInstance(ResultFormatType.JSON, json.toString()).writeOut(results);
    }
    SpeedTable table = SpeedTable.read(json);
    for (String document : List.of(args).subList(2, args.length)) {
      table.insertInto(Path.of(document));
    }
    System.out.println(table.brief().replaceAll(Pattern.quote("`"), ""));
  }
}
