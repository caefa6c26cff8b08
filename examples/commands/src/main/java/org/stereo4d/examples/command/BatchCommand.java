package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.examples.report.BatchReport;
import org.stereo4d.pipeline.ClipInput;
import org.stereo4d.pipeline.PipelineBatch;
import org.stereo4d.run.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Many clips. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = "Many clips on this machine, each in a folder of its own.",
    footer = {
      "",
      "LIST is text, one clip per line: VIDEO, or ID<tab>VIDEO, or ID<tab>VIDEO<tab>CLIP.npz;",
      "relative paths are those of the list's folder, '#' starts a comment.",
      "A clip that fails is reported and never stops the rest. Machines share a list by --shard.",
      "Example:",
      "  stereo4d batch clips.tsv -o out --shard 0/4"
    })
public final class BatchCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private final PipelineArguments arguments = new PipelineArguments();

  @Parameters(paramLabel = "LIST", description = "the clips")
  private Path list;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER")
  private Path folder;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      defaultValue = "0/1",
      description = "do every N-th clip of the list, from the I-th; default: ${DEFAULT-VALUE}")
  private String shard = "0/1";

  private boolean complete;

  @Override
  public Integer call() throws IOException {
    try (arguments) {
      int code = console.run(this::process);
      return complete ? code : 1;
    }
  }

  private Map<String, Object> process(Progress progress) throws IOException {
    List<ClipInput> clips = mine();
    arguments.claim(console, folder);
    List<PipelineBatch.Outcome> outcomes =
        new PipelineBatch(arguments.pipeline(console.device())).run(clips, folder, progress);
    List<Object> failed = new ArrayList<>();
    for (PipelineBatch.Outcome outcome : outcomes) {
      if (!outcome.succeeded()) {
        failed.add(outcome.id() + ": " + outcome.message());
      }
    }
    complete = failed.isEmpty();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("clips", clips.size());
    out.put("done", outcomes.size() - failed.size());
    out.put("failed", failed);
    Path lines = folder.resolve("batch.jsonl");
    out.put("outcomes", lines);
    if (Files.exists(lines)) {
      out.put("report", BatchReport.read(lines).write(folder.resolve("report")));
    }
    return out;
  }

  private List<ClipInput> mine() throws IOException {
    String[] parts = shard.split("/", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{1,6}") || !parts[1].matches("\\d{1,6}")) {
      throw new IllegalArgumentException("--shard must be I/N, such as 0/4, was " + shard);
    }
    int index = Integer.parseInt(parts[0]);
    int count = Integer.parseInt(parts[1]);
    if (index >= count) {
      throw new IllegalArgumentException("--shard must be I/N with I < N, was " + shard);
    }
    List<ClipInput> clips =
        ClipInput.parseList(
            Files.readAllLines(list, StandardCharsets.UTF_8),
            list.toAbsolutePath().resolveSibling(""));
    List<ClipInput> out = new ArrayList<>();
    for (int i = index; i < clips.size(); i += count) {
      out.add(clips.get(i));
    }
    return out;
  }
}
