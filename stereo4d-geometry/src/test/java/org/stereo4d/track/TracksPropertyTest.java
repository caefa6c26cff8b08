package org.stereo4d.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for any tracks. */
class TracksPropertyTest {
  private static Tracks3d tracks(int n, int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] xyz = new float[3 * n * frames];
    boolean[] visible = new boolean[n * frames];
    byte[] rgb = new byte[3 * n];
    for (int k = 0; k < xyz.length; k++) {
      xyz[k] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextDouble(-5, 5);
    }
    for (int k = 0; k < visible.length; k++) {
      visible[k] = random.nextBoolean();
    }
    for (int k = 0; k < rgb.length; k++) {
      rgb[k] = (byte) random.nextInt();
    }
    return Tracks3d.wrap(frames, xyz, visible, rgb);
  }

  private static boolean[] flags(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] out = new boolean[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextBoolean();
    }
    return out;
  }

  @Property(tries = 200)
  void tracks3d_hiddenEntriesAreZero_visibleOnesFinite(
      @ForAll @IntRange(min = 0, max = 8) int n,
      @ForAll @IntRange(min = 1, max = 6) int frames,
      @ForAll long seed) {
    Tracks3d tracks = tracks(n, frames, seed);
    float[] dense = tracks.denseWithNaN();
    for (int k = 0; k < tracks.visible().length; k++) {
      for (int d = 0; d < 3; d++) {
        float v = tracks.xyz()[3 * k + d];
        assertThat(Float.isFinite(v)).isTrue();
        if (tracks.visible()[k]) {
          assertThat(dense[3 * k + d]).isEqualTo(v);
        } else {
          assertThat(v).isZero();
          assertThat(dense[3 * k + d]).isNaN();
        }
      }
    }
  }

  @Property(tries = 200)
  void tracks3d_select_keepsTheChosenInOrder(
      @ForAll @IntRange(min = 0, max = 8) int n,
      @ForAll @IntRange(min = 1, max = 6) int frames,
      @ForAll long seed) {
    Tracks3d tracks = tracks(n, frames, seed);
    boolean[] keep = flags(n, seed + 1);
    Tracks3d kept = tracks.select(keep);
    int row = 0;
    for (int i = 0; i < n; i++) {
      if (keep[i]) {
        for (int t = 0; t < frames; t++) {
          assertThat(kept.point(row, t)).isEqualTo(tracks.point(i, t));
          assertThat(kept.isVisible(row, t)).isEqualTo(tracks.isVisible(i, t));
        }
        assertThat(kept.rgb()[3 * row + 2]).isEqualTo(tracks.rgb()[3 * i + 2]);
        row++;
      }
    }
    assertThat(kept.count()).isEqualTo(row);
  }

  @Property(tries = 200)
  void tracks2d_select_keepsTheChosenAndTheirQueries(
      @ForAll @IntRange(min = 0, max = 8) int n,
      @ForAll @IntRange(min = 1, max = 6) int frames,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] queryFrames = random.ints(n, 0, frames).toArray();
    float[] queryXy = new float[2 * n];
    float[] xy = new float[2 * n * frames];
    for (int k = 0; k < xy.length; k++) {
      xy[k] = random.nextInt(20) == 0 ? Float.POSITIVE_INFINITY : random.nextInt(500);
    }
    for (int k = 0; k < queryXy.length; k++) {
      queryXy[k] = random.nextInt(500);
    }
    Tracks2d tracks =
        Tracks2d.wrap(QueryPoints.wrap(queryFrames, queryXy), frames, xy, flags(n * frames, seed));
    boolean[] keep = flags(n, seed + 1);
    Tracks2d kept = tracks.select(keep);
    int row = 0;
    for (int i = 0; i < n; i++) {
      if (keep[i]) {
        assertThat(kept.queries().frame(row)).isEqualTo(tracks.queries().frame(i));
        assertThat(kept.queries().yPx(row)).isEqualTo(tracks.queries().yPx(i));
        for (int t = 0; t < frames; t++) {
          assertThat(kept.xPx(row, t)).isEqualTo(tracks.xPx(i, t)).isFinite();
          assertThat(kept.isVisible(row, t)).isEqualTo(tracks.isVisible(i, t));
        }
        row++;
      }
    }
    assertThat(kept.count()).isEqualTo(row);
  }
}
