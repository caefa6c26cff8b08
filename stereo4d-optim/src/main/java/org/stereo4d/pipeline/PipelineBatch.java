package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.stereo4d.run.Json;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Many clips, one after another, each in a folder of its own. A clip that fails is reported and
 * never stops the rest; a clip that is done is skipped by its manifest. Each attempt adds one line
 * of JSON to {@code batch.jsonl}.
 */
public final class PipelineBatch {
  private final Stereo4dPipeline pipeline;

  /** A batch on one pipeline. */
  public PipelineBatch(Stereo4dPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * How one clip ended.
   *
   * @param id of the clip
   * @param succeeded whether it is done
   * @param message what went wrong; empty when done
   * @param seconds it took
   */
  public record Outcome(String id, boolean succeeded, String message, double seconds) {}

  /**
   * Processes clips.
   *
   * @param folder gets one folder per clip, named by its id, and {@code batch.jsonl}
   * @throws IOException if the list of outcomes cannot be written
   * @throws CancellationException if the listener aborts; clips done stay done
   */
  public List<Outcome> run(List<ClipInput> clips, Path folder, Progress progress)
      throws IOException {
    Files.createDirectories(folder);
    List<Outcome> outcomes = new ArrayList<>();
    for (ClipInput clip : clips) {
      Outcome outcome = runOne(clip, folder, progress);
      outcomes.add(outcome);
      if (progress.finishAfter(Step.of("clips", outcomes.size(), clips.size()))) {
        break;
      }
    }
    return outcomes;
  }

  private Outcome runOne(ClipInput clip, Path folder, Progress progress) throws IOException {
    long start = System.nanoTime();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", clip.id());
    Outcome outcome;
    try {
      PipelineResult result = pipeline.run(clip, folder.resolve(clip.id()), progress);
      outcome = new Outcome(clip.id(), true, "", (System.nanoTime() - start) / 1e9);
      line.put("statistics", result.statistics().toMap());
      line.put("stagesRun", result.stagesRun());
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      outcome = new Outcome(clip.id(), false, message, (System.nanoTime() - start) / 1e9);
      line.put("error", message);
    }
    line.put("succeeded", outcome.succeeded());
    line.put("seconds", outcome.seconds());
    String text = Json.format(line).replaceAll("\\n\\s*", " ").strip() + "\n";
    Files.write(
        folder.resolve("batch.jsonl"),
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return outcome;
  }
}
