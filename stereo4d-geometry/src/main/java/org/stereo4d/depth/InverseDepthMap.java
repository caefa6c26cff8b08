package org.stereo4d.depth;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Relative inverse depth: larger is nearer, with unknown scale and offset.
 *
 * @param values one channel; NaN = unknown
 */
public record InverseDepthMap(FloatImage values) {
  /** Checks for one channel. */
  public InverseDepthMap {
    Check.that(
        values.channels() == 1, "an inverse depth map has 1 channel, had %s", values.channels());
  }

  /** Width and height. */
  public ImageSize size() {
    return values.size();
  }

  /** Value of a pixel, NaN = unknown. */
  public float at(int x, int y) {
    return values.at(x, y, 0);
  }

  /** Pixels with a finite value. */
  public Mask known() {
    return KnownPixels.of(values);
  }
}
