package org.stereo4d.examples.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.image.ImageSize;
import org.stereo4d.pipeline.ClipInput;
import org.stereo4d.pipeline.PipelineOptions;
import org.stereo4d.pipeline.PipelineResult;
import org.stereo4d.pipeline.PipelineRoles;
import org.stereo4d.pipeline.Stereo4dPipeline;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Json;
import org.stereo4d.run.Progress;
import org.stereo4d.tracking.QueryGrid;

/** The child JVM: one clip through the pipeline. Exit code 1 and a line on stderr: bad input. */
public final class ClipProcess {
  /** Pixels of views of which the rule against depth edges was made. */
  private static final double USUAL_SIDE_PX = 512;

  private ClipProcess() {}

  /** Arguments: id, video, clip file or "", folder, side of the views, stride, attempt. */
  public static void main(String[] args) {
    // nobody waits for the result of an executor that died
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              var unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(3));
            });
    try {
      run(args);
    } catch (NoSuchFileException e) {
      System.err.println(e.getFile() + ": no such file");
      System.exit(1);
    } catch (IOException | RuntimeException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private static void run(String[] args) throws IOException {
    Optional<Path> clip = args[2].isEmpty() ? Optional.empty() : Optional.of(Path.of(args[2]));
    ClipInput input = new ClipInput(args[0], Path.of(args[1]), clip);
    Path folder = Path.of(args[3]);
    int side = Integer.parseInt(args[4]);
    double coarser = Math.max(1, USUAL_SIDE_PX / side);
    PipelineOptions options =
        PipelineOptions.DEFAULTS
            .withView(PinholeCamera.ofHorizontalFovDegrees(new ImageSize(side, side), 60))
            .withDepth(
                StereoDepthOptions.DEFAULTS.withGradientShare(
                    StereoDepthOptions.DEFAULTS.gradientShare() * coarser))
            .withQueries(QueryGrid.DEFAULTS.withStridePx(Integer.parseInt(args[5])))
            .withVideos(java.util.Set.of());
    long start = System.nanoTime();
    PipelineResult result =
        new Stereo4dPipeline(PipelineRoles.defaults(), options).run(input, folder, Progress.NONE);
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("id", input.id());
    outcome.put("attempt", Integer.parseInt(args[6]));
    outcome.put("seconds", (System.nanoTime() - start) / 1e9);
    outcome.put("stagesRun", result.stagesRun());
    outcome.putAll(result.statistics().toMap());
    byte[] json = Json.format(outcome).getBytes(StandardCharsets.UTF_8);
    AtomicOutput.write(folder.resolve(ClipTask.OUTCOME), out -> out.write(json));
  }
}
