package org.stereo4d.track;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.run.Check;

/**
 * How well predicted tracks match the truth of a TAPVid-3D video (spec G.5).
 *
 * <p>With {@code vis} the true visibility and {@code within} the set of entries whose scaled
 * prediction lies strictly nearer to the truth than the radius of threshold k:
 *
 * <pre>
 * OA        = share of equal visibility flags
 * pts_k     = #(within and vis) / #vis
 * jaccard_k = #(within and vis and predVis) / (#vis + #(predVis and (not vis or not within)))
 * APD       = mean pts_k,  AJ = mean jaccard_k
 * </pre>
 *
 * A video without visible entries has NaN where the denominator is 0.
 *
 * @param occlusionAccuracy OA
 * @param pointsWithin pts_k for the five thresholds
 * @param jaccard jaccard_k for the five thresholds
 */
public record TapVid3dMetrics(double occlusionAccuracy, double[] pointsWithin, double[] jaccard) {
  /** Thresholds in pixels of an image whose shorter side has {@link #EVALUATION_SIDE_PX}. */
  private static final double[] PIXELS = {1, 2, 4, 8, 16};

  /** Thresholds in metres. */
  private static final double[] FIXED_METERS = {0.01, 0.04, 0.16, 0.64, 2.56};

  /** Intrinsics are scaled so that the shorter side of the image has this size. */
  public static final double EVALUATION_SIDE_PX = 256;

  /** Checks and copies the arrays. */
  public TapVid3dMetrics {
    Check.that(
        pointsWithin.length == PIXELS.length && jaccard.length == PIXELS.length,
        "there must be %s values per threshold metric, were %s and %s",
        PIXELS.length,
        pointsWithin.length,
        jaccard.length);
    pointsWithin = pointsWithin.clone();
    jaccard = jaccard.clone();
  }

  /** How the prediction is scaled before it is compared. */
  public enum Scaling {
    /** Not at all. */
    NONE,
    /** By the ratio of the median distances over entries visible in both; the default. */
    MEDIAN,
    /** By the ratio of the mean distances over entries visible in both. */
    MEAN,
    /** Each track by the ratio of depths at its query. */
    PER_TRAJECTORY,
    /** Each entry by its own ratio of depths. */
    REPRODUCE_2D,
    /** As MEDIAN, over the entries at the queries only. */
    MEDIAN_ON_QUERIES,
    /**
     * Around each track all entries within 0.05 m of it at the same frame are scaled by the ratio
     * of depths at that track's query, and weigh together what the track's visible entries weigh.
     */
    LOCAL_NEIGHBORHOOD
  }

  /** What a prediction must be near to. */
  public enum Radius {
    /** {@code k z / sqrt(fx fy)} for k = 1, 2, 4, 8, 16 pixels at the true depth z. */
    ADAPTIVE,
    /** 0.01, 0.04, 0.16, 0.64, 2.56 m. */
    FIXED
  }

  /**
   * How tracks are compared.
   *
   * @param focalPx {@code sqrt(fx fy)} of the scaled intrinsics, see {@link #evaluationFocalPx}; >
   *     0
   * @param scaling how the prediction is scaled; the benchmark reports MEDIAN
   * @param radius what counts as near; the benchmark reports ADAPTIVE
   */
  public record Protocol(double focalPx, Scaling scaling, Radius radius) {
    /** Checks the focal length. */
    public Protocol {
      Check.that(focalPx > 0, "focalPx must be > 0, was %s", focalPx);
    }

    /** What the benchmark reports. */
    public static Protocol ofFocalPx(double focalPx) {
      return new Protocol(focalPx, Scaling.MEDIAN, Radius.ADAPTIVE);
    }
  }

  /**
   * Measures one video.
   *
   * @param truth true tracks
   * @param prediction as many tracks over as many frames
   * @param queryFrames frame of each track's query
   */
  public static TapVid3dMetrics of(
      CameraTracks truth, CameraTracks prediction, int[] queryFrames, Protocol options) {
    Check.that(
        truth.count() == prediction.count() && truth.frameCount() == prediction.frameCount(),
        "prediction must have %s tracks over %s frames, had %s over %s",
        truth.count(),
        truth.frameCount(),
        prediction.count(),
        prediction.frameCount());
    Check.that(
        queryFrames.length == truth.count(),
        "%s tracks need as many queries, had %s",
        truth.count(),
        queryFrames.length);
    for (int frame : queryFrames) {
      Check.that(
          frame >= 0 && frame < truth.frameCount(),
          "query frames must be in [0, %s), was %s",
          truth.frameCount(),
          frame);
    }
    TapVid3dTally tally = new TapVid3dTally(truth, prediction, options);
    TapVid3dScales scales = new TapVid3dScales(truth, prediction, queryFrames);
    if (options.scaling == Scaling.LOCAL_NEIGHBORHOOD) {
      tally.addNeighborhoods(scales);
    } else {
      tally.addAll(scales.perEntry(options.scaling));
    }
    return tally.metrics();
  }

  /** Radii of the thresholds at depth 1. */
  static double[] radii(Protocol options) {
    return switch (options.radius) {
      case ADAPTIVE -> Arrays.stream(PIXELS).map(k -> k / options.focalPx).toArray();
      case FIXED -> FIXED_METERS.clone();
    };
  }

  /**
   * {@code sqrt(fx fy)} after the image is scaled so that its shorter side has {@link
   * #EVALUATION_SIDE_PX} pixels.
   */
  public static double evaluationFocalPx(
      double focalXPx, double focalYPx, int widthPx, int heightPx) {
    return Math.sqrt(focalXPx * focalYPx) * EVALUATION_SIDE_PX / Math.min(widthPx, heightPx);
  }

  /** Mean of {@code pts_k}. */
  public double averagePointsWithin() {
    return Arrays.stream(pointsWithin).sum() / pointsWithin.length;
  }

  /** Mean of {@code jaccard_k}. */
  public double averageJaccard() {
    return Arrays.stream(jaccard).sum() / jaccard.length;
  }

  /** {@code pts_k} for the five thresholds. */
  @Override
  public double[] pointsWithin() {
    return pointsWithin.clone();
  }

  /** {@code jaccard_k} for the five thresholds. */
  @Override
  public double[] jaccard() {
    return jaccard.clone();
  }

  /**
   * The plain mean over the videos of a data set, in which a video that failed counts 0.
   *
   * @param videos metrics of the videos that did not fail
   * @param failed number of videos that failed; >= 0
   */
  public static TapVid3dMetrics mean(List<TapVid3dMetrics> videos, int failed) {
    int count = videos.size() + failed;
    Check.that(failed >= 0 && count > 0, "there must be a video, were %s", count);
    double accuracy = 0;
    double[] within = new double[PIXELS.length];
    double[] jaccard = new double[PIXELS.length];
    for (TapVid3dMetrics video : videos) {
      accuracy += video.occlusionAccuracy / count;
      for (int k = 0; k < PIXELS.length; k++) {
        within[k] += video.pointsWithin[k] / count;
        jaccard[k] += video.jaccard[k] / count;
      }
    }
    return new TapVid3dMetrics(accuracy, within, jaccard);
  }
}
