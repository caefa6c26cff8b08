package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {
  @TempDir Path folder;

  @Test
  void write_failure_keepsTheOldFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("x y é.txt");
    AtomicOutput.write(file, out -> out.write('1'));
    assertThatThrownBy(
            () ->
                AtomicOutput.write(
                    file,
                    out -> {
                      out.write('2');
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(file).hasContent("1");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void to_folder_isRefused() {
    assertThatThrownBy(() -> AtomicOutput.to(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a folder");
  }

  /** Linux keeps a device that is always full. */
  @Test
  void write_fullDisk_namesTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    Path file = folder.resolve("depth.npy");
    try (OutputStream out = new AtomicOutput.NamedStream(file, Files.newOutputStream(full))) {
      assertThatThrownBy(() -> out.write(new byte[9]))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": cannot be written: ");
    }
  }
}
