package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

/** What every point tracker keeps; subclasses only say which tracker. */
abstract class PointTrackerContract {
  private static final ImageSize SIZE = new ImageSize(96, 80);
  private static final int STEP_X = 2;
  private static final int STEP_Y = 1;

  /** Whole-pixel shifts of one picture leave nothing but the tracker's own error. */
  private static final double TOLERANCE_PX = 0.1;

  abstract PointTracker tracker();

  /** A smooth random texture seen through a window that moves by whole pixels. */
  static List<ByteImage> sliding(ImageSize size, int frames, int stepX, int stepY) {
    int width = size.width() + frames * Math.abs(stepX);
    int height = size.height() + frames * Math.abs(stepY);
    ByteImage world = ByteImage.create(new ImageSize(width, height), 3);
    SplittableRandom random = new SplittableRandom(11);
    double[][] waves = new double[40][];
    for (int k = 0; k < waves.length; k++) {
      double length = 5 + 25 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      waves[k] =
          new double[] {
            2 * Math.PI / length * Math.cos(angle),
            2 * Math.PI / length * Math.sin(angle),
            2 * Math.PI * random.nextDouble()
          };
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (double[] w : waves) {
          sum += Math.sin(w[0] * x + w[1] * y + w[2]);
        }
        int v = (int) Math.max(0, Math.min(255, 128 + 18 * sum));
        for (int c = 0; c < 3; c++) {
          world.set(x, y, c, v);
        }
      }
    }
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      out.add(world.crop((frames - t) * stepX, (frames - t) * stepY, size));
    }
    return out;
  }

  private static QueryPoints query(int frame, float xPx, float yPx) {
    return QueryPoints.wrap(new int[] {frame}, new float[] {xPx, yPx});
  }

  @Test
  void track_slidingTexture_followsBothWays() {
    List<ByteImage> frames = sliding(SIZE, 9, STEP_X, STEP_Y);
    QueryPoints queries = QueryPoints.wrap(new int[] {4, 4}, new float[] {40, 33, 52.3f, 44.8f});
    Tracks2d tracks = tracker().track(frames, queries, Progress.NONE).tracks();
    for (int i = 0; i < 2; i++) {
      for (int t = 0; t < 9; t++) {
        assertThat(tracks.isVisible(i, t)).as("track %s frame %s", i, t).isTrue();
        double dx = tracks.xPx(i, t) - queries.xPx(i) - STEP_X * (t - 4);
        double dy = tracks.yPx(i, t) - queries.yPx(i) - STEP_Y * (t - 4);
        assertThat(Math.hypot(dx, dy)).isLessThan(TOLERANCE_PX);
      }
    }
  }

  @Test
  void track_atItsOwnFrame_isTheQuery() {
    List<ByteImage> frames = sliding(SIZE, 4, 1, 0);
    Tracks2d tracks = tracker().track(frames, query(2, 30.25f, 20.5f), Progress.NONE).tracks();
    assertThat(tracks.xPx(0, 2)).isEqualTo(30.25f);
    assertThat(tracks.yPx(0, 2)).isEqualTo(20.5f);
    assertThat(tracks.isVisible(0, 2)).isTrue();
  }

  @Test
  void track_outOfThePicture_isHidden() {
    List<ByteImage> frames = sliding(SIZE, 12, 4, 0);
    Tracks2d tracks = tracker().track(frames, query(0, 70, 40), Progress.NONE).tracks();
    assertThat(tracks.isVisible(0, 2)).isTrue();
    for (int t = 7; t < 12; t++) {
      assertThat(tracks.isVisible(0, t)).isFalse();
    }
  }

  @Test
  void track_queryOutsideThePicture_isNeverVisible() {
    List<ByteImage> frames = sliding(SIZE, 3, 1, 0);
    Tracks2d tracks = tracker().track(frames, query(1, -5, 200), Progress.NONE).tracks();
    assertThat(tracks.visible()).containsOnly(false);
  }

  @Test
  void track_oneFrame_isTheQueries() {
    List<ByteImage> frames = sliding(SIZE, 1, 1, 0);
    Tracks2d tracks = tracker().track(frames, query(0, 10, 12), Progress.NONE).tracks();
    assertThat(tracks.xy()).containsExactly(10, 12);
    assertThat(tracks.visible()).containsExactly(true);
  }

  @Test
  void track_noQueries_isEmpty() {
    QueryPoints none = QueryPoints.wrap(new int[0], new float[0]);
    assertThat(tracker().track(sliding(SIZE, 2, 1, 0), none, Progress.NONE).tracks().count())
        .isZero();
  }

  @Test
  void track_grayFrames_areAsColoured() {
    List<ByteImage> frames = sliding(SIZE, 4, STEP_X, STEP_Y);
    List<ByteImage> gray = frames.stream().map(ByteImage::luma).toList();
    Tracks2d a = tracker().track(frames, query(0, 40, 40), Progress.NONE).tracks();
    Tracks2d b = tracker().track(gray, query(0, 40, 40), Progress.NONE).tracks();
    assertThat(Math.hypot(a.xPx(0, 3) - b.xPx(0, 3), a.yPx(0, 3) - b.yPx(0, 3)))
        .isLessThan(TOLERANCE_PX);
  }

  @Test
  void track_twice_sameBits_andFramesUntouched() {
    List<ByteImage> frames = sliding(SIZE, 4, STEP_X, STEP_Y);
    List<ByteImage> before = frames.stream().map(ByteImage::copy).toList();
    QueryPoints queries = QueryGrid.DEFAULTS.withStridePx(9).queries(SIZE, 4);
    Tracks2d one = tracker().track(frames, queries, Progress.NONE).tracks();
    Tracks2d two = tracker().track(frames, queries, Progress.NONE).tracks();
    assertThat(one.xy()).isEqualTo(two.xy());
    assertThat(one.visible()).isEqualTo(two.visible());
    assertThat(frames).isEqualTo(before);
  }

  @Test
  void track_badInput_isRefusedWithTheValue() {
    List<ByteImage> frames = sliding(SIZE, 3, 1, 0);
    assertThatThrownBy(() -> tracker().track(List.of(), query(0, 1, 1), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tracker().track(frames, query(3, 1, 1), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 3");
    List<ByteImage> mixed = List.of(frames.get(0), ByteImage.create(new ImageSize(8, 8), 3));
    assertThatThrownBy(() -> tracker().track(mixed, query(0, 1, 1), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8x8");
  }

  @Test
  void track_flatPicture_staysFiniteAndDoesNotWander() {
    List<ByteImage> flat = List.of(ByteImage.create(SIZE, 3), ByteImage.create(SIZE, 3));
    Tracks2d tracks = tracker().track(flat, query(0, 40, 40), Progress.NONE).tracks();
    assertThat(tracks.xPx(0, 1)).isBetween(30f, 50f);
    assertThat(tracks.yPx(0, 1)).isBetween(30f, 50f);
  }

  @Test
  void track_abort_throws() {
    List<ByteImage> frames = sliding(SIZE, 3, 1, 0);
    assertThatThrownBy(() -> tracker().track(frames, query(0, 9, 9), step -> Signal.ABORT))
        .isInstanceOf(CancellationException.class);
  }
}
