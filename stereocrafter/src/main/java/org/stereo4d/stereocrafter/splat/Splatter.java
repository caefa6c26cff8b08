package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;

/** Makes another view of a picture from its disparity. */
public interface Splatter {
  /**
   * Moves each pixel from x to {@code x + shift p}; where several arrive, larger disparities p
   * weigh more. Pixels of unknown disparity do not take part.
   *
   * @param image of any number of channels
   * @param disparity of the image's pixels, of its size
   * @param shift motion to the right in disparities: -1 makes the right eye from the left one, see
   *     {@link View}
   */
  Splat splat(FloatImage image, DisparityMap disparity, double shift);
}
