package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;

class KltColorTrackerTest extends PointTrackerContract {
  private static final ImageSize SIZE = new ImageSize(160, 120);
  private static final int FRAMES = 16;
  private static final int BAR_PX = 24;
  private static final int BAR_STEP_PX = 8;

  /** Channels of light of brightness 1 that is warm, and of one that is cold. */
  private static final double[] WARM = {1.6, 0.8, 0.46};

  private static final double[] COLD = {0.6, 1.13, 1.37};

  /** Keeps the brightest channel below 255. */
  private static final double DIM = 0.6;

  @Override
  PointTracker tracker() {
    return new KltTracker(KltOptions.DEFAULTS.withColor(true));
  }

  @Test
  void track_grayPictures_colorsSayNothing() {
    List<ByteImage> frames = new ArrayList<>();
    for (ByteImage frame : sliding(SIZE, 6, 2, 1)) {
      frames.add(tinted(frame, new double[] {1, 1, 1}, 0, 0));
    }
    QueryPoints queries = QueryGrid.DEFAULTS.withStridePx(12).queries(SIZE, 6);
    Tracks2d byColor = tracker().track(frames, queries, Progress.NONE).tracks();
    Tracks2d byBrightness =
        new KltTracker(KltOptions.DEFAULTS).track(frames, queries, Progress.NONE).tracks();
    assertThat(Arrays.equals(byColor.xy(), byBrightness.xy())).as("places").isTrue();
    assertThat(Arrays.equals(byColor.visible(), byBrightness.visible())).as("visible").isTrue();
  }

  /** A bar of cold light, as bright as what it covers, passes over a warm picture. */
  @Test
  void track_coveredByAnotherColorOfTheSameBrightness_isHiddenThenFoundAgain() {
    List<ByteImage> frames = new ArrayList<>();
    for (ByteImage frame : sliding(SIZE, FRAMES, 1, 0)) {
      int left = 20 + BAR_STEP_PX * frames.size();
      frames.add(tinted(frame, WARM, left, left + BAR_PX));
    }
    QueryPoints queries =
        QueryGrid.DEFAULTS.withStridePx(12).withEveryFrames(FRAMES).queries(SIZE, FRAMES);
    double[] byColor = shares(tracker(), frames, queries);
    double[] byBrightness = shares(new KltTracker(KltOptions.DEFAULTS), frames, queries);
    assertThat(byBrightness[0]).as("hidden, by brightness").isLessThan(0.05);
    assertThat(byColor[0]).as("hidden, by colour").isGreaterThan(0.95);
    assertThat(byColor[1]).as("found again, by colour").isGreaterThan(0.95);
  }

  /** Shares of points that are hidden when the bar is over them, and seen again in the end. */
  private static double[] shares(
      PointTracker tracker, List<ByteImage> frames, QueryPoints queries) {
    Tracks2d tracks = tracker.track(frames, queries, Progress.NONE).tracks();
    int passed = 0;
    int hidden = 0;
    int found = 0;
    for (int i = 0; i < queries.count(); i++) {
      double x = queries.xPx(i);
      // away from the first and the last place of the bar
      if (x < 62 || x > 100) {
        continue;
      }
      int over = (int) Math.round((x - 20 - BAR_PX / 2.0) / (BAR_STEP_PX - 1));
      passed++;
      hidden += tracks.isVisible(i, over) ? 0 : 1;
      double off =
          Math.hypot(
              tracks.xPx(i, FRAMES - 1) - x - (FRAMES - 1),
              tracks.yPx(i, FRAMES - 1) - queries.yPx(i));
      found += tracks.isVisible(i, FRAMES - 1) && off < 1 ? 1 : 0;
    }
    assertThat(passed).isGreaterThan(20);
    return new double[] {hidden / (double) passed, found / (double) passed};
  }

  /** A picture in one light, and in cold light between two columns. */
  private static ByteImage tinted(ByteImage frame, double[] light, int left, int right) {
    ByteImage out = frame.copy();
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int brightness = frame.array()[frame.index(x, y)] & 0xff; // all channels are equal
        double[] here = x >= left && x < right ? COLD : light;
        for (int c = 0; c < 3; c++) {
          out.set(x, y, c, (int) Math.round(DIM * here[c] * brightness));
        }
      }
    }
    return out;
  }
}
