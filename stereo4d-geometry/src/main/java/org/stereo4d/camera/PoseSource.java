package org.stereo4d.camera;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** Gives the pose of the left rectified view at each frame of a clip. */
@FunctionalInterface
public interface PoseSource {
  /** A camera that never moves. */
  PoseSource IDENTITY =
      (clipId, timesSeconds) -> Collections.nCopies(timesSeconds.length, Rigid3.IDENTITY);

  /**
   * Poses {@code worldFromCamera}, one per frame, metres.
   *
   * @param clipId name of the clip, for sources that hold several
   * @param timesSeconds presentation time of each frame
   * @throws IOException if the source has no pose for a frame
   */
  List<Rigid3> worldFromCameras(String clipId, double[] timesSeconds) throws IOException;
}
