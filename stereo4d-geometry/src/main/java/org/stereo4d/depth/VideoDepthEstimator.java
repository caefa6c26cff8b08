package org.stereo4d.depth;

import java.io.IOException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;

/** Gives relative inverse depth for the frames of a video, in order. */
public interface VideoDepthEstimator {
  /**
   * Estimates depth for every frame; reads ahead no farther than it must.
   *
   * @param frames RGB frames of one size, read once
   * @param sink receives one map per frame, in order
   * @throws IOException if depth is read from files that do not fit
   */
  void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress) throws IOException;

  /** Takes depth maps in frame order. */
  @FunctionalInterface
  interface Sink {
    /** Takes the map of one frame. */
    void accept(int frameIndex, InverseDepthMap map) throws IOException;
  }
}
