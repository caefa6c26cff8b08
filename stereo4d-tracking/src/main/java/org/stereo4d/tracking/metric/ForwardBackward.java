package org.stereo4d.tracking.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.PointTracker;

/**
 * How far points end from their start when they are tracked to the last frame and, from there anew,
 * back to the first (Kalal et al., ICPR 2010). Small errors do not prove right tracks.
 *
 * <p>A point that is outside the picture at the turn is hidden but not lost: its way back, which
 * begins outside, decides.
 *
 * @param points all points
 * @param errorPx distance of start and end; NaN for a point that is hidden in the picture at the
 *     turn, or hidden after the way back
 */
public record ForwardBackward(int points, double[] errorPx) {
  /** Copies and checks the errors. */
  public ForwardBackward {
    Check.that(points == errorPx.length, "%s points had %s errors", points, errorPx.length);
    errorPx = errorPx.clone();
  }

  /**
   * Tracks there and back.
   *
   * @param starts queries, all of frame 0
   */
  public static ForwardBackward measure(
      PointTracker tracker, List<ByteImage> frames, QueryPoints starts) {
    int last = frames.size() - 1;
    for (int i = 0; i < starts.count(); i++) {
      Check.that(starts.frame(i) == 0, "query %s must be of frame 0, was %s", i, starts.frame(i));
    }
    Tracks2d there = tracker.track(frames, starts, Progress.NONE).tracks();
    float[] ends = new float[2 * starts.count()];
    for (int i = 0; i < starts.count(); i++) {
      ends[2 * i] = there.xPx(i, last);
      ends[2 * i + 1] = there.yPx(i, last);
    }
    List<ByteImage> reversed = new ArrayList<>(frames);
    Collections.reverse(reversed);
    QueryPoints turn = QueryPoints.wrap(new int[starts.count()], ends);
    Tracks2d back = tracker.track(reversed, turn, Progress.NONE).tracks();
    double[] errors = new double[starts.count()];
    for (int i = 0; i < errors.length; i++) {
      boolean lost = !there.isVisible(i, last) && isInside(frames.get(last), ends, i);
      double dx = back.xPx(i, last) - (double) starts.xPx(i);
      double dy = back.yPx(i, last) - (double) starts.yPx(i);
      errors[i] = lost || !back.isVisible(i, last) ? Double.NaN : Math.hypot(dx, dy);
    }
    return new ForwardBackward(errors.length, errors);
  }

  private static boolean isInside(ByteImage picture, float[] xy, int i) {
    float x = xy[2 * i];
    float y = xy[2 * i + 1];
    return x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
  }

  @Override
  public double[] errorPx() {
    return errorPx.clone();
  }

  /** Share of all points that have an error. */
  public double aliveShare() {
    return Arrays.stream(errorPx).filter(e -> !Double.isNaN(e)).count() / (double) points;
  }

  /** Share of all points with an error below a limit. */
  public double shareBelow(double limitPx) {
    return Arrays.stream(errorPx).filter(e -> e < limitPx).count() / (double) points;
  }

  /** Percentile of the errors of points that have one, share in [0, 1]; NaN without any. */
  public double percentilePx(double share) {
    Check.that(share >= 0 && share <= 1, "share must be in [0, 1], was %s", share);
    double[] known = Arrays.stream(errorPx).filter(e -> !Double.isNaN(e)).sorted().toArray();
    if (known.length == 0) {
      return Double.NaN;
    }
    double position = share * (known.length - 1);
    int below = (int) position;
    int above = Math.min(known.length - 1, below + 1);
    return known[below] + (position - below) * (known[above] - known[below]);
  }
}
