package org.stereo4d.synthetic;

import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.synthetic.scene.SceneRenderer;
import org.stereo4d.synthetic.scene.View;

/**
 * Turns light into 8-bit samples: gain, noise that depends on nothing but key and position, and
 * rounding.
 *
 * @param gain factor on the light
 * @param noiseSigma standard deviation of the noise in units of full scale
 * @param key tells frames and eyes apart
 */
record Sensor(double gain, double noiseSigma, long key) {
  private static final int NUMBER = 127; // largest of three even numbers, which are summed
  private static final float SUM_MEAN = 1.5f * NUMBER;
  private static final double SUM_SIGMA = Math.sqrt(3 * (128.0 * 128.0 - 1) / 12);

  /** A key of its own for each picture of each stream of each seed. */
  static long key(long seed, int stream, int frame) {
    return mix(mix(mix(seed) + stream) + frame);
  }

  /** Records an exposure into a picture, which may be a crop of another. */
  void photograph(SceneRenderer renderer, List<View> exposure, ByteImage out) {
    renderer.draw(
        exposure,
        (x0, y0, width, height, rgb) -> {
          for (int y = 0; y < height; y++) {
            recordRow(rgb, 3 * y * width, 3 * width, out.index(x0, y0 + y), out);
          }
        });
  }

  private void recordRow(float[] rgb, int from, int count, int to, ByteImage out) {
    float scale = (float) (255 * gain);
    float sigma = (float) (255 * noiseSigma / SUM_SIGMA);
    byte[] bytes = out.array();
    // a crop is noisy as if it stood alone
    int inPicture = to - out.offset();
    int row = inPicture / out.stride();
    int pixel = row * out.width() + (inPicture - row * out.stride()) / 3;
    for (int k = 0; k < count; k += 3, pixel++) {
      long bits = mix(key + pixel * 0x9E3779B97F4A7C15L);
      for (int c = 0; c < 3; c++, bits >>>= 21) {
        float v = scale * rgb[from + k + c] + sigma * noise(bits) + 0.5f;
        bytes[to + k + c] = (byte) (v >= 255 ? 255 : v > 0 ? (int) v : 0);
      }
    }
  }

  /** Mean 0 and deviation {@link #SUM_SIGMA} from 21 bits. */
  private static float noise(long bits) {
    int b = (int) bits;
    return (b & NUMBER) + (b >>> 7 & NUMBER) + (b >>> 14 & NUMBER) - SUM_MEAN;
  }

  /** Spreads the bits of a number over all bits: the finaliser of SplitMix64. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
