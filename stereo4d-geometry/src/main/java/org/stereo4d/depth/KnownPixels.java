package org.stereo4d.depth;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/** The finite pixels of a one-channel image. */
final class KnownPixels {
  private KnownPixels() {}

  static Mask of(FloatImage image) {
    boolean[] out = new boolean[image.size().area()];
    for (int y = 0, k = 0; y < image.height(); y++) {
      for (int i = image.index(0, y), end = i + image.width(); i < end; i++, k++) {
        out[k] = Float.isFinite(image.array()[i]);
      }
    }
    return Mask.wrap(out, image.size());
  }
}
