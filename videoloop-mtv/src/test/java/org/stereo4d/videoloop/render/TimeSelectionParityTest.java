package org.stereo4d.videoloop.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class TimeSelectionParityTest {
  @Test
  void parse_goldenTexts_givesThoseFrames() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/schedule.npz"))) {
      int frames = (int) npz.integer("time_frm_num");
      List<Integer> path = TimeSelection.around(TimeSelection.pathSteps(frames), frames);
      List<Integer> fixed = TimeSelection.around(frames, frames);
      for (int i = 0; npz.has("time" + i + "_spec_utf8"); i++) {
        String text = new String(npz.bytes("time" + i + "_spec_utf8"), StandardCharsets.UTF_8);
        assertThat(TimeSelection.parse(text, path, frames))
            .isEqualTo(list(npz.ints("time" + i + "_view0_frames")));
        assertThat(TimeSelection.parse(text, fixed, frames))
            .isEqualTo(list(npz.ints("time" + i + "_view1_frames")));
      }
    }
  }

  private static List<Integer> list(int[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  @Test
  void parse_outOfRange_isRefusedOrWrapped() {
    List<Integer> times = TimeSelection.around(5, 5);
    assertThat(TimeSelection.parse("4:7", times, 5)).containsExactly(4, 0, 1);
    assertThatThrownBy(() -> TimeSelection.parse("9", times, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9");
    assertThatThrownBy(() -> TimeSelection.parse("a:b", times, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
  }
}
