package org.stereo4d.stereocrafter.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.stereo4d.backend.ffmpeg.PacketSource;

/**
 * From the beginning of a file to the end of one of its streams, by the times of its packets in the
 * time base of the container. Headers may round or lack it.
 *
 * @param startSeconds beginning of the file, later than 0 in broadcasts
 * @param endSeconds end of the stream
 */
public record StreamSpan(double startSeconds, double endSeconds) {
  /** Length of the pictures; empty when there are none. */
  public static Optional<StreamSpan> ofPictures(Path file) throws IOException {
    return of(file, AVMEDIA_TYPE_VIDEO);
  }

  /** Length of the sound; empty when there is none. */
  public static Optional<StreamSpan> ofSound(Path file) throws IOException {
    return of(file, AVMEDIA_TYPE_AUDIO);
  }

  private static Optional<StreamSpan> of(Path file, int mediaType) throws IOException {
    double last = Double.NEGATIVE_INFINITY;
    double end = Double.NEGATIVE_INFINITY;
    double interval = 0;
    try (PointerScope scope = new PointerScope();
        PacketSource packets = PacketSource.open(file, mediaType)) {
      while (packets.isPresent() && packets.next()) {
        double seconds = packets.seconds();
        if (seconds > last) {
          interval = Double.isInfinite(last) ? 0 : seconds - last;
          last = seconds;
        }
        end = Math.max(end, packets.endSeconds());
      }
      // some containers do not say how long a packet lasts: then the last lasts as long as the
      // interval before it
      double stop = end > last ? end : last + interval;
      double start = packets.startSeconds();
      return stop > start ? Optional.of(new StreamSpan(start, stop)) : Optional.empty();
    }
  }

  /** Length. */
  public double seconds() {
    return endSeconds - startSeconds;
  }
}
