package org.stereo4d.stereocrafter.diffusion;

import java.util.Random;

/** Standard normal numbers, in the order in which they are asked for. */
@FunctionalInterface
public interface NoiseSource {
  /** The next numbers. */
  float[] next(int count);

  /** The same numbers for the same seed, everywhere. They are not those of any other library. */
  static NoiseSource ofSeed(long seed) {
    Random random = new Random(seed);
    return count -> {
      float[] out = new float[count];
      for (int i = 0; i < count; i++) {
        out[i] = (float) random.nextGaussian();
      }
      return out;
    };
  }
}
