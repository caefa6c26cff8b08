package org.stereo4d.video;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stereo4d.run.Check;

/**
 * The frames of a video at given times: for each time the frame whose presentation time is nearest,
 * at most half a frame interval plus 1 ms away (spec A.3). Reads the source once, in order, holding
 * two frames. Closing it closes the source.
 */
public final class FramesAtTimes implements VideoReader {
  private static final double SLACK_SECONDS = 1e-3;

  private final VideoReader source;
  private final String name;
  private final double[] timesSeconds;
  private final double toleranceSeconds;
  private @Nullable Frame earlier;
  private @Nullable Frame later;
  private boolean started;
  private int produced;

  /**
   * Prepares a selection.
   *
   * @param source read from its first frame
   * @param name of the source, for messages
   * @param timesSeconds strictly rising, finite
   */
  public FramesAtTimes(VideoReader source, String name, double[] timesSeconds) {
    for (int i = 0; i < timesSeconds.length; i++) {
      Check.that(
          Double.isFinite(timesSeconds[i]) && (i == 0 || timesSeconds[i] > timesSeconds[i - 1]),
          "timesSeconds must be finite and rise, was %s at %s",
          timesSeconds[i],
          i);
    }
    this.source = source;
    this.name = name;
    this.timesSeconds = timesSeconds.clone();
    this.toleranceSeconds = 0.5 / source.info().framesPerSecond() + SLACK_SECONDS;
  }

  @Override
  public VideoInfo info() {
    return source.info();
  }

  @Override
  public Optional<Frame> next() throws IOException {
    if (produced == timesSeconds.length) {
      return Optional.empty();
    }
    if (!started) {
      later = source.next().orElse(null);
      started = true;
    }
    double time = timesSeconds[produced];
    while (later != null && later.timeSeconds() < time) {
      earlier = later;
      later = source.next().orElse(null);
    }
    Frame nearest = nearest(time);
    if (nearest == null || Math.abs(nearest.timeSeconds() - time) > toleranceSeconds) {
      throw new IOException(describeMiss(time, nearest));
    }
    return Optional.of(
        new Frame(produced++, nearest.timeSeconds(), nearest.image(), nearest.fullPrecision()));
  }

  private @Nullable Frame nearest(double time) {
    if (earlier == null || later == null) {
      return later == null ? earlier : later;
    }
    return time - earlier.timeSeconds() <= later.timeSeconds() - time ? earlier : later;
  }

  private String describeMiss(double time, @Nullable Frame nearest) {
    String found =
        nearest == null
            ? "the video has no frames"
            : later == null
                ? "the video ends at " + nearest.timeSeconds() + " s"
                : "the nearest frame is at " + nearest.timeSeconds() + " s";
    return name
        + ": no frame for timestamp "
        + produced
        + " of "
        + timesSeconds.length
        + " ("
        + time
        + " s); "
        + found
        + ", expected one within "
        + toleranceSeconds
        + " s";
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
