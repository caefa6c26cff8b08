package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.Glb;
import org.stereo4d.io.Ply;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.optim.track.SolverMode;
import org.stereo4d.optim.track.TrackOptimizer;
import org.stereo4d.optim.track.TrackOptimizerOptions;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.run.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes tracks consistent over time. */
@Command(
    name = "optimize",
    mixinStandardHelpOptions = true,
    description = "Makes lifted tracks consistent over time.",
    footer = {"", "Example:", "  stereo4d optimize lifted.npz -o clip.npz --glb tracks.glb"})
public final class OptimizeCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private ViewArguments view;

  @Parameters(paramLabel = "LIFTED.npz", description = "a clip with poses and lifted tracks")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.npz")
  private Path output;

  @Option(
      names = "--mode",
      defaultValue = "CALIBRATED",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private SolverMode mode = SolverMode.CALIBRATED;

  @Option(names = "--ply", paramLabel = "FILE", description = "gets all points")
  private Optional<Path> ply = Optional.empty();

  @Option(names = "--glb", paramLabel = "FILE", description = "gets the tracks as an animation")
  private Optional<Path> glb = Optional.empty();

  @Override
  public Integer call() throws IOException {
    return console.run(this::optimize);
  }

  private Map<String, Object> optimize(Progress progress) throws IOException {
    console.claim(output);
    StereoClip clip = StereoClip.read(input);
    TrackProblem problem =
        TrackProblem.of(clip.tracks(), clip.worldFromCameras(), view.rig(view.view().size()));
    TrackSolution solution = new TrackOptimizer(options()).optimize(problem, progress);
    clip.withTracks(solution.tracks()).write(output);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("tracks", clip.tracks().count());
    out.put("mode", mode.name());
    out.put("noisePx", solution.noisePx());
    out.put("file", output);
    if (ply.isPresent()) {
      Ply.writeMerged(console.claim(ply.get()), solution.tracks());
      out.put("ply", ply.get());
    }
    if (glb.isPresent()) {
      double[] times = clip.timesSeconds();
      double seconds = times[times.length - 1] - times[0];
      double rate = seconds > 0 ? (times.length - 1) / seconds : 30;
      Glb.write(console.claim(glb.get()), solution.tracks(), rate);
      out.put("glb", glb.get());
    }
    return out;
  }

  private TrackOptimizerOptions options() {
    return switch (mode) {
      case CALIBRATED -> TrackOptimizerOptions.DEFAULTS;
      case REFERENCE -> TrackOptimizerOptions.REFERENCE;
      case REFERENCE_CONVERGED -> TrackOptimizerOptions.REFERENCE_CONVERGED;
    };
  }
}
