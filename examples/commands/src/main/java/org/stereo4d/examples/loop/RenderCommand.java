package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.examples.console.Console;
import org.stereo4d.run.Progress;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.data.SpiralPath;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.render.TimeSelection;
import org.stereo4d.videoloop.tile.MtvFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Films a loop. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    description = "A video of the loop, the camera on a spiral about the views.",
    footer = {"", "Example:", "  stereo4d loop render water trained/loop.mtv.npz -o spiral.mp4"})
public final class RenderCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private SceneArguments scene;

  @Parameters(index = "1", paramLabel = "LOOP.npz", description = "of 'loop train'")
  private Path loop;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.mp4")
  private Path output;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "of the spiral; default: ${DEFAULT-VALUE}")
  private double scale = 1;

  @Override
  public Integer call() throws IOException {
    return console.run(this::render);
  }

  private Map<String, Object> render(Progress progress) throws IOException {
    console.claim(output);
    LoopScene read = scene.read();
    MtvRenderer renderer = new MtvRenderer(MtvFile.read(loop));
    int steps = TimeSelection.pathSteps(renderer.frames());
    List<Rigid3> path =
        SpiralPath.worldFromCameras(read.cameras(), steps, scale).stream()
            .map(Rigid3::inverse)
            .toList();
    MtvRenderer.Shot shot =
        new MtvRenderer.Shot(
            read.cameras().referenceCamera(), path, TimeSelection.around(steps, renderer.frames()));
    renderer.write(shot, Backends.video("ffmpeg"), read.framesPerSecond(), output, progress);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", steps);
    out.put("file", output);
    return out;
  }
}
