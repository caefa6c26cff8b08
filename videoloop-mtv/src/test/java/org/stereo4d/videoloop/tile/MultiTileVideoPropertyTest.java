package org.stereo4d.videoloop.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.TextureStack;

class MultiTileVideoPropertyTest {
  private static final float ROUNDING = 1e-5f; // of a mix of four floats of size 1

  @Property(tries = 30)
  void atDetail_one_isTheIdentity(@ForAll @IntRange(min = 0, max = 10_000) int seed) {
    MultiTileVideo video = RandomVideo.of(seed);
    LayerModel before = video.layers().copy();
    MultiTileVideo same = video.atDetail(1);
    assertThat(same.map().tileHeight()).isEqualTo(video.fullTileHeight());
    assertThat(same.map().tileWidth()).isEqualTo(video.fullTileWidth());
    assertThat(same.layers().still().values()).isEqualTo(before.still().values());
    assertThat(same.layers().moving().values()).isEqualTo(before.moving().values());
  }

  /** Growing back finds the size again, and a level taken twice is that level. */
  @Property(tries = 30)
  void atDetail_anyFactor_keepsRangeAndFullSize(
      @ForAll @IntRange(min = 0, max = 10_000) int seed,
      @ForAll @DoubleRange(min = 0.1, max = 1) double factor) {
    MultiTileVideo video = RandomVideo.of(seed);
    MultiTileVideo level = video.atDetail(factor);
    assertThat(level.map().tileHeight())
        .isEqualTo(Math.max((int) (video.fullTileHeight() * factor), 2));
    assertThat(level.atDetail(factor).layers().moving().values())
        .isEqualTo(level.layers().moving().values());
    assertThat(level.atDetail(1).map().tileWidth()).isEqualTo(video.fullTileWidth());
    float[] limits = limits(video.layers().still());
    for (float value : level.layers().still().values()) {
      assertThat(value).isBetween(limits[0] - ROUNDING, limits[1] + ROUNDING);
    }
  }

  /** Neighbours in the texture do not leak into each other. */
  @Property(tries = 20)
  void atDetail_oneTileChanged_leavesTheOthersAlone(
      @ForAll @IntRange(min = 0, max = 10_000) int seed,
      @ForAll @DoubleRange(min = 0.2, max = 1) double factor) {
    MultiTileVideo video = RandomVideo.of(seed);
    int changed = new Random(seed).nextInt(video.movingTiles());
    LayerModel layers = video.layers().copy();
    float[] values = layers.moving().values();
    int full = values.length / video.movingTiles();
    Arrays.fill(values, changed * full, (changed + 1) * full, 9);
    float[] plain = video.atDetail(factor).layers().moving().values();
    float[] other = video.with(layers).atDetail(factor).layers().moving().values();
    int part = plain.length / video.movingTiles();
    for (int i = 0; i < plain.length; i++) {
      if (i / part == changed) {
        assertThat(other[i]).isBetween(9 - ROUNDING, 9 + ROUNDING);
      } else {
        assertThat(other[i]).isEqualTo(plain[i]);
      }
    }
  }

  private static float[] limits(TextureStack stack) {
    float[] sorted = stack.values().clone();
    Arrays.sort(sorted);
    return new float[] {sorted[0], sorted[sorted.length - 1]};
  }
}
