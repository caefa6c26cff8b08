package org.stereo4d.tracking.metric;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

/**
 * How well predicted tracks match true ones, as TAP-Vid measures it (Doersch et al., NeurIPS 2022).
 *
 * <p>Places are scaled to a picture of 256x256. With vis the true visibility and within "nearer
 * than k = 1, 2, 4, 8, 16 px", strictly:
 *
 * <pre>
 * OA        = share of equal visibility flags
 * pts_k     = #(within and vis) / #vis
 * jaccard_k = #(within and vis and predVis) / (#vis + #(predVis and (not vis or not within)))
 * </pre>
 *
 * Where nothing is visible, the share that would divide by 0 is NaN.
 *
 * @param occlusionAccuracy OA
 * @param pointsWithin pts_k
 * @param jaccard jaccard_k
 */
public record TrackMetrics2d(double occlusionAccuracy, double[] pointsWithin, double[] jaccard) {
  private static final double[] THRESHOLDS_PX = {1, 2, 4, 8, 16};
  private static final double EVALUATION_SIDE_PX = 256;

  /** Which frames of a track count. */
  public enum Frames {
    /** All. */
    ALL,
    /** All but the query's own, where the answer is given; TAP-Vid's "strided". */
    BUT_QUERY,
    /** Those after the query; TAP-Vid's "first". */
    AFTER_QUERY;

    private boolean counts(int frame, int queryFrame) {
      return switch (this) {
        case ALL -> true;
        case BUT_QUERY -> frame != queryFrame;
        case AFTER_QUERY -> frame > queryFrame;
      };
    }
  }

  /** Copies the arrays. */
  public TrackMetrics2d {
    Check.that(
        pointsWithin.length == THRESHOLDS_PX.length && jaccard.length == THRESHOLDS_PX.length,
        "there must be %s values per metric, were %s and %s",
        THRESHOLDS_PX.length,
        pointsWithin.length,
        jaccard.length);
    pointsWithin = pointsWithin.clone();
    jaccard = jaccard.clone();
  }

  /**
   * Compares tracks of the same queries.
   *
   * @param size of the pictures that were tracked
   */
  public static TrackMetrics2d of(
      Tracks2d truth, Tracks2d prediction, ImageSize size, Frames frames) {
    Check.that(
        truth.count() == prediction.count() && truth.frameCount() == prediction.frameCount(),
        "tracks must match, were %s x %s and %s x %s",
        truth.count(),
        truth.frameCount(),
        prediction.count(),
        prediction.frameCount());
    long entries = 0;
    long equal = 0;
    long visible = 0;
    long[] within = new long[THRESHOLDS_PX.length];
    long[] hit = new long[THRESHOLDS_PX.length];
    long[] wrong = new long[THRESHOLDS_PX.length];
    QueryPoints queries = truth.queries();
    for (int i = 0; i < truth.count(); i++) {
      for (int t = 0; t < truth.frameCount(); t++) {
        if (!frames.counts(t, queries.frame(i))) {
          continue;
        }
        boolean vis = truth.isVisible(i, t);
        boolean predVis = prediction.isVisible(i, t);
        entries++;
        equal += vis == predVis ? 1 : 0;
        visible += vis ? 1 : 0;
        double dx = (prediction.xPx(i, t) - (double) truth.xPx(i, t)) / size.width();
        double dy = (prediction.yPx(i, t) - (double) truth.yPx(i, t)) / size.height();
        double square = EVALUATION_SIDE_PX * EVALUATION_SIDE_PX * (dx * dx + dy * dy);
        for (int k = 0; k < THRESHOLDS_PX.length; k++) {
          boolean near = square < THRESHOLDS_PX[k] * THRESHOLDS_PX[k];
          within[k] += near && vis ? 1 : 0;
          hit[k] += near && vis && predVis ? 1 : 0;
          wrong[k] += predVis && !(vis && near) ? 1 : 0;
        }
      }
    }
    double[] points = new double[THRESHOLDS_PX.length];
    double[] jaccard = new double[THRESHOLDS_PX.length];
    for (int k = 0; k < THRESHOLDS_PX.length; k++) {
      points[k] = within[k] / (double) visible;
      jaccard[k] = hit[k] / (double) (visible + wrong[k]);
    }
    return new TrackMetrics2d(equal / (double) entries, points, jaccard);
  }

  /** Mean of pts_k. */
  public double averagePointsWithin() {
    return mean(pointsWithin);
  }

  /** AJ, mean of jaccard_k. */
  public double averageJaccard() {
    return mean(jaccard);
  }

  @Override
  public double[] pointsWithin() {
    return pointsWithin.clone();
  }

  @Override
  public double[] jaccard() {
    return jaccard.clone();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }
}
