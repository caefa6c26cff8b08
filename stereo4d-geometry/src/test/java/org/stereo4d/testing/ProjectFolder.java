package org.stereo4d.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the project's own folder, for tests that read its documents. */
public final class ProjectFolder {
  private ProjectFolder() {}

  /** The nearest folder at or above the working folder that holds {@code .mvn}. */
  public static Path root() {
    Path path = Path.of("").toAbsolutePath();
    while (!Files.exists(path.resolve(".mvn"))) {
      path = path.getParent();
    }
    return path;
  }
}
