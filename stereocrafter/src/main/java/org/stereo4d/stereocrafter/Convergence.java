package org.stereo4d.stereocrafter;

import java.util.Arrays;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Which nearness should lie in the plane of the screen, found from the nearness of a video. Takes
 * frames in order; not thread-safe.
 *
 * <p>Of the middle three quarters of the picture: {@link #mean}, {@link #maximum} over time and
 * {@link #between} them. Of a part of each picture that draws the eye: {@link #of}.
 */
public final class Convergence {
  /** Share of width and height that counts as the middle. */
  private static final double MIDDLE = 0.75;

  private static final double SPREAD = 3;
  private static final double LOW = 0.1;
  private static final double HIGH = 0.9;
  private static final double DECAY = 0.9;
  private static final double NONE = 0.5;

  private double sum;
  private double largest;
  private int frames;
  private double drifting;
  private boolean drifts;

  /** Takes the nearness of the next frame, in [0, 1]; unknown values do not count. */
  public void accept(InverseDepthMap nearness) {
    FloatImage map = nearness.values();
    int left = (int) Math.rint(map.width() * (1 - MIDDLE) / 2);
    int top = (int) Math.rint(map.height() * (1 - MIDDLE) / 2);
    double total = 0;
    int count = 0;
    for (int y = top; y < map.height() - top; y++) {
      for (int x = left; x < map.width() - left; x++) {
        float d = map.at(x, y, 0);
        if (Float.isFinite(d)) {
          total += d;
          count++;
        }
      }
    }
    if (count > 0) {
      sum += total / count;
      largest = frames == 0 ? total / count : Math.max(largest, total / count);
      frames++;
    }
  }

  /** Mean over time of the middle's mean nearness; 0.5 of nothing. */
  public double mean() {
    return frames == 0 ? NONE : sum / frames;
  }

  /** Largest of the middle's mean nearness; 0.5 of nothing. */
  public double maximum() {
    return frames == 0 ? NONE : largest;
  }

  /** Half way between both. */
  public double between() {
    return (mean() + maximum()) / 2;
  }

  /**
   * Convergence of one frame after those before it:
   *
   * <pre>
   * c = clamp(mid + 3 (place - 1/2) (q90 - q10)),   drifts with 0.9 of the value before
   * </pre>
   *
   * q10 and q90 are percentiles of the nearness of what draws the eye and mid is half way between;
   * frames in which nothing does count as 0.5.
   *
   * @param salient what draws the eye
   * @param place where it should lie, from 0 in front of the screen to 1 behind; 0.5 on it
   */
  public double of(InverseDepthMap nearness, Mask salient, double place) {
    Check.that(place >= 0 && place <= 1, "place must be in [0, 1], was %s", place);
    Check.that(
        salient.size().equals(nearness.size()),
        "mask must be of %s, was of %s",
        nearness.size(),
        salient.size());
    float[] all = nearness.values().contiguous();
    float[] values = new float[salient.count()];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      if (salient.array()[i] && Float.isFinite(all[i])) {
        values[count++] = all[i];
      }
    }
    double found = NONE;
    if (count > 0) {
      Arrays.sort(values, 0, count);
      double low = values[(int) Math.rint(LOW * (count - 1))];
      double high = values[(int) Math.rint(HIGH * (count - 1))];
      double wanted = (low + high) / 2 + (place - 0.5) * SPREAD * (high - low);
      found = Math.max(0, Math.min(1, wanted));
    }
    drifting = drifts ? DECAY * drifting + (1 - DECAY) * found : found;
    drifts = true;
    return drifting;
  }

  /** Forgets the frames before, at a cut between scenes. */
  public void reset() {
    drifts = false;
  }
}
