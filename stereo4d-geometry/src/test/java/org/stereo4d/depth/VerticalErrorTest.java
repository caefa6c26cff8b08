package org.stereo4d.depth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class VerticalErrorTest {
  @Test
  void of_knownValues_areTheirPercentiles() {
    FloatImage px = FloatImage.create(new ImageSize(101, 1), 2);
    for (int x = 0; x < 101; x++) {
      px.set(x, 0, 1, (x % 2 == 0 ? 1 : -1) * x / 100f);
    }
    VerticalError error = VerticalError.of(new FlowField(px));
    assertThat(error.medianPx()).isEqualTo(0.5f);
    assertThat(error.percentile95Px()).isEqualTo(0.95f);
  }

  @Test
  void of_noMatches_isNaN() {
    FloatImage px = FloatImage.create(new ImageSize(4, 4), 2);
    java.util.Arrays.fill(px.array(), Float.NaN);
    assertThat(VerticalError.of(new FlowField(px)).medianPx()).isNaN();
  }
}
