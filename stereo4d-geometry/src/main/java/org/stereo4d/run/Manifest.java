package org.stereo4d.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did, in {@code manifest.json} of its folder: per stage the fingerprint of its inputs,
 * the hash of each output, seconds and facts. A stage whose fingerprint and outputs are unchanged
 * need not run again. Written anew, atomically, after each stage.
 */
public final class Manifest {
  private static final String FILE_NAME = "manifest.json";

  private final Path folder;
  private final Map<String, Object> stages;
  private final Map<String, Object> header;

  private Manifest(Path folder, Map<String, Object> header, Map<String, Object> stages) {
    this.folder = folder;
    this.header = header;
    this.stages = stages;
  }

  /** Work of a stage; returns facts worth keeping. */
  @FunctionalInterface
  public interface Stage {
    /** Writes the outputs. */
    Map<String, Object> run() throws IOException;
  }

  /**
   * Opens the manifest of a folder, which is created; a manifest that cannot be read counts as
   * none, since the work can always be done again.
   */
  public static Manifest open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE_NAME);
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, Object> stages = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      try {
        header.putAll(Json.object(Json.parse(Files.readString(file), Limits.DEFAULTS), FILE_NAME));
        stages.putAll(Json.object(header.getOrDefault("stages", Map.of()), "stages"));
      } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
        header.clear();
        stages.clear();
      }
    }
    return new Manifest(folder, header, stages);
  }

  /** Folder of the run. */
  public Path folder() {
    return folder;
  }

  /** Adds a fact about the whole run, such as the version or a licence. */
  public void put(String name, Object value) throws IOException {
    header.put(name, value);
    save();
  }

  /** Facts of a finished stage. */
  public Optional<Map<String, Object>> facts(String stage) {
    return Optional.ofNullable(stages.get(stage))
        .map(entry -> Json.object(entry, stage))
        .map(entry -> Json.object(entry.getOrDefault("facts", Map.of()), "facts"));
  }

  /**
   * Runs a stage unless it is done already.
   *
   * @param fingerprint of everything the outputs depend on
   * @param outputs files it writes, below the folder
   * @return whether it ran
   */
  public boolean runUnlessDone(String stage, String fingerprint, List<Path> outputs, Stage work)
      throws IOException {
    if (isDone(stage, fingerprint, outputs)) {
      return false;
    }
    stages.remove(stage);
    long start = System.nanoTime();
    Map<String, Object> facts = work.run();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("fingerprint", fingerprint);
    entry.put("seconds", (System.nanoTime() - start) / 1e9);
    entry.put("outputs", hashes(outputs));
    entry.put("facts", facts);
    stages.put(stage, entry);
    save();
    return true;
  }

  /** Whether a stage ran with this fingerprint and its outputs are still what it wrote. */
  public boolean isDone(String stage, String fingerprint, List<Path> outputs) throws IOException {
    Object entry = stages.get(stage);
    if (!(entry instanceof Map<?, ?> map) || !fingerprint.equals(map.get("fingerprint"))) {
      return false;
    }
    for (Path output : outputs) {
      if (!Files.isRegularFile(output)) {
        return false;
      }
    }
    return hashes(outputs).equals(map.get("outputs"));
  }

  private Map<String, Object> hashes(List<Path> outputs) throws IOException {
    Map<String, Object> out = new LinkedHashMap<>();
    for (Path output : outputs) {
      String name =
          folder.toAbsolutePath().relativize(output.toAbsolutePath()).toString().replace('\\', '/');
      out.put(name, Fingerprint.ofFile(output));
    }
    return out;
  }

  private void save() throws IOException {
    header.put("stages", stages);
    byte[] bytes = Json.format(header).getBytes(StandardCharsets.UTF_8);
    AtomicOutput.write(folder.resolve(FILE_NAME), out -> out.write(bytes));
  }
}
