package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.synthetic.SyntheticLoop;
import org.stereo4d.synthetic.SyntheticLoopOptions;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Films synthetic water. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    description = "Synthetic water, filmed by still cameras without a common clock.",
    footer = {"", "Example:", "  stereo4d loop synth -o water"})
public final class SynthLoopCommand implements Callable<Integer> {
  private static final int QUALITY = 10;

  @Mixin private Console console;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "SCENE")
  private Path folder;

  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "4",
      description = "default: ${DEFAULT-VALUE}")
  private int cameras = 4;

  @Option(names = "--large", description = "160x90 pixels instead of 96x54")
  private boolean large;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Override
  public Integer call() throws IOException {
    return console.run(this::film);
  }

  private Map<String, Object> film(Progress progress) throws IOException {
    console.claimFolder(folder);
    SyntheticLoopOptions options =
        (large ? SyntheticLoopOptions.DEFAULTS : SyntheticLoopOptions.DEMO)
            .withCameraCount(cameras)
            .withSeed(seed);
    SyntheticLoop loop = SyntheticLoop.of(options);
    EncodeOptions encode =
        EncodeOptions.DEFAULTS.withFramesPerSecond(options.framesPerSecond()).withQuality(QUALITY);
    List<LlffPoses.View> views = new ArrayList<>();
    for (int v = 0; v < cameras; v++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "videos_1/%04d.mp4", v));
      try (VideoReader reader = loop.video(v);
          VideoWriter writer = Backends.video("ffmpeg").create(file, options.size(), encode)) {
        for (Frame frame : reader) {
          writer.write(frame.image());
        }
        writer.finish();
      }
      double[] bounds = loop.nearFarMeters(v);
      views.add(
          new LlffPoses.View(
              loop.worldFromCameras().get(v),
              options.size().height(),
              options.size().width(),
              loop.camera().focalXPx(),
              bounds[0],
              bounds[1]));
      progress.finishAfter(Step.of("cameras", v + 1L, cameras));
    }
    new LlffPoses(views).write(folder.resolve("poses_bounds.npy"));
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("cameras", cameras);
    out.put("framesPerLoop", options.periodFrames());
    out.put("size", options.size());
    out.put("scene", folder);
    return out;
  }
}
