package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

class TrackPrunerPropertyTest {
  /** Random tracks of which many meet later queries; some lie far outside the picture. */
  static Tracks2d random(int count, int frames, int side, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] frame = new int[count];
    float[] query = new float[2 * count];
    float[] xy = new float[2 * count * frames];
    boolean[] visible = new boolean[count * frames];
    for (int i = 0; i < count; i++) {
      frame[i] = random.nextInt(frames);
      query[2 * i] = random.nextInt(side);
      query[2 * i + 1] = random.nextInt(side);
      for (int t = 0; t < frames; t++) {
        int k = i * frames + t;
        xy[2 * k] = (float) (query[2 * i] + random.nextDouble() * 4 * (t - frame[i]));
        xy[2 * k + 1] = (float) (query[2 * i + 1] - random.nextDouble() * (t - frame[i]));
        visible[k] = random.nextInt(4) > 0;
      }
    }
    return Tracks2d.wrap(QueryPoints.wrap(frame, query), frames, xy, visible);
  }

  /** The rule as written, one pair at a time. */
  static boolean[] naive(Tracks2d tracks, double thresholdPx) {
    boolean[] keep = new boolean[tracks.count()];
    for (int f = 0; f < tracks.frameCount(); f++) {
      boolean[] before = keep.clone();
      for (int i = 0; i < keep.length; i++) {
        if (tracks.queries().frame(i) == f) {
          keep[i] = true;
          for (int j = 0; j < keep.length && keep[i]; j++) {
            if (before[j] && tracks.isVisible(j, f)) {
              double dx = tracks.xPx(j, f) - (double) tracks.queries().xPx(i);
              double dy = tracks.yPx(j, f) - (double) tracks.queries().yPx(i);
              keep[i] = dx * dx + dy * dy > thresholdPx * thresholdPx;
            }
          }
        }
      }
    }
    return keep;
  }

  @Property(tries = 60)
  void keep_anyTracks_isTheRuleAsWritten(
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll @IntRange(min = 1, max = 9) int frames,
      @ForAll @DoubleRange(min = 0, max = 30) double thresholdPx,
      @ForAll long seed) {
    Tracks2d tracks = random(count, frames, 60, seed);
    assertThat(new TrackPruner(thresholdPx).keep(tracks)).isEqualTo(naive(tracks, thresholdPx));
  }

  @Test
  void keep_noTracks_keepsNone() {
    Tracks2d none =
        Tracks2d.wrap(QueryPoints.wrap(new int[0], new float[0]), 5, new float[0], new boolean[0]);
    assertThat(TrackPruner.DEFAULTS.keep(none)).isEmpty();
  }

  @Test
  void keep_oneAndThreeThreads_sameFlags() {
    Tracks2d tracks = random(30_000, 6, 300, 3);
    boolean[] one = new ForkJoinPool(1).submit(() -> TrackPruner.DEFAULTS.keep(tracks)).join();
    boolean[] three = new ForkJoinPool(3).submit(() -> TrackPruner.DEFAULTS.keep(tracks)).join();
    assertThat(one).isEqualTo(three);
  }
}
