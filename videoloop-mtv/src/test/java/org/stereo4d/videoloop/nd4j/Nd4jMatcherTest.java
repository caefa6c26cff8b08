package org.stereo4d.videoloop.nd4j;

import org.stereo4d.videoloop.loss.PatchMatcher;
import org.stereo4d.videoloop.loss.PatchMatcherContract;

class Nd4jMatcherTest extends PatchMatcherContract {
  @Override
  protected PatchMatcher matcher() {
    return new Nd4jMatcher();
  }
}
