package org.stereo4d.track;

import java.util.Arrays;
import org.stereo4d.track.TapVid3dMetrics.Scaling;

/** Factors that bring a prediction to the scale of the truth, see {@link Scaling}. */
final class TapVid3dScales {
  private static final double LEAST_NORM_METERS = 1e-6;
  private static final double LEAST_DEPTH_METERS = 1e-12;

  private final CameraTracks truth;
  private final CameraTracks prediction;
  private final int[] queryFrames;

  TapVid3dScales(CameraTracks truth, CameraTracks prediction, int[] queryFrames) {
    this.truth = truth;
    this.prediction = prediction;
    this.queryFrames = queryFrames;
  }

  /** One factor per entry. */
  double[] perEntry(Scaling scaling) {
    double[] scales = new double[truth.visible().length];
    switch (scaling) {
      case NONE -> Arrays.fill(scales, 1);
      case MEDIAN ->
          Arrays.fill(scales, median(norms(truth, false)) / median(norms(prediction, false)));
      case MEDIAN_ON_QUERIES ->
          Arrays.fill(scales, median(norms(truth, true)) / median(norms(prediction, true)));
      case MEAN -> Arrays.fill(scales, mean(norms(truth, false)) / mean(norms(prediction, false)));
      case REPRODUCE_2D -> {
        for (int e = 0; e < scales.length; e++) {
          scales[e] = depthRatio(e);
        }
      }
      case PER_TRAJECTORY, LOCAL_NEIGHBORHOOD -> {
        for (int e = 0; e < scales.length; e++) {
          scales[e] = ofTrack(e / truth.frameCount());
        }
      }
    }
    return scales;
  }

  /** The ratio of depths at the query of a track. */
  double ofTrack(int track) {
    return depthRatio(track * truth.frameCount() + queryFrames[track]);
  }

  private double depthRatio(int entry) {
    return Math.max(truth.z(entry), LEAST_DEPTH_METERS)
        / Math.max(prediction.z(entry), LEAST_DEPTH_METERS);
  }

  /** Distances of entries that are visible in both, all or those at the queries. */
  private double[] norms(CameraTracks tracks, boolean atQueries) {
    int frames = truth.frameCount();
    double[] norms = new double[truth.visible().length];
    int n = 0;
    for (int e = 0; e < norms.length; e++) {
      boolean asked = !atQueries || e % frames == queryFrames[e / frames];
      double norm = tracks.norm(e);
      if (asked && truth.visible()[e] && prediction.visible()[e] && !Double.isNaN(norm)) {
        norms[n++] = Math.max(norm, LEAST_NORM_METERS);
      }
    }
    return Arrays.copyOf(norms, n);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
