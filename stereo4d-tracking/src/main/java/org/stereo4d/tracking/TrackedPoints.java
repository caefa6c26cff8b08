package org.stereo4d.tracking;

import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks2d;

/**
 * What a tracker found: tracks and how sure it is of each entry.
 *
 * <p>Confidence is kept in steps of 1/255, one byte per entry.
 */
public final class TrackedPoints {
  private final Tracks2d tracks;
  private final byte[] confidence;

  private TrackedPoints(Tracks2d tracks, byte[] confidence) {
    this.tracks = tracks;
    this.confidence = confidence;
  }

  /**
   * A result on the given arrays, which are not copied.
   *
   * @param confidence n x T, each 0 (none) to 255 (sure) as an unsigned byte
   */
  public static TrackedPoints wrap(Tracks2d tracks, byte[] confidence) {
    Check.that(
        confidence.length == tracks.visible().length,
        "confidence must hold %s entries, held %s",
        tracks.visible().length,
        confidence.length);
    return new TrackedPoints(tracks, confidence);
  }

  /** The tracks. */
  public Tracks2d tracks() {
    return tracks;
  }

  /** Confidence of an entry in [0, 1]; what it means is said by the tracker. */
  public float confidence(int track, int frame) {
    return (confidence[track * tracks.frameCount() + frame] & 0xff) / 255f;
  }

  /** A share in [0, 1] as the byte that {@link #wrap} takes; NaN is 0. */
  public static byte quantized(double share) {
    return (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
  }
}
