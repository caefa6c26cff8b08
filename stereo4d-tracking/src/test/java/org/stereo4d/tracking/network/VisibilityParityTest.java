package org.stereo4d.tracking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class VisibilityParityTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void score_storedLogits_isTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereo4d/visibility.npz"))) {
      double[] occlusion = npz.doubles("occlusion_logit");
      double[] distance = npz.doubles("expected_dist_logit");
      double[] score = npz.doubles("score");
      boolean[] visible = npz.booleans("visible");
      for (int k = 0; k < score.length; k++) {
        double ours = TapirVisibility.score(occlusion[k], distance[k]);
        assertThat(ours).isCloseTo(score[k], within(TOLERANCE));
        assertThat(TapirVisibility.isVisible(ours)).isEqualTo(visible[k]);
      }
    }
  }

  @Test
  void isVisible_notANumber_isHidden() {
    assertThat(TapirVisibility.isVisible(TapirVisibility.score(Double.NaN, 0))).isFalse();
  }
}
