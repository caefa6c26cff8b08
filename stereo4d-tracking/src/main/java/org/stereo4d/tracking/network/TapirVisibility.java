package org.stereo4d.tracking.network;

/** Turns the logits of a TAPIR-class network into visibility (spec D.2). */
final class TapirVisibility {
  private static final double THRESHOLD = 0.5;

  private TapirVisibility() {}

  /** Score in [0, 1]: neither occluded nor far from the place given. */
  static double score(double occlusionLogit, double expectedDistanceLogit) {
    return (1 - sigmoid(occlusionLogit)) * (1 - sigmoid(expectedDistanceLogit));
  }

  /** Whether a score makes a point visible; NaN does not. */
  static boolean isVisible(double score) {
    return score > THRESHOLD;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
