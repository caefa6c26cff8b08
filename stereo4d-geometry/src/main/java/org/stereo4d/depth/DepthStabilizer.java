package org.stereo4d.depth;

import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;

/** Removes flicker from the inverse depth of a video. */
public interface DepthStabilizer {
  /**
   * Steadies depth.
   *
   * @param frames RGB frames of one size; read by index, possibly several times and in both
   *     directions, so a list may decode on demand
   * @param initial one map per frame, of one size
   * @return one map per frame; fewer when the listener finishes early
   */
  List<InverseDepthMap> stabilize(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress);
}
