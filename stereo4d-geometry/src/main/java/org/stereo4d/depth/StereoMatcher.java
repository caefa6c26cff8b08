package org.stereo4d.depth;

import org.stereo4d.image.StereoPair;

/** Finds, for each pixel, the same point in the other view of a rectified pair. */
public interface StereoMatcher {
  /** Disparity of the left view, of its size; pixels, NaN = unknown. */
  DisparityMap match(StereoPair pair);
}
