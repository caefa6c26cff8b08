package org.stereo4d.depth;

import org.stereo4d.image.ByteImage;

/** Guesses relative inverse depth from one picture. */
@FunctionalInterface
public interface DepthEstimator {
  /** Relative inverse depth of an RGB image, of its size. */
  InverseDepthMap estimate(ByteImage rgb);
}
