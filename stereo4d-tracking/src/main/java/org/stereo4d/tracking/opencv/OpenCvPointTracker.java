package org.stereo4d.tracking.opencv;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.backend.opencv.OpenCvProvider;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.tracking.TrackedPoints;

/**
 * OpenCV's pyramidal Lucas-Kanade, chained from frame to frame in both directions.
 *
 * <p>Window 21, 3 extra levels, 30 iterations, epsilon 0.01 px. A point ends where the engine gives
 * it up, where it leaves the picture, or where the way back ends farther than 1 px from its start;
 * it is not found again. Chained steps drift. Confidence is 1 minus half the forward-backward error
 * in pixels. Memory beside the result: one byte per pixel and frame. Needs the {@code opencv},
 * {@code openblas} and {@code javacpp} natives.
 */
public final class OpenCvPointTracker implements PointTracker {
  /** A tracker; the engine is loaded by the first call of {@link #track}. */
  public OpenCvPointTracker() {}

  @Override
  public TrackedPoints track(Iterable<ByteImage> frames, QueryPoints queries, Progress progress) {
    List<ByteImage> gray = new ArrayList<>();
    for (ByteImage frame : frames) {
      Check.that(
          gray.isEmpty() || gray.get(0).size().equals(frame.size()),
          "frame %s must have the size of the first, had %s",
          gray.size(),
          frame.size());
      gray.add(frame.luma());
      if (progress.finishAfter(Step.of("read frames", gray.size(), 0))) {
        break;
      }
    }
    Check.that(!gray.isEmpty(), "a clip needs at least one frame, had %s", gray.size());
    for (int i = 0; i < queries.count(); i++) {
      Check.that(
          queries.frame(i) < gray.size(),
          "query %s: frame must be < %s, was %s",
          i,
          gray.size(),
          queries.frame(i));
    }
    NativeLibraries.prepareJavaCpp();
    try {
      return new LucasKanadeChain(gray, queries, progress).run();
    } catch (LinkageError e) {
      throw OpenCvProvider.missing("point tracking", e);
    }
  }
}
