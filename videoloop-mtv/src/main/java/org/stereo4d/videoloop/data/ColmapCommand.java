package org.stereo4d.videoloop.data;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.io.colmap.ColmapModel;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Runs the COLMAP program on {@code <scene>/images}: features, matches, mapping. What it prints
 * goes to {@code <scene>/colmap_output.txt}; its model is {@code <scene>/sparse/0}.
 *
 * @param executable the program
 * @param sharedIntrinsics whether all pictures come from one camera. Default yes
 * @param sequential whether only neighbouring pictures are matched
 */
public record ColmapCommand(Path executable, boolean sharedIntrinsics, boolean sequential) {
  private static final int THREADS = 12;
  private static final int TAIL = 2000; // characters of the log in a message

  /** The program on the path. */
  public static ColmapCommand onPath() throws IOException {
    return onPath(System.getenv());
  }

  static ColmapCommand onPath(Map<String, String> environment) throws IOException {
    return find("colmap", environment)
        .map(file -> new ColmapCommand(file, true, false))
        .orElseThrow(
            () ->
                new IOException(
                    "colmap: not found on the path; install COLMAP, name its executable, or bring"
                        + " a poses_bounds.npy of your own"));
  }

  private static Optional<Path> find(String name, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      for (String suffix : List.of("", ".exe", ".bat")) {
        Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(name + suffix);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** This command with or without one camera for all pictures. */
  public ColmapCommand withSharedIntrinsics(boolean sharedIntrinsics) {
    return new ColmapCommand(executable, sharedIntrinsics, sequential);
  }

  /** This command with or without matching neighbours only. */
  public ColmapCommand withSequential(boolean sequential) {
    return new ColmapCommand(executable, sharedIntrinsics, sequential);
  }

  /**
   * Reconstructs a scene, or reads the model that is there already.
   *
   * @throws IOException with the end of the log when a step fails or finds no model
   */
  public ColmapModel reconstruct(Path scene, Progress progress) throws IOException {
    Path model = scene.resolve("sparse").resolve("0");
    if (!hasModel(model)) {
      Check.that(Files.isDirectory(scene.resolve("images")), "%s must have a folder images", scene);
      Files.createDirectories(scene.resolve("sparse"));
      Path log = scene.resolve("colmap_output.txt");
      Files.deleteIfExists(log);
      List<List<String>> steps = commands(scene);
      for (int i = 0; i < steps.size(); i++) {
        run(steps.get(i), log);
        if (progress.finishAfter(Step.of("colmap", i + 1, steps.size()))) {
          break;
        }
      }
      if (!hasModel(model)) {
        throw new IOException(
            model + ": COLMAP found no model; the pictures may overlap too little. " + tail(log));
      }
    }
    return ColmapModel.read(model);
  }

  private static boolean hasModel(Path model) {
    return List.of("cameras", "images", "points3D").stream()
        .allMatch(
            name ->
                Files.isRegularFile(model.resolve(name + ".bin"))
                    || Files.isRegularFile(model.resolve(name + ".txt")));
  }

  List<List<String>> commands(Path scene) {
    String program = executable.toString();
    String database = scene.resolve("database.db").toString();
    String images = scene.resolve("images").toString();
    List<String> features =
        new ArrayList<>(
            List.of(
                program,
                "feature_extractor",
                "--database_path",
                database,
                "--image_path",
                images,
                "--ImageReader.camera_model",
                "SIMPLE_PINHOLE"));
    if (sharedIntrinsics) {
      features.addAll(List.of("--ImageReader.single_camera", "1"));
    }
    String matcher = sequential ? "sequential_matcher" : "exhaustive_matcher";
    return List.of(
        features,
        List.of(program, matcher, "--database_path", database),
        List.of(
            program,
            "mapper",
            "--database_path",
            database,
            "--image_path",
            images,
            "--output_path",
            scene.resolve("sparse").toString(),
            "--Mapper.num_threads",
            Integer.toString(THREADS),
            "--Mapper.init_min_tri_angle",
            "4",
            "--Mapper.multiple_models",
            "0"));
  }

  private static void run(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            command.get(0) + " " + command.get(1) + " ended with code " + code + hint(log));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(command.get(1) + " was interrupted", e);
    }
  }

  private static String hint(Path log) throws IOException {
    String end = tail(log);
    boolean option = end.contains("unrecognised option") || end.contains("unrecognized option");
    String version =
        option
            ? "; this version of COLMAP names its options differently, 3.6 or later is needed"
            : "";
    return version + ". " + end;
  }

  private static String tail(Path log) throws IOException {
    if (!Files.isRegularFile(log)) {
      return "It printed nothing";
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return "The end of " + log + ":\n" + text.substring(Math.max(0, text.length() - TAIL));
  }
}
