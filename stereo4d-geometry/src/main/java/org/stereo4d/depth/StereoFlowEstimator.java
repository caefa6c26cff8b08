package org.stereo4d.depth;

import org.stereo4d.image.StereoPair;

/** Matches the views of a rectified pair both ways (contract K.1). */
@FunctionalInterface
public interface StereoFlowEstimator {
  /** Matches of the pair, of its size. */
  StereoFlow estimate(StereoPair pair);
}
