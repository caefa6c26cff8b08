package org.stereo4d.nvds.flowfilter;

import org.stereo4d.flow.FlowConsistency;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;

/**
 * Motion between a frame and the one before it.
 *
 * @param back from the frame to the one before
 * @param ahead from the one before to the frame
 * @param validBack pixels of the frame whose flow both directions agree on
 * @param validAhead pixels of the frame before, likewise
 * @param isCut whether so few agree that the frames belong to different scenes
 */
public record FlowPair(
    FlowField back, FlowField ahead, Mask validBack, Mask validAhead, boolean isCut) {
  /**
   * Estimates both flows and checks them against each other.
   *
   * @param cutShare share of valid pixels below which there is a cut
   */
  public static FlowPair of(
      FlowEstimator estimator, ByteImage previous, ByteImage frame, double cutShare) {
    FlowField back = estimator.flow(frame, previous);
    FlowField ahead = estimator.flow(previous, frame);
    Mask validBack = FlowConsistency.DEFAULTS.valid(back, ahead);
    Mask validAhead = FlowConsistency.DEFAULTS.valid(ahead, back);
    boolean cut = validBack.count() < cutShare * back.size().area();
    return new FlowPair(back, ahead, validBack, validAhead, cut);
  }
}
