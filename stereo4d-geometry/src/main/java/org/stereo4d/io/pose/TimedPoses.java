package org.stereo4d.io.pose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Check;

/** Poses at known times; a frame takes the pose of the nearest time. */
public final class TimedPoses implements PoseSource {
  /**
   * The farthest a pose may be from its frame: half a frame of 25 per second, which is also what
   * the tools of the TUM benchmark allow. Source: their association script, 0.02 s.
   */
  public static final double DEFAULT_MAX_GAP_SECONDS = 0.02;

  private final double[] timesSeconds;
  private final List<Rigid3> worldFromCameras;
  private final double maxGapSeconds;

  private TimedPoses(double[] timesSeconds, List<Rigid3> worldFromCameras, double maxGapSeconds) {
    this.timesSeconds = timesSeconds;
    this.worldFromCameras = worldFromCameras;
    this.maxGapSeconds = maxGapSeconds;
  }

  /**
   * Poses with their times.
   *
   * @param timesSeconds rising, finite
   * @param worldFromCameras one per time
   */
  public static TimedPoses of(double[] timesSeconds, List<Rigid3> worldFromCameras) {
    Check.that(
        timesSeconds.length == worldFromCameras.size(),
        "%s times need as many poses, had %s",
        timesSeconds.length,
        worldFromCameras.size());
    for (int i = 0; i < timesSeconds.length; i++) {
      Check.that(
          Double.isFinite(timesSeconds[i]) && (i == 0 || timesSeconds[i] > timesSeconds[i - 1]),
          "times must be finite and rise, was %s at %s",
          timesSeconds[i],
          i);
    }
    return new TimedPoses(
        timesSeconds.clone(), List.copyOf(worldFromCameras), DEFAULT_MAX_GAP_SECONDS);
  }

  /** These poses with another largest distance in time between a frame and its pose; >= 0. */
  public TimedPoses withMaxGapSeconds(double maxGapSeconds) {
    Check.that(maxGapSeconds >= 0, "maxGapSeconds must be >= 0, was %s", maxGapSeconds);
    return new TimedPoses(timesSeconds, worldFromCameras, maxGapSeconds);
  }

  /** These poses with all times moved, for example from a wall clock to the start of a video. */
  public TimedPoses shiftedBySeconds(double offset) {
    double[] shifted = Arrays.stream(timesSeconds).map(t -> t + offset).toArray();
    return of(shifted, worldFromCameras).withMaxGapSeconds(maxGapSeconds);
  }

  /** Number of poses. */
  public int count() {
    return timesSeconds.length;
  }

  /** Time of each pose, seconds. */
  public double[] timesSeconds() {
    return timesSeconds.clone();
  }

  /** The poses. */
  public List<Rigid3> worldFromCameras() {
    return worldFromCameras;
  }

  /** Index of the pose nearest in time, the earlier one of two equally near; needs one pose. */
  public int nearest(double timeSeconds) {
    Check.that(count() > 0, "there must be a pose, had %s", count());
    int found = Arrays.binarySearch(timesSeconds, timeSeconds);
    if (found >= 0) {
      return found;
    }
    int after = -found - 1;
    if (after == 0 || after == count()) {
      return after == 0 ? 0 : count() - 1;
    }
    double before = timeSeconds - timesSeconds[after - 1];
    return before <= timesSeconds[after] - timeSeconds ? after - 1 : after;
  }

  /** {@inheritDoc} The clip id is not used: these poses are of one clip. */
  @Override
  public List<Rigid3> worldFromCameras(String clipId, double[] timesSeconds) throws IOException {
    List<Rigid3> out = new ArrayList<>(timesSeconds.length);
    for (int i = 0; i < timesSeconds.length; i++) {
      int nearest = count() == 0 ? -1 : nearest(timesSeconds[i]);
      double gap =
          nearest < 0
              ? Double.POSITIVE_INFINITY
              : Math.abs(this.timesSeconds[nearest] - timesSeconds[i]);
      if (!(gap <= maxGapSeconds)) {
        throw new IOException(
            clipId
                + ": no pose for frame "
                + i
                + " at "
                + timesSeconds[i]
                + " s: the nearest is "
                + gap
                + " s away, expected at most "
                + maxGapSeconds);
      }
      out.add(worldFromCameras.get(nearest));
    }
    return out;
  }
}
