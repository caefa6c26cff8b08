package org.stereo4d.depth.sgm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DisparityErrors;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;

class SemiGlobalMatcherSceneTest {
  private static final double MAX_MEAN_ERROR_PX = 0.30;
  private static final double MAX_BAD_SHARE = 0.03;

  @Test
  void match_movingObjects_isWithinTheAccuracyTargets() {
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60);
    SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS);
    DisparityMap truth = clip.disparity(10, view);
    DisparityMap estimate =
        new SemiGlobalMatcher(SemiGlobalOptions.DEFAULTS.withRangePx(0, 64))
            .match(clip.pair(10, view));
    DisparityErrors errors = DisparityErrors.of(estimate, truth, visibleInBoth(clip, view), 1.0);
    assertThat(errors.densityShare()).isGreaterThan(0.85);
    assertThat(errors.meanErrorPx()).isLessThanOrEqualTo(MAX_MEAN_ERROR_PX);
    assertThat(errors.badMatchedShare()).isLessThanOrEqualTo(MAX_BAD_SHARE);
  }

  private static Mask visibleInBoth(SyntheticClip clip, PinholeCamera view) {
    return clip.truth().occlusion(clip.left(10, view), clip.right(10, view)).not();
  }
}
