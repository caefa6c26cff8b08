package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.VectorTwins;

@Tag("vector")
class VectorRowTest {
  private final Random random = new Random(5);

  private FloatImage noise(ImageSize size, int channels) {
    FloatImage out = FloatImage.create(size, channels);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = random.nextFloat();
    }
    return out;
  }

  /** Slopes of random length, some noise, some unknown, some of a far value. */
  private DisparityMap disparity(ImageSize size, float far, int length) {
    FloatImage px = FloatImage.create(size, 1);
    float step = 0;
    float slope = 0;
    for (int i = 0; i < px.array().length; i++) {
      boolean jumps = random.nextInt(length) == 0;
      slope = jumps ? 0.4f * (random.nextFloat() - 0.5f) : slope;
      step = jumps ? 20 * (random.nextFloat() - 0.5f) : step + slope / 4;
      float p = step + (random.nextInt(length / 4) == 0 ? random.nextFloat() : 0);
      int kind = random.nextInt(4 * length);
      px.array()[i] = kind == 0 ? Float.NaN : kind == 1 ? far : kind == 2 ? Math.round(p) : p;
    }
    return new DisparityMap(px);
  }

  @Test
  void vectorRow_anyWidthAndRule_givesTheBitsOfThePlainOne() {
    Optional<PairKernel.Factory> twin =
        VectorTwins.load(
            PairKernel.Factory.class,
            "org.stereo4d.stereocrafter.splat.vector.VectorPairs$Factory");
    Assumptions.assumeTrue(twin.isPresent(), "the vector module is not in this run");
    for (int width : new int[] {1, 2, 7, 8, 9, 15, 64, 333, 1500}) {
      for (TapRule rule : TapRule.values()) {
        for (double shift : new double[] {-1, 0, 0.5, 1}) {
          ImageSize size = new ImageSize(width, 21);
          // plain means weigh alike at any distance, others only what single precision holds
          boolean means = shift == 0.5;
          SplatOptions options =
              SplatOptions.DEFAULTS.withTapRule(rule).withWeightBase(means ? 1 : 1.414);
          FloatImage image = noise(size, 3);
          DisparityMap px = disparity(size, means ? 1e9f : 35, width > 64 ? 200 : 12);
          Splat plain = new RowSplatter(options, Optional.empty()).splat(image, px, shift);
          Splat fast = new RowSplatter(options, twin).splat(image, px, shift);
          assertThat(fast.coverage()).isEqualTo(plain.coverage());
          assertThat(fast.image()).isEqualTo(plain.image());
          assertThat(fast.disparity()).isEqualTo(plain.disparity());
          ByteImage bytes = image.toBytes();
          assertThat(new RowSplatter(options, twin).splat(bytes, px, shift).image())
              .isEqualTo(
                  new RowSplatter(options, Optional.empty()).splat(bytes, px, shift).image());
        }
      }
    }
  }
}
