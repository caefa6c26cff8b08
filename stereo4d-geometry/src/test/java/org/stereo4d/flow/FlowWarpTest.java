package org.stereo4d.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class FlowWarpTest {
  private static final ImageSize SIZE = new ImageSize(37, 41);

  private static FloatImage noise(int channels, double scale, long seed) {
    FloatImage out = FloatImage.create(SIZE, channels);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (float) (scale * (random.nextDouble() - 0.5));
    }
    return out;
  }

  private static FlowField row(float... dx) {
    FloatImage px = FloatImage.create(new ImageSize(dx.length, 1), 2);
    for (int x = 0; x < dx.length; x++) {
      px.set(x, 0, 0, dx[x]);
    }
    return new FlowField(px);
  }

  private static float[] warpRow(Border border, float[] source, float... dx) {
    FloatImage image = FloatImage.wrap(source, new ImageSize(source.length, 1), 1);
    return new FlowWarp(border).warp(image, row(dx)).array();
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void warp_zeroFlow_isTheIdentity(Border border) {
    FloatImage source = noise(3, 1, 1);
    assertThat(new FlowWarp(border).warp(source, FlowField.zero(SIZE))).isEqualTo(source);
  }

  @Test
  void warp_reads_pPlusFlow() {
    float[] source = {10, 20, 30, 40};
    assertThat(warpRow(Border.ZERO, source, 1, 0.5f, -1.25f, 0)).containsExactly(20, 25, 17.5f, 40);
  }

  @Test
  void warp_outside_followsTheBorder() {
    float[] source = {10, 20, 30};
    // places -0.5, -1, 4
    assertThat(warpRow(Border.ZERO, source, -0.5f, -2, 2)).containsExactly(5, 0, 0);
    assertThat(warpRow(Border.REPLICATE, source, -0.5f, -2, 2)).containsExactly(10, 10, 30);
    assertThat(warpRow(Border.REFLECT_101, source, -0.5f, -2, 2)).containsExactly(15, 20, 10);
    assertThat(warpRow(Border.NAN, source, -0.5f, -1, 2)).containsExactly(Float.NaN, 10, Float.NaN);
  }

  @Test
  void warp_hugeOrUnknownFlow_isHandled() {
    float[] source = {10, 20, 30};
    assertThat(warpRow(Border.REPLICATE, source, 1e30f, -1e30f, Float.NaN))
        .containsExactly(30, 10, Float.NaN);
    assertThat(warpRow(Border.REPLICATE, source, Float.POSITIVE_INFINITY, 0, 0)[0]).isNaN();
  }

  @Test
  void warp_constantWithReplicatedBorder_staysConstant() {
    FloatImage source = FloatImage.create(SIZE, 1);
    Arrays.fill(source.array(), 0.3f);
    FloatImage out = new FlowWarp(Border.REPLICATE).warp(source, new FlowField(noise(2, 80, 2)));
    for (float v : out.array()) {
      assertThat(v).isCloseTo(0.3f, within(1e-6f));
    }
  }

  @Test
  void warp_oneAndThreeThreads_sameBits() {
    FloatImage source = noise(3, 1, 3);
    FlowField flow = new FlowField(noise(2, 9, 4));
    FlowWarp warp = new FlowWarp(Border.ZERO);
    FloatImage one = new ForkJoinPool(1).submit(() -> warp.warp(source, flow)).join();
    assertThat(new ForkJoinPool(3).submit(() -> warp.warp(source, flow)).join()).isEqualTo(one);
  }

  @Test
  void warp_crop_isTheWarpOfItsCopy() {
    ImageSize size = new ImageSize(11, 13);
    FloatImage source = noise(2, 1, 5).crop(5, 7, size);
    FlowField flow = new FlowField(noise(2, 6, 6).crop(3, 2, size));
    FlowWarp warp = new FlowWarp(Border.REPLICATE);
    assertThat(warp.warp(source, flow))
        .isEqualTo(warp.warp(source.copy(), new FlowField(flow.px().copy())));
  }

  @Test
  void warp_otherSize_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlowWarp(Border.ZERO).warp(noise(1, 1, 7), row(1, 2)));
  }
}
