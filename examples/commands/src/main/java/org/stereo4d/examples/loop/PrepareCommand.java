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
import org.stereo4d.video.VideoReader;
import org.stereo4d.videoloop.data.ClipSplitter;
import org.stereo4d.videoloop.data.ColmapCommand;
import org.stereo4d.videoloop.data.ColmapPoses;
import org.stereo4d.videoloop.data.SplitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a scene of a video. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = "A video of all views, black frames between them, to a scene with poses.",
    footer = {
      "",
      "Needs COLMAP, or a model of it: a folder with cameras, images and points3D.",
      "Example:",
      "  stereo4d loop prepare views.mp4 -o scene --factors 2,4"
    })
public final class PrepareCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Parameters(paramLabel = "VIDEO", description = "the views after each other")
  private Path video;

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

  @Override
  public Integer call() throws IOException {
    return console.run(this::prepare);
  }

  private Map<String, Object> prepare(Progress progress) throws IOException {
    console.claimFolder(folder);
    VideoCodec codec = Backends.video("ffmpeg");
    List<ClipSplitter.Segment> segments;
    try (VideoReader reader = codec.open(video)) {
      segments =
          new ClipSplitter(SplitOptions.DEFAULTS.withFactors(factors))
              .split(reader, folder, codec, progress);
    }
    long kept = segments.stream().filter(ClipSplitter.Segment::kept).count();
    if (kept == 0) {
      throw new IOException(video + ": holds no clip long enough, expected at least two");
    }
    ColmapModel found =
        model.isPresent()
            ? ColmapModel.read(model.get())
            : ColmapCommand.onPath().reconstruct(folder, progress);
    ColmapPoses.Result result = ColmapPoses.of(found);
    result.poses().write(folder.resolve("poses_bounds.npy"));
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("clips", kept);
    out.put("tooShort", segments.size() - kept);
    out.put("views", result.names());
    out.put("scene", folder);
    return out;
  }
}
