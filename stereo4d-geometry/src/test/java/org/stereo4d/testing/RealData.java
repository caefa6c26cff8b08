package org.stereo4d.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds real pictures and videos in the folder of {@code -Ddata.dir}. */
public final class RealData {
  private RealData() {}

  /**
   * The file with a name like {@code stereo/cones/im2.png}; the test is skipped with a message when
   * it is absent.
   */
  public static Path path(String name) {
    Path path = Path.of(System.getProperty("data.dir", "../../shared/data")).resolve(name);
    Assumptions.assumeTrue(Files.exists(path), () -> "real data absent: " + path.normalize());
    return path;
  }
}
