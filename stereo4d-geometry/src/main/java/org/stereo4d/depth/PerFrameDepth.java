package org.stereo4d.depth;

import java.io.IOException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/** Depth of a video frame by frame, each on its own: it flickers unless it is stabilised. */
public final class PerFrameDepth implements VideoDepthEstimator {
  private final DepthEstimator estimator;

  /** Uses an estimator for pictures, which stays with the caller. */
  public PerFrameDepth(DepthEstimator estimator) {
    this.estimator = estimator;
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    int frameIndex = 0;
    for (ByteImage frame : frames) {
      sink.accept(frameIndex, estimator.estimate(frame));
      frameIndex++;
      if (progress.finishAfter(Step.of("depth", frameIndex, 0))) {
        return;
      }
    }
  }
}
