package org.stereo4d.backend.opencv;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.testing.StereoMatcherContract;

class OpenCvStereoMatcherTest extends StereoMatcherContract {
  @Override
  protected StereoMatcher matcher() {
    return new OpenCvStereoMatcher(StereoSgbmOptions.DEFAULTS.withRangePx(32));
  }

  @Test
  void options_thatTheEngineWouldRewrite_areRefused() {
    assertThatThrownBy(() -> StereoSgbmOptions.DEFAULTS.withRangePx(100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple of 16");
  }
}
