package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.tracking.metric.ForwardBackward;

class KltChainedTrackerTest extends PointTrackerContract {
  private static final ImageSize SIZE = new ImageSize(160, 120);
  private static final int FRAMES = 12;

  @Override
  PointTracker tracker() {
    return new KltTracker(KltOptions.CHAINED);
  }

  /** What the first frame shows ripples; the texture of every square changes all the time. */
  @Test
  void track_ripplingPicture_returnsToItsStartCloserThanByTheQuerysSquare() {
    ByteImage still = sliding(SIZE, 1, 0, 0).get(0);
    List<ByteImage> frames = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      frames.add(rippled(still, 0.3 * t));
    }
    QueryPoints queries =
        QueryGrid.DEFAULTS.withStridePx(8).withEveryFrames(FRAMES).queries(SIZE, FRAMES);
    ForwardBackward chained = ForwardBackward.measure(tracker(), frames, queries);
    ForwardBackward kept =
        ForwardBackward.measure(new KltTracker(KltOptions.DEFAULTS), frames, queries);
    assertThat(chained.shareBelow(0.1)).isGreaterThan(0.95); // 0.99
    assertThat(kept.shareBelow(0.1)).isLessThan(0.6); // 0.40
  }

  /** A picture whose columns are moved up and down by a wave of growing height. */
  private static ByteImage rippled(ByteImage still, double heightPx) {
    ByteImage out = ByteImage.create(SIZE, 3);
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++) {
        double from = y + heightPx * Math.sin(x / 4.0);
        int top = (int) Math.max(0, Math.min(SIZE.height() - 2, Math.floor(from)));
        double share = Math.max(0, Math.min(1, from - top));
        for (int c = 0; c < 3; c++) {
          double above = still.array()[still.index(x, top) + c] & 0xff;
          double below = still.array()[still.index(x, top + 1) + c] & 0xff;
          out.set(x, y, c, (int) Math.round(above + share * (below - above)));
        }
      }
    }
    return out;
  }

  @Test
  void track_chainedByColor_staysOnItsPoint() {
    KltOptions both = KltOptions.CHAINED.withColor(true);
    assertThat(both.chains()).isTrue();
    assertThat(both.withChains(false).usesColor()).isTrue();
    assertThat(both.withChains(false).chains()).isFalse();
    List<ByteImage> frames = sliding(SIZE, 4, 2, 0);
    QueryPoints query = QueryPoints.wrap(new int[] {0}, new float[] {80, 60});
    Tracks2d tracks = new KltTracker(both).track(frames, query, Progress.NONE).tracks();
    assertThat(tracks.isVisible(0, 3)).isTrue();
    assertThat(Math.hypot(tracks.xPx(0, 3) - 86, tracks.yPx(0, 3) - 60)).isLessThan(0.1);
  }
}
