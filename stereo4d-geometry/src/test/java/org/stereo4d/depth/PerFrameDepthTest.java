package org.stereo4d.depth;

import org.stereo4d.testing.VideoDepthEstimatorContract;

class PerFrameDepthTest extends VideoDepthEstimatorContract {
  @Override
  protected VideoDepthEstimator estimator() {
    return new PerFrameDepth(rgb -> new InverseDepthMap(rgb.luma().toFloat()));
  }
}
