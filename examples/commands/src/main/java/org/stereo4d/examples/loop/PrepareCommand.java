package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.colmap.ColmapModel;
import org.stereo4d.run.Progress;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.videoloop.data.ClipSplitter;
import org.stereo4d.videoloop.data.ColmapCommand;
import org.stereo4d.videoloop.data.ScenePreparer;
import org.stereo4d.videoloop.data.SplitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a scene of videos. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description =
        "Videos of all views, or one with black frames between them, to a scene with poses.",
    footer = {
      "",
      "Needs COLMAP, or a model of it: a folder with cameras, images and points3D.",
      "Example:",
      "  stereo4d loop prepare views -o scene --factors 2,4"
    })
public final class PrepareCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Parameters(
      paramLabel = "VIDEOS",
      description =
          "a folder with a video of each view, or one video of all views after each other")
  private Path source;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "SCENE")
  private Path folder;

  @Option(
      names = "--factors",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "sizes of the clips, as divisors; default: ${DEFAULT-VALUE}")
  private List<Integer> factors = List.of(1);

  @Option(names = "--colmap-model", paramLabel = "FOLDER", description = "poses found before")
  private Optional<Path> model = Optional.empty();

  @Option(names = "--drop-unregistered", description = "go on without the views that find no pose")
  private boolean dropsUnregistered;

  @Override
  public Integer call() throws IOException {
    return console.run(this::prepare);
  }

  private Map<String, Object> prepare(Progress progress) throws IOException {
    console.claimFolder(folder);
    VideoCodec codec = Backends.video("ffmpeg");
    ScenePreparer.Reconstruction reconstruction =
        model.isPresent()
            ? (scene, steps) -> ColmapModel.read(model.get())
            : ColmapCommand.onPath()::reconstruct;
    ScenePreparer.Result result =
        new ScenePreparer(SplitOptions.DEFAULTS.withFactors(factors), codec)
            .withUnregisteredDropped(dropsUnregistered)
            .prepare(source, folder, reconstruction, progress);
    long kept = result.segments().stream().filter(ClipSplitter.Segment::kept).count();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("clips", kept);
    out.put("tooShort", result.segments().size() - kept);
    out.put("views", result.views());
    out.put("withoutPose", result.dropped());
    out.put("scene", folder);
    return out;
  }
}
