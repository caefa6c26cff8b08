package org.stereo4d.flow;

import org.stereo4d.image.ByteImage;

/** Estimates dense motion. */
public interface FlowEstimator {
  /**
   * Motion from one RGB or gray picture to another of the same size.
   *
   * @return the field on the grid of {@code from}: {@code p + F(p)} is the place in {@code to}
   */
  FlowField flow(ByteImage from, ByteImage to);
}
