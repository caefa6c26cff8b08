package org.stereo4d.nvds.metric;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/** The pixels with a positive, finite value. */
final class Positive {
  private Positive() {}

  static Mask of(FloatImage image) {
    float[] values = image.contiguous();
    boolean[] out = new boolean[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] > 0 && values[i] < Float.POSITIVE_INFINITY;
    }
    return Mask.wrap(out, image.size());
  }
}
