package org.stereo4d.depth;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * {@code xLeft - xRight} for each pixel of one view.
 *
 * @param px one channel, pixels; NaN = unknown
 */
public record DisparityMap(FloatImage px) {
  /** Checks for one channel. */
  public DisparityMap {
    Check.that(px.channels() == 1, "a disparity map has 1 channel, had %s", px.channels());
  }

  /** Width and height. */
  public ImageSize size() {
    return px.size();
  }

  /** Disparity of a pixel, NaN = unknown. */
  public float at(int x, int y) {
    return px.at(x, y, 0);
  }

  /** Pixels with a finite value. */
  public Mask known() {
    return KnownPixels.of(px);
  }
}
