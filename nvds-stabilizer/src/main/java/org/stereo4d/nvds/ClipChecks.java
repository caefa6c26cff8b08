package org.stereo4d.nvds;

import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/** What every stabiliser demands of its clip. */
public final class ClipChecks {
  private ClipChecks() {}

  /** Refuses a clip with other numbers of frames and maps. */
  public static void requireSameCount(List<ByteImage> frames, List<InverseDepthMap> initial) {
    Check.that(
        frames.size() == initial.size(),
        "frames and initial maps must be as many, were %s and %s",
        frames.size(),
        initial.size());
  }

  /** Refuses a frame that is no RGB of the size of the first, or whose map has another size. */
  public static void requireFits(
      int frameIndex, ByteImage frame, InverseDepthMap map, ImageSize first) {
    Check.that(frame.channels() == 3, "frame %s must be RGB, had %s", frameIndex, frame.channels());
    Check.that(
        frame.size().equals(first),
        "frame %s must have the size of the first, %s, was %s",
        frameIndex,
        first,
        frame.size());
    Check.that(
        map.size().equals(first),
        "map %s must have the size of the frames, %s, was %s",
        frameIndex,
        first,
        map.size());
  }
}
