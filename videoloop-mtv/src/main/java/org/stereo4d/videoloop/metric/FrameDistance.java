package org.stereo4d.videoloop.metric;

import org.stereo4d.image.ByteImage;

/** How different two pictures look; 0 for equal ones. */
@FunctionalInterface
public interface FrameDistance {
  /** The distance of two RGB pictures of one size. */
  double between(ByteImage a, ByteImage b);
}
