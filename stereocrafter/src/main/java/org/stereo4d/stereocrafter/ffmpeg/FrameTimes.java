package org.stereo4d.stereocrafter.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.stereo4d.backend.ffmpeg.PacketSource;

/** Presentation times of a video, read from its packets without decoding them. */
public final class FrameTimes {
  /** Intervals that differ by less count as one rate. */
  private static final double STEADY = 0.1;

  /** How far times may lie from a grid of the shortest interval, in intervals. */
  private static final double ON_GRID = 0.05;

  private static final double FINER = 4;
  private static final double MAX_HZ = 1000;

  private FrameTimes() {}

  /** Times in order, seconds; empty for a file without video. */
  public static double[] secondsOf(Path file) throws IOException {
    double[] times = new double[1024];
    int count = 0;
    try (PointerScope scope = new PointerScope();
        PacketSource packets = PacketSource.open(file, AVMEDIA_TYPE_VIDEO)) {
      while (packets.isPresent() && packets.next()) {
        if (count == times.length) {
          times = Arrays.copyOf(times, 2 * count);
        }
        times[count++] = packets.seconds();
      }
    }
    double[] out = Arrays.copyOf(times, count);
    Arrays.sort(out);
    return out;
  }

  /**
   * A rate whose multiples hold all times, each on a place of its own: the given one when the video
   * keeps it, else that of the shortest interval, or four times that.
   *
   * @param seconds times in order
   * @param averageHz the rate that the header states
   */
  public static double gridHz(double[] seconds, double averageHz) {
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < seconds.length; i++) {
      double interval = seconds[i] - seconds[i - 1];
      shortest = interval > 0 ? Math.min(shortest, interval) : shortest;
    }
    if (!(shortest * averageHz < 1 - STEADY)) {
      return averageHz;
    }
    boolean onGrid = true;
    for (double time : seconds) {
      double place = (time - seconds[0]) / shortest;
      onGrid &= Math.abs(place - Math.rint(place)) < ON_GRID;
    }
    return Math.min(MAX_HZ, (onGrid ? 1 : FINER) / shortest);
  }
}
