package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class DepthModelTest {
  @Test
  void sizeFor_extremePicture_isAtLeastOneMultiple() {
    // the reference returns 0: round(10 * 384 / 500 / 32) = 0
    assertThat(SizeRule.UPPER_BOUND.sizeFor(new ImageSize(10, 500), 384, 32))
        .isEqualTo(new ImageSize(32, 384));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SizeRule.LOWER_BOUND.sizeFor(new ImageSize(1, 30_000), 518, 14))
        .withMessageContaining("518");
  }

  @Test
  void sizeFor_square_ignoresTheAspectRatio() {
    assertThat(SizeRule.SQUARE.sizeFor(new ImageSize(1920, 1080), 384, 32))
        .isEqualTo(new ImageSize(384, 384));
  }

  @Test
  void prepare_white_isNormalised() {
    ByteImage white = ByteImage.create(new ImageSize(40, 30), 3);
    Arrays.fill(white.array(), (byte) 255);
    FloatImage half = DepthModel.DPT_LARGE.prepare(white);
    assertThat(half.size()).isEqualTo(new ImageSize(384, 288));
    assertThat(half.at(3, 4, 2)).isCloseTo(1, within(1e-5f));
    FloatImage imagenet = DepthModel.MIDAS_V21.prepare(white);
    assertThat(imagenet.at(3, 4, 0)).isCloseTo((float) ((1 - 0.485) / 0.229), within(1e-5f));
  }

  @Test
  void finish_unknownAndUndershoot() {
    FloatImage raw =
        FloatImage.wrap(
            new float[] {0, 0, 1, 1, 0, 0, 1, Float.POSITIVE_INFINITY}, new ImageSize(8, 1), 1);
    InverseDepthMap map = DepthModel.MIDAS_V21.finish(raw, new ImageSize(16, 1));
    assertThat(map.at(2, 0)).isZero(); // cubic would go below
    assertThat(map.at(15, 0)).isNaN();
  }

  @Test
  void finish_depth_isInverted() {
    FloatImage raw = FloatImage.wrap(new float[] {2, 4}, new ImageSize(2, 1), 1);
    InverseDepthMap map = DepthModel.DPT_HYBRID_METRIC.finish(raw, new ImageSize(2, 1));
    assertThat(map.values().array()).containsExactly(0.5f, 0.25f);
  }

  @Test
  void known_namesTheLicences() {
    assertThat(DepthModel.KNOWN).allMatch(model -> model.weights().contains(", "));
  }
}
