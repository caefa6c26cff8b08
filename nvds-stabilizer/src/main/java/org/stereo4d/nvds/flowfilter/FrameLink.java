package org.stereo4d.nvds.flowfilter;

import org.stereo4d.image.FloatImage;
import org.stereo4d.nvds.metric.LowerMedian;
import org.stereo4d.run.Parallel;

/**
 * Statistics of a frame and of its link to the frame before.
 *
 * @param median of all values of the frame
 * @param isLinked whether the frames can be aligned
 * @param logScale ln of the ratio of spreads, within ln 2; 0 without a link
 * @param ownMedian median over the valid pixels
 * @param previousMedian median of the warped previous frame there
 */
record FrameLink(
    double median, boolean isLinked, double logScale, double ownMedian, double previousMedian) {
  private static final double LEAST_SPREAD = 1e-6;
  private static final double LARGEST_LOG_SCALE = Math.log(2);

  /** A frame that has no predecessor in its scene. */
  static FrameLink first(FloatImage map) {
    float[] values = map.contiguous().clone();
    return new FrameLink(LowerMedian.of(values, values.length), false, 0, 0, 0);
  }

  /** A frame after another of its scene. */
  static FrameLink between(FloatImage previous, FloatImage map, FlowPair pair, int minPixels) {
    int count = pair.validBack().count();
    if (count < minPixels) {
      return first(map);
    }
    float[] own = new float[count];
    float[] other = new float[count];
    ReplicateSampler sampler = new ReplicateSampler(map.size());
    float[] values = map.contiguous();
    float[] before = previous.contiguous();
    float[] flow = pair.back().px().contiguous();
    boolean[] valid = pair.validBack().array();
    for (int i = 0, k = 0; i < values.length; i++) {
      if (valid[i]) {
        own[k] = values[i];
        other[k++] = (float) sampler.at(before, flow, i);
      }
    }
    float[][] sets = {values.clone(), own, other};
    float[] medians = new float[sets.length];
    Parallel.blocks(
        sets.length,
        1,
        (start, end) -> {
          for (int k = start; k < end; k++) {
            medians[k] = LowerMedian.of(sets[k], sets[k].length);
          }
        });
    FrameLink unlinked = new FrameLink(medians[0], false, 0, 0, 0);
    float ownMedian = medians[1];
    float otherMedian = medians[2];
    double ownSpread = spread(own, ownMedian);
    double otherSpread = spread(other, otherMedian);
    if (ownSpread < LEAST_SPREAD || otherSpread < LEAST_SPREAD) {
      return unlinked;
    }
    double ratio = Math.log(otherSpread / ownSpread);
    return new FrameLink(
        unlinked.median,
        true,
        Math.max(-LARGEST_LOG_SCALE, Math.min(LARGEST_LOG_SCALE, ratio)),
        ownMedian,
        otherMedian);
  }

  private static double spread(float[] values, float median) {
    double sum = 0;
    for (float v : values) {
      sum += Math.abs((double) v - median);
    }
    return sum / values.length;
  }
}
