package org.stereo4d.optim.rig;

import java.util.List;
import org.stereo4d.video.FrameSpan;

/**
 * A video cut into clips.
 *
 * @param frameCount frames read
 * @param clips what is worth processing, in order
 * @param dropped everything else, in order
 */
public record ShotReport(int frameCount, List<FrameSpan> clips, List<Dropped> dropped) {
  /** Copies the lists. */
  public ShotReport {
    clips = List.copyOf(clips);
    dropped = List.copyOf(dropped);
  }

  /** Why frames are not used. */
  public enum Reason {
    /** The shot has too few frames. */
    SHORT,
    /** One shot blends into the next. */
    CROSS_FADE,
    /** One picture, repeated. */
    STILL,
    /** Hardly anything to match, as in titles and black frames. */
    TITLE
  }

  /**
   * Frames that are not used.
   *
   * @param span which
   * @param reason why
   */
  public record Dropped(FrameSpan span, Reason reason) {}
}
