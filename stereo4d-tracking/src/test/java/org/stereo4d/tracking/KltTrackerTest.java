package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.tracking.metric.ForwardBackward;

class KltTrackerTest extends PointTrackerContract {
  private static final ImageSize SIZE = new ImageSize(160, 120);

  /** Gain, offset and 8-bit rounding together cost less than a tenth of a pixel. */
  private static final double TOLERANCE_PX = 0.1;

  @Override
  PointTracker tracker() {
    return new KltTracker(KltOptions.DEFAULTS);
  }

  @Test
  void track_pictureSmallerThanAPatch_keepsToItsSize() {
    List<ByteImage> frames = List.of(ByteImage.create(new ImageSize(1, 1), 3));
    QueryPoints query = QueryPoints.wrap(new int[] {0}, new float[] {0.5f, 0.5f});
    List<ByteImage> two = List.of(frames.get(0), frames.get(0));
    assertThat(tracker().track(two, query, Progress.NONE).tracks().frameCount()).isEqualTo(2);
  }

  /** Places beyond 32767 px do not fit into fixed point. */
  @Test
  void track_veryWidePicture_staysOnItsPoint() {
    ImageSize wide = new ImageSize(33_000, 40);
    List<ByteImage> frames = sliding(wide, 2, 2, 0);
    QueryPoints query = QueryPoints.wrap(new int[] {0}, new float[] {32_900, 20});
    Tracks2d tracks = tracker().track(frames, query, Progress.NONE).tracks();
    assertThat(tracks.isVisible(0, 1)).isTrue();
    assertThat(Math.hypot(tracks.xPx(0, 1) - 32_902, tracks.yPx(0, 1) - 20))
        .isLessThan(TOLERANCE_PX);
  }

  @Test
  void track_dimmedPicture_staysOnItsPoint() {
    List<ByteImage> frames = new ArrayList<>(sliding(SIZE, 6, 2, 0));
    for (int t = 0; t < frames.size(); t++) {
      ByteImage dim = frames.get(t).copy();
      for (int k = 0; k < dim.array().length; k++) {
        dim.array()[k] = (byte) Math.round((dim.array()[k] & 0xff) * (1 - 0.06 * t) + 2 * t);
      }
      frames.set(t, dim);
    }
    QueryPoints query = QueryPoints.wrap(new int[] {0}, new float[] {80, 60});
    Tracks2d tracks = tracker().track(frames, query, Progress.NONE).tracks();
    assertThat(tracks.isVisible(0, 5)).isTrue();
    assertThat(Math.hypot(tracks.xPx(0, 5) - 90, tracks.yPx(0, 5) - 60)).isLessThan(TOLERANCE_PX);
  }

  /** The picture moves to the right and back: a point just beyond its border is not lost. */
  @Test
  void track_justOutsideThePicture_isHiddenButFollowed() {
    List<ByteImage> frames = thereAndBack();
    int turn = frames.size() / 2;
    QueryPoints queries =
        QueryPoints.wrap(new int[] {0, turn}, new float[] {158.5f, 60, SIZE.width() + 2.5f, 40});
    Tracks2d tracks = tracker().track(frames, queries, Progress.NONE).tracks();
    for (int t = 0; t < frames.size(); t++) {
      int moved = turn - Math.abs(turn - t);
      double x = 158.5 + moved;
      assertThat(tracks.isVisible(0, t)).as("frame %s", t).isEqualTo(x < SIZE.width());
      assertThat(Math.hypot(tracks.xPx(0, t) - x, tracks.yPx(0, t) - 60)).isLessThan(0.3);
      x = SIZE.width() + 2.5 - turn + moved;
      assertThat(tracks.isVisible(1, t)).as("frame %s", t).isEqualTo(x < SIZE.width());
      assertThat(Math.hypot(tracks.xPx(1, t) - x, tracks.yPx(1, t) - 40)).isLessThan(0.3);
    }
  }

  @Test
  void forwardBackward_outsideAtTheTurn_isDecidedByTheWayBack() {
    List<ByteImage> frames = sliding(SIZE, 4, 1, 0);
    QueryPoints queries = QueryPoints.wrap(new int[2], new float[] {80, 60, 158, 60});
    assertThat(ForwardBackward.measure(tracker(), frames, queries).shareBelow(0.3)).isEqualTo(1);
    List<ByteImage> fast = sliding(SIZE, 4, 8, 0);
    ForwardBackward gone = ForwardBackward.measure(tracker(), fast, queries);
    assertThat(gone.shareBelow(0.3)).isEqualTo(0.5);
    assertThat(gone.errorPx()[1]).isNaN();
  }

  /** A picture that moves to the right for four frames, and back. */
  private static List<ByteImage> thereAndBack() {
    List<ByteImage> frames = new ArrayList<>(sliding(SIZE, 5, 1, 0));
    for (int t = 3; t >= 0; t--) {
      frames.add(frames.get(t));
    }
    return frames;
  }

  /** A bar passes before the points: they are hidden behind it and found again after it. */
  @Test
  void track_coveredForAWhile_isHiddenThenFoundAgain() {
    int frames = 16;
    List<ByteImage> covered = new ArrayList<>();
    for (ByteImage frame : sliding(SIZE, frames, 1, 0)) {
      ByteImage copy = frame.copy();
      int left = 20 + 8 * covered.size();
      for (int y = 0; y < SIZE.height(); y++) {
        for (int x = left; x < Math.min(SIZE.width(), left + 24); x++) {
          for (int c = 0; c < 3; c++) {
            copy.set(x, y, c, (7 * x + 13 * y) % 97 + 150);
          }
        }
      }
      covered.add(copy);
    }
    QueryPoints queries =
        QueryGrid.DEFAULTS.withStridePx(12).withEveryFrames(frames).queries(SIZE, frames);
    Tracks2d tracks = tracker().track(covered, queries, Progress.NONE).tracks();
    int passed = 0;
    int hidden = 0;
    int found = 0;
    for (int i = 0; i < queries.count(); i++) {
      double x = queries.xPx(i);
      // away from the first and the last place of the bar, and from the borders
      if (x < 62 || x > 100 || queries.yPx(i) < 12 || queries.yPx(i) > 108) {
        continue;
      }
      passed++;
      // the bar's middle meets the point where 20 + 8 t + 12 = x + t
      int meeting = (int) Math.round((x - 32) / 7);
      hidden += tracks.isVisible(i, meeting) ? 0 : 1;
      double error = Math.abs(tracks.xPx(i, frames - 1) - x - (frames - 1));
      found += tracks.isVisible(i, frames - 1) && error < 0.5 ? 1 : 0;
    }
    assertThat(passed).isGreaterThan(15);
    assertThat(hidden).isEqualTo(passed);
    assertThat(found).isGreaterThan(passed * 9 / 10);
  }

  @Test
  void track_oneAndThreeThreads_sameBits() {
    List<ByteImage> frames = sliding(SIZE, 5, 2, 1);
    QueryPoints queries = QueryGrid.DEFAULTS.withEveryFrames(2).queries(SIZE, 5);
    Tracks2d one =
        new ForkJoinPool(1)
            .submit(() -> tracker().track(frames, queries, Progress.NONE).tracks())
            .join();
    Tracks2d three =
        new ForkJoinPool(3)
            .submit(() -> tracker().track(frames, queries, Progress.NONE).tracks())
            .join();
    assertThat(one.xy()).isEqualTo(three.xy());
    assertThat(one.visible()).isEqualTo(three.visible());
  }

  @Test
  void track_confidence_isHighWhereSeenAndZeroWhereHidden() {
    List<ByteImage> frames = sliding(SIZE, 12, 4, 0);
    QueryPoints query = QueryPoints.wrap(new int[] {0}, new float[] {134, 60});
    TrackedPoints found = tracker().track(frames, query, Progress.NONE);
    assertThat(found.confidence(0, 3)).isGreaterThan(0.9f);
    assertThat(found.tracks().isVisible(0, 11)).isFalse();
    assertThat(found.confidence(0, 11)).isZero();
  }
}
