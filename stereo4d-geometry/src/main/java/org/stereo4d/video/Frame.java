package org.stereo4d.video;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * One picture of a video.
 *
 * @param frameIndex position in presentation order, from 0
 * @param timeSeconds presentation time from the start of the file; finite
 * @param image RGB, 8 bit; the full precision rounded, where that is there
 * @param fullPrecision the same picture, RGB in [0, 1], with all bits of a deeper source, when
 *     asked for
 */
public record Frame(
    int frameIndex, double timeSeconds, ByteImage image, Optional<FloatImage> fullPrecision) {
  /** Checks index and time. */
  public Frame {
    Check.that(frameIndex >= 0, "frameIndex must be >= 0, was %s", frameIndex);
    Check.that(Double.isFinite(timeSeconds), "timeSeconds must be finite, was %s", timeSeconds);
  }

  /** An 8-bit frame. */
  public static Frame of(int frameIndex, double timeSeconds, ByteImage image) {
    return new Frame(frameIndex, timeSeconds, image, Optional.empty());
  }

  /** Values in [0, 1] with all the precision there is. */
  public FloatImage samples() {
    return fullPrecision.orElseGet(image::toFloat);
  }
}
