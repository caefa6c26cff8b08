package org.stereo4d.depth.sgm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.VectorTwins;

@Tag("vector")
class VectorTwinTest {
  @Test
  void vectorKernel_anyShape_givesTheBitsOfThePlainOne() {
    Optional<SgmKernel> twin =
        VectorTwins.load(SgmKernel.class, "org.stereo4d.depth.sgm.vector.VectorKernel");
    Assumptions.assumeTrue(twin.isPresent(), "the vector module is not in this run");
    Random random = new Random(11);
    for (int[] shape :
        new int[][] {{70, 30, 0, 32}, {61, 17, -5, 33}, {40, 9, 3, 100}, {9, 5, 0, 1}}) {
      ImageSize size = new ImageSize(shape[0], shape[1]);
      for (int channels : new int[] {1, 3}) {
        ByteImage left = ByteImage.create(size, channels);
        ByteImage right = ByteImage.create(size, channels);
        random.nextBytes(left.array());
        System.arraycopy(left.array(), channels, right.array(), 0, left.array().length - channels);
        SemiGlobalOptions options =
            SemiGlobalOptions.DEFAULTS.withRangePx(shape[2], shape[3]).withChecks(1, 0.03, 0);
        StereoPair pair = new StereoPair(left, right);
        DisparityMap plain = new SemiGlobalMatcher(options, new PlainKernel()).match(pair);
        DisparityMap fast = new SemiGlobalMatcher(options, twin.get()).match(pair);
        assertThat(fast).isEqualTo(plain);
      }
    }
  }
}
