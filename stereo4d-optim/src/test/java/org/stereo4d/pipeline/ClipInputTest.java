package org.stereo4d.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClipInputTest {
  private static final Path FOLDER = Path.of("lists");

  @Test
  void parseList_allForms_areRead() throws IOException {
    List<ClipInput> clips =
        ClipInput.parseList(
            List.of("# mine", "", "a film é.mp4", "b\tb.mp4", "c\tc.mp4\tc.npz", "b\tb.mp4"),
            FOLDER);
    assertThat(clips)
        .containsExactly(
            ClipInput.of("a_film__", FOLDER.resolve("a film é.mp4")),
            ClipInput.of("b", FOLDER.resolve("b.mp4")),
            new ClipInput("c", FOLDER.resolve("c.mp4"), Optional.of(FOLDER.resolve("c.npz"))));
  }

  @Test
  void parseList_oneIdForTwoVideos_namesTheLine() {
    assertThatThrownBy(() -> ClipInput.parseList(List.of("a\tx.mp4", "a\ty.mp4"), FOLDER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("id a");
  }

  @Test
  void parseList_tooManyColumns_namesTheLine() {
    assertThatThrownBy(() -> ClipInput.parseList(List.of("a\tb\tc\td"), FOLDER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }
}
