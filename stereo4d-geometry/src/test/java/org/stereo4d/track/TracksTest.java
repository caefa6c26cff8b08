package org.stereo4d.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TracksTest {
  @Test
  void queryPoints_badValues_areRefusedByNumber() {
    assertThatThrownBy(() -> QueryPoints.wrap(new int[] {0, -1}, new float[4]))
        .hasMessageContaining("query 1")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> QueryPoints.wrap(new int[1], new float[] {Float.NaN, 0}))
        .hasMessageContaining("query 0");
    assertThatThrownBy(() -> QueryPoints.wrap(new int[2], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tracks2d_queryBeyondTheClip_isRefused() {
    QueryPoints queries = QueryPoints.wrap(new int[] {3}, new float[2]);
    assertThatThrownBy(() -> Tracks2d.wrap(queries, 3, new float[6], new boolean[3]))
        .hasMessageContaining("must be < 3, was 3");
  }

  @Test
  void tracks_wrongLengths_areRefused() {
    QueryPoints queries = QueryPoints.wrap(new int[1], new float[2]);
    assertThatThrownBy(() -> Tracks2d.wrap(queries, 3, new float[6], new boolean[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tracks3d.wrap(3, new float[9], new boolean[3], new byte[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tracks3d.wrap(0, new float[0], new boolean[0], new byte[0]))
        .hasMessageContaining("was 0");
    Tracks3d one = Tracks3d.wrap(1, new float[3], new boolean[1], new byte[3]);
    assertThatThrownBy(() -> one.select(new boolean[2])).hasMessageContaining("2 flags for 1");
  }

  @Test
  void tracks2d_entryThatIsNotFinite_becomesZeroAndHidden() {
    QueryPoints queries = QueryPoints.wrap(new int[1], new float[2]);
    boolean[] visible = {true, true};
    Tracks2d tracks = Tracks2d.wrap(queries, 2, new float[] {1, 2, Float.NaN, 4}, visible);
    assertThat(tracks.isVisible(0, 0)).isTrue();
    assertThat(tracks.isVisible(0, 1)).isFalse();
    assertThat(tracks.yPx(0, 1)).isZero();
  }

  @Test
  void cameraTracks_wrongLengths_areRefused() {
    assertThatThrownBy(() -> CameraTracks.wrap(2, new double[6], new boolean[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CameraTracks.wrap(0, new double[0], new boolean[0]))
        .hasMessageContaining("was 0");
  }
}
