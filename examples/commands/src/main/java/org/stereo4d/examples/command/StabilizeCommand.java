package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.examples.console.Console;
import org.stereo4d.examples.report.SteadyReport;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.nvds.ResultFolder;
import org.stereo4d.nvds.ResultOptions;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.nvds.flowfilter.FlowFilterOptions;
import org.stereo4d.nvds.flowfilter.FlowStabilizer;
import org.stereo4d.nvds.network.NetworkOptions;
import org.stereo4d.nvds.network.NetworkStabilizer;
import org.stereo4d.nvds.network.NvdsNetwork;
import org.stereo4d.run.Progress;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes flicker from depth. */
@Command(
    name = "stabilize",
    mixinStandardHelpOptions = true,
    description = "Removes flicker from the depth of a video.",
    footer = {
      "",
      "Writes initial/, 1/ (forward), 2/ (backward), mix/ (the result), the errors of",
      "each, and a page with both side by side, report/index.html.",
      "Example:",
      "  stereo4d stabilize film.mp4 --depth depth.npz -o steady"
    })
public final class StabilizeCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private final DepthArguments depth = new DepthArguments();

  @Parameters(paramLabel = "VIDEO", description = "a video or a folder of PNG")
  private Path video;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER")
  private Path folder;

  @Option(
      names = "--weights",
      paramLabel = "FILE.pth",
      description = "NVDS_Stabilizer.pth: the published network instead of the flow filter")
  private Optional<Path> weights = Optional.empty();

  @Option(names = "--no-report", description = "write no report/index.html")
  private boolean noReport;

  @Option(names = "--floats", description = "also write the values as PFM")
  private boolean floats;

  @Override
  public Integer call() throws IOException {
    try (depth) {
      return console.run(this::stabilize);
    }
  }

  private Map<String, Object> stabilize(Progress progress) throws IOException {
    console.claimFolder(folder);
    List<ByteImage> frames = new ArrayList<>();
    double framesPerSecond;
    try (VideoReader reader = VideoFiles.open(video)) {
      framesPerSecond = reader.framesPerSecond();
      for (Frame frame : reader) {
        frames.add(frame.image());
      }
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    long start = System.nanoTime();
    List<InverseDepthMap> initial = new ArrayList<>();
    depth.estimator(console.device()).estimate(frames, (index, map) -> initial.add(map), progress);
    seconds.put("depth", (System.nanoTime() - start) / 1e9);
    start = System.nanoTime();
    StabilizedClip clip = stabilized(frames, initial, progress);
    seconds.put("stabilise", (System.nanoTime() - start) / 1e9);
    new ResultFolder(folder, ResultOptions.DEFAULTS.withFloats(floats)).write(clip, progress);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", frames.size());
    out.put("depth", depth.source());
    clip.scores().ifPresent(scores -> out.put("opw", SteadyReport.errors(scores)));
    out.put("warnings", clip.warnings());
    out.put("folder", folder);
    if (!noReport) {
      out.put(
          "report",
          new SteadyReport(video.getFileName().toString(), frames, clip, framesPerSecond)
              .write(folder.resolve("report"), seconds, progress));
    }
    return out;
  }

  private StabilizedClip stabilized(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) throws IOException {
    FlowEstimator flow = Backends.flowEstimator("opencv");
    if (weights.isEmpty()) {
      return new FlowStabilizer(flow, FlowFilterOptions.DEFAULTS).run(frames, initial, progress);
    }
    try (NvdsNetwork network = NvdsNetwork.load(weights.get(), console.device())) {
      return new NetworkStabilizer(network, NetworkOptions.DEFAULTS, flow)
          .run(frames, initial, progress);
    }
  }
}
