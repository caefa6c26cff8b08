package org.stereo4d.stereocrafter.inpaint;

import java.util.Optional;
import org.stereo4d.image.ByteImage;

/**
 * Fills the holes of warped views, frame after frame. It may look ahead, so views come out late but
 * in order. Not thread-safe; one for each eye and video.
 */
public interface StereoInpainter {
  /**
   * Takes the next frame.
   *
   * @return the oldest view that is finished now, if any
   */
  Optional<ByteImage> accept(WarpedFrame frame);

  /** After the last frame: the next view that still waits; empty when all are out. */
  Optional<ByteImage> flush();
}
