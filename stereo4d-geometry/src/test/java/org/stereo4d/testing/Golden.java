package org.stereo4d.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds golden vectors: in the folder of {@code -Dgolden.dir} when given, else among the test
 * resources under {@code /golden}.
 */
public final class Golden {
  private Golden() {}

  /**
   * The file with a name like {@code stereo4d/camera_model.npz}; the test is skipped with a message
   * when it is absent.
   */
  public static Path file(String name) {
    String folder = System.getProperty("golden.dir", "");
    if (!folder.isBlank()) {
      Path path = Path.of(folder).resolve(name);
      Assumptions.assumeTrue(Files.isRegularFile(path), () -> "golden file absent: " + path);
      return path;
    }
    URL url = Golden.class.getResource("/golden/" + name);
    Assumptions.assumeTrue(url != null, () -> "golden resource absent: " + name);
    try {
      return url.getProtocol().equals("file") ? Path.of(url.toURI()) : copy(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path copy(URL url) throws IOException {
    Path copy = Files.createTempFile("golden", ".npz");
    copy.toFile().deleteOnExit();
    try (InputStream in = url.openStream()) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
