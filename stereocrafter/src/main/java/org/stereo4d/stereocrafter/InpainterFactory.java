package org.stereo4d.stereocrafter;

import org.stereo4d.stereocrafter.inpaint.StereoInpainter;

/** Makes an inpainter for each eye and video, since each remembers what it saw. */
@FunctionalInterface
public interface InpainterFactory {
  /** A new inpainter. */
  StereoInpainter create();
}
