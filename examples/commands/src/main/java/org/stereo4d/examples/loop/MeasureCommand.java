package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.videoloop.LoopTrainer;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.metric.LoopScores;
import org.stereo4d.videoloop.tile.MtvFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a loop. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "How complete, coherent and seamless a loop is, seen from one view.",
    footer = {"", "Example:", "  stereo4d loop evaluate water trained/loop.mtv.npz --view 0"})
public final class MeasureCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private SceneArguments scene;

  @Parameters(index = "1", paramLabel = "LOOP.npz", description = "of 'loop train'")
  private Path loop;

  @Option(
      names = "--view",
      paramLabel = "N",
      defaultValue = "0",
      description = "best one that was held out; default: ${DEFAULT-VALUE}")
  private int view;

  @Option(
      names = "--margin",
      paramLabel = "PX",
      defaultValue = "0",
      description = "cut from every side; published numbers use 40; default: ${DEFAULT-VALUE}")
  private int marginPx;

  @Override
  public Integer call() throws IOException {
    return console.run(progress -> measure());
  }

  private Map<String, Object> measure() throws IOException {
    LoopScene read = scene.read();
    LoopScores scores = LoopTrainer.evaluate(MtvFile.read(loop), read, view, marginPx);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("view", view);
    out.put("completeness", scores.meanCompleteness());
    out.put("coherence", scores.meanCoherence());
    out.put("loopQuality", scores.meanLoopQuality());
    out.put("standardDeviationError", scores.standardDeviationError());
    out.put("staticPsnrDecibels", scores.still().psnrDecibels());
    out.put("staticSsim", scores.still().ssim());
    return out;
  }
}
