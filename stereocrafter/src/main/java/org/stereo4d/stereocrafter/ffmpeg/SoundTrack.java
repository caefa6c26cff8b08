package org.stereo4d.stereocrafter.ffmpeg;

import java.nio.file.Path;
import org.stereo4d.run.Check;

/**
 * A stretch of the sound of a file.
 *
 * @param file with or without sound
 * @param fromSeconds where it begins; finite, {@code >= 0}
 * @param toSeconds where it ends, after the beginning; may be infinite
 */
public record SoundTrack(Path file, double fromSeconds, double toSeconds) {
  /** Checks the order. */
  public SoundTrack {
    Check.that(
        fromSeconds >= 0 && Double.isFinite(fromSeconds) && toSeconds > fromSeconds,
        "0 <= fromSeconds < toSeconds must hold, were %s and %s",
        fromSeconds,
        toSeconds);
  }

  /** All the sound of a file. */
  public static SoundTrack of(Path file) {
    return new SoundTrack(file, 0, Double.POSITIVE_INFINITY);
  }
}
