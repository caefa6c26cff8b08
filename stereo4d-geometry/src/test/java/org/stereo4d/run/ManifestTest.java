package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir Path folder;
  private Path output;
  private int runs;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("sub/out.txt");
  }

  private boolean run(String fingerprint) throws IOException {
    return Manifest.open(folder)
        .runUnlessDone(
            "stage",
            fingerprint,
            List.of(output),
            () -> {
              runs++;
              AtomicOutput.write(output, out -> out.write(42));
              return Map.of("answer", 42);
            });
  }

  @Test
  void runUnlessDone_secondTime_isSkipped() throws IOException {
    assertThat(run("a")).isTrue();
    assertThat(run("a")).isFalse();
    assertThat(runs).isEqualTo(1);
    assertThat(Manifest.open(folder).facts("stage").orElseThrow()).containsEntry("answer", 42.0);
  }

  @Test
  void runUnlessDone_otherFingerprintOrChangedOutput_runsAgain() throws IOException {
    run("a");
    assertThat(run("b")).isTrue();
    Files.writeString(output, "tampered");
    assertThat(run("b")).isTrue();
    Files.delete(output);
    assertThat(run("b")).isTrue();
    assertThat(runs).isEqualTo(4);
  }

  @Test
  void runUnlessDone_failingWork_leavesTheStageUndone() throws IOException {
    Manifest manifest = Manifest.open(folder);
    assertThatThrownBy(
            () ->
                manifest.runUnlessDone(
                    "stage",
                    "a",
                    List.of(output),
                    () -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(Manifest.open(folder).isDone("stage", "a", List.of(output))).isFalse();
  }

  @Test
  void open_brokenManifest_countsAsNone() throws IOException {
    Files.writeString(folder.resolve("manifest.json"), "{ broken");
    assertThat(run("a")).isTrue();
  }

  @Test
  void fingerprint_dependsOnNameValueAndFileContent() throws IOException {
    Path file = folder.resolve("f");
    Files.writeString(file, "one");
    String first = new Fingerprint().with("a", 1).withFile("f", file).hex();
    assertThat(new Fingerprint().with("a", 1).withFile("f", file).hex()).isEqualTo(first);
    assertThat(new Fingerprint().with("a", 2).withFile("f", file).hex()).isNotEqualTo(first);
    Files.writeString(file, "two");
    assertThat(new Fingerprint().with("a", 1).withFile("f", file).hex()).isNotEqualTo(first);
  }
}
