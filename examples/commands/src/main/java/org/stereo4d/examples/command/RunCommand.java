package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.examples.report.ClipReport;
import org.stereo4d.pipeline.ClipInput;
import org.stereo4d.pipeline.PipelineResult;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.format.OutputNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole of Stereo4D. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "A VR180 video to cameras, depth and world tracks, with a report.",
    footer = {
      "",
      "Examples:",
      "  stereo4d run clip.mp4 -o out",
      "  stereo4d run clip.mp4 --clip poses.npz -o out --resume"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private final PipelineArguments arguments = new PipelineArguments();

  @Parameters(paramLabel = "VIDEO", description = "a side-by-side VR180 video, one shot")
  private Path video;

  @Option(
      names = "--clip",
      paramLabel = "FILE.npz",
      description = "times, poses and calibration; without it they are estimated")
  private Optional<Path> clip = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER")
  private Path folder;

  @Option(
      names = "--id",
      description = "names the outputs; default: the name of the video, made plain")
  private Optional<String> id = Optional.empty();

  @Option(names = "--no-report", description = "write no report/index.html")
  private boolean noReport;

  @Override
  public Integer call() throws IOException {
    try (arguments) {
      return console.run(this::process);
    }
  }

  private Map<String, Object> process(Progress progress) throws IOException {
    VideoFiles.codecOf(video);
    arguments.claim(console, folder);
    String name = id.orElseGet(() -> OutputNames.stem(video).replaceAll("[^A-Za-z0-9._-]", "_"));
    ClipInput input = new ClipInput(name, video, clip);
    PipelineResult result = arguments.pipeline(console.device()).run(input, folder, progress);
    Map<String, Object> out = new LinkedHashMap<>(result.statistics().toMap());
    out.put("stagesRun", result.stagesRun());
    out.put("clip", result.clip());
    if (!noReport) {
      out.put(
          "report",
          ClipReport.of(input, result, arguments.options(), VideoFiles.codecOf(video))
              .withNetworks(arguments.networks())
              .write(folder.resolve("report"), progress));
    }
    return out;
  }
}
