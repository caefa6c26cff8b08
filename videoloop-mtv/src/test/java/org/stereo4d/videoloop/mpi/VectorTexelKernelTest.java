package org.stereo4d.videoloop.mpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.run.VectorTwins;

@Tag("vector")
class VectorTexelKernelTest {
  private final Random random = new Random(7);
  private final TexelKernel plain = new PlainTexelKernel();

  private static TexelKernel twin() {
    Optional<TexelKernel> twin =
        VectorTwins.load(TexelKernel.class, "org.stereo4d.videoloop.mpi.vector.VectorTexelKernel");
    Assumptions.assumeTrue(twin.isPresent(), "the vector module is not in this run");
    return twin.get();
  }

  @Test
  void blendPixels_anyCount_givesTheBitsOfThePlainOne() {
    TexelKernel twin = twin();
    float[] texels = floats(5 * 9 * 7);
    for (int count : new int[] {0, 1, 5, 40}) {
      int channels = 4 + count % 2;
      int[] texel = random.ints(count + 3, 0, 9 * 6 - 1).toArray();
      float[] right = floats(count + 3);
      float[] below = floats(count + 3);
      float[] expected = new float[4 * count];
      float[] actual = new float[4 * count];
      plain.blendPixels(texels, channels, 9, texel, right, below, 3, count, expected);
      twin.blendPixels(texels, channels, 9, texel, right, below, 3, count, actual);
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void spreadPixel_anyPlace_givesTheBitsOfThePlainOne() {
    TexelKernel twin = twin();
    float[] expected = floats(4 * 30);
    float[] actual = expected.clone();
    for (int top : new int[] {0, 12, 40}) {
      float[] values = floats(9);
      plain.spreadPixel(expected, 5, top, top + 36, 0.3f, 0.8f, values, 5);
      twin.spreadPixel(actual, 5, top, top + 36, 0.3f, 0.8f, values, 5);
    }
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void frames_anyNumber_giveTheBitsOfThePlainOnes() {
    TexelKernel twin = twin();
    float[] texels = floats(400);
    for (int frames : new int[] {1, 7, 8, 13, 50}) {
      float[] weights = floats(4);
      float[] expected = floats(60);
      float[] actual = expected.clone();
      plain.blendFrames(texels, 0, 51, 111, 305, weights, expected, 3, frames);
      twin.blendFrames(texels, 0, 51, 111, 305, weights, actual, 3, frames);
      plain.addFrames(texels, 17, 0.7f, expected, 5, frames);
      twin.addFrames(texels, 17, 0.7f, actual, 5, frames);
      assertThat(actual).isEqualTo(expected);
    }
  }

  private float[] floats(int count) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = random.nextFloat() - 0.5f;
    }
    return out;
  }
}
