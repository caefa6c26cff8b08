package org.stereo4d.tracking;

import java.util.Iterator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;

/**
 * Follows points through a clip, forward and backward from the frame each is asked for.
 *
 * <p>At its own frame a track is at its query; it is visible there when the query lies inside the
 * picture. Implementations are thread-safe and leave the frames untouched.
 */
public interface PointTracker {
  /**
   * Follows points.
   *
   * @param frames RGB or gray pictures of one size, read once in order; at least one
   * @param queries where and when; frames inside the clip
   * @param progress told of frames and queries; FINISH returns the tracks so far, all other entries
   *     hidden
   */
  TrackedPoints track(Iterable<ByteImage> frames, QueryPoints queries, Progress progress);

  /** Follows points through the frames of a video not read yet. */
  default TrackedPoints track(VideoReader video, QueryPoints queries, Progress progress) {
    return track(() -> pictures(video.iterator()), queries, progress);
  }

  private static Iterator<ByteImage> pictures(Iterator<Frame> frames) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return frames.hasNext();
      }

      @Override
      public ByteImage next() {
        return frames.next().image();
      }
    };
  }
}
