package org.stereo4d.stereocrafter.depth;

import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.testing.VideoDepthEstimatorContract;

class HeuristicDepthEstimatorTest extends VideoDepthEstimatorContract {
  @Override
  protected VideoDepthEstimator estimator() {
    return HeuristicDepthEstimator.ofPictures();
  }
}
