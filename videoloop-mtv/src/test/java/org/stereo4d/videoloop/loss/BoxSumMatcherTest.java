package org.stereo4d.videoloop.loss;

class BoxSumMatcherTest extends PatchMatcherContract {
  @Override
  protected PatchMatcher matcher() {
    return new BoxSumMatcher();
  }
}
