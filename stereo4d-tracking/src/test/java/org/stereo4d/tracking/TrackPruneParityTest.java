package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

class TrackPruneParityTest {
  private static final String FILE = "stereo4d/track_prune.npz";

  /** Queries stored as (t, row, col). */
  static QueryPoints queries(int[] rows) {
    int n = rows.length / 3;
    int[] frames = new int[n];
    float[] xy = new float[2 * n];
    for (int i = 0; i < n; i++) {
      frames[i] = rows[3 * i];
      xy[2 * i] = rows[3 * i + 2];
      xy[2 * i + 1] = rows[3 * i + 1];
    }
    return QueryPoints.wrap(frames, xy);
  }

  @Test
  void keep_bothThresholds_areTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      int frames = npz.requireShape("tracks", -1, -1, 2)[1];
      Tracks2d tracks =
          Tracks2d.wrap(
              queries(npz.ints("query_points")),
              frames,
              npz.floats("tracks"),
              npz.booleans("visibles"));
      assertThat(TrackPruner.DEFAULTS.keep(tracks)).isEqualTo(npz.booleans("keep_threshold1"));
      assertThat(new TrackPruner(2.5).keep(tracks)).isEqualTo(npz.booleans("keep_threshold2p5"));
    }
  }

  @Test
  void queries_withoutJitter_areTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      int[] params = npz.ints("grid_params");
      compare(npz.ints("grid_frame3"), new ImageSize(params[1], params[0]), params[2]);
      compare(npz.ints("grid_frame7"), new ImageSize(67, 64), 5);
    }
  }

  private static void compare(int[] stored, ImageSize size, int stridePx) {
    QueryPoints expected = queries(stored);
    int frame = expected.frame(0);
    QueryPoints grid =
        QueryGrid.DEFAULTS
            .withStridePx(stridePx)
            .withEveryFrames(frame)
            .withJittered(false)
            .queries(size, frame + 1);
    int n = expected.count();
    assertThat(grid.count()).isEqualTo(2 * n);
    for (int i = 0; i < n; i++) {
      assertThat(grid.frame(n + i)).isEqualTo(expected.frame(i));
      assertThat(grid.xPx(n + i)).isEqualTo(expected.xPx(i));
      assertThat(grid.yPx(n + i)).isEqualTo(expected.yPx(i));
    }
  }
}
