package org.stereo4d.stereocrafter.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.ffmpeg.SoundFit;
import org.stereo4d.stereocrafter.ffmpeg.SoundStretch;
import org.stereo4d.stereocrafter.ffmpeg.SoundTrack;
import org.stereo4d.stereocrafter.ffmpeg.StreamSpan;
import org.stereo4d.stereocrafter.ffmpeg.VideoJoiner;

/**
 * Puts the sound of one file under the pictures of another, as when frames were left out or the
 * rate was changed on the way:
 *
 * <pre>
 * speed = length of the sound / length of the pictures
 * </pre>
 *
 * Lengths that differ by less than a thousandth are left as they are: the sound is copied without
 * encoding it again and cut where the pictures end.
 *
 * @param fit what happens to the pitch
 */
public record SoundFitter(SoundFit fit) {
  /** Keeps the pitch; the reference's tool is {@link SoundFit#RESAMPLE_PITCH}. */
  public static final SoundFitter DEFAULTS = new SoundFitter(SoundFit.KEEP_PITCH);

  private static final double SAME = 1e-3;

  /**
   * Writes a video of the pictures, packet by packet, and the sound. Sound that the pictures' own
   * file has is left out.
   *
   * @param sound a file with or without sound; without, the target is silent
   * @param pictures a video
   * @param target may be one of the two
   * @return the speed of the sound, 1 when it was copied; empty when there is none
   * @throws IOException if a file cannot be read, has no pictures, or the lengths differ by more
   *     than a factor of {@link SoundStretch#MOST_SPEED}
   */
  public OptionalDouble fit(Path sound, Path pictures, Path target, Progress progress)
      throws IOException {
    StreamSpan seen =
        StreamSpan.ofPictures(pictures)
            .orElseThrow(() -> new IOException(pictures + ": has no pictures, expected a video"));
    Optional<StreamSpan> heard = StreamSpan.ofSound(sound);
    List<VideoJoiner.Part> parts = List.of(new VideoJoiner.Part(pictures, -seen.startSeconds()));
    if (heard.isEmpty()) {
      VideoJoiner.join(parts, List.of(), target);
      return OptionalDouble.empty();
    }
    double speed = heard.get().seconds() / seen.seconds();
    if (Math.abs(speed - 1) < SAME) {
      double start = Math.max(0, heard.get().startSeconds());
      SoundTrack track = new SoundTrack(sound, start, Double.POSITIVE_INFINITY);
      VideoJoiner.join(parts, List.of(track), target);
      return OptionalDouble.of(1);
    }
    if (!(speed <= SoundStretch.MOST_SPEED && speed >= 1 / SoundStretch.MOST_SPEED)) {
      throw new IOException(
          String.format(
              "%s: lasts %.3f s, expected within a factor of %s of the %.3f s of %s",
              sound, heard.get().seconds(), SoundStretch.MOST_SPEED, seen.seconds(), pictures));
    }
    try (AtomicOutput stretched =
        AtomicOutput.to(target)) { // a name of its own, deleted at the end
      SoundStretch.write(sound, speed, seen.seconds(), fit, stretched.temporary(), progress);
      VideoJoiner.join(parts, List.of(SoundTrack.of(stretched.temporary())), target);
    }
    return OptionalDouble.of(speed);
  }
}
