package org.stereo4d.optim.rig;

import java.util.Arrays;
import org.stereo4d.run.Check;

/**
 * Corners followed in time, with their place in both rectified views. Entry (i, t) is at {@code 3 *
 * (i * T + t)}: x and y in the left view, x in the right view, raster pixels of one camera; NaN
 * when not seen. The right view may be missing alone.
 */
public final class StereoTracks {
  private final int frames;
  private final int count;
  private final float[] px;

  private StereoTracks(int frames, int count, float[] px) {
    this.frames = frames;
    this.count = count;
    this.px = px;
  }

  /** Tracks on an array of n x T x 3 numbers, which is not copied. */
  public static StereoTracks wrap(int frames, float[] px) {
    Check.that(frames > 0, "frames must be > 0, was %s", frames);
    Check.that(
        px.length % (3 * frames) == 0,
        "px must hold n x %s x 3 numbers, held %s",
        frames,
        px.length);
    return new StereoTracks(frames, px.length / (3 * frames), px);
  }

  /** No point seen yet. */
  public static StereoTracks unseen(int frames, int count) {
    float[] px = new float[Math.multiplyExact(3 * frames, count)];
    Arrays.fill(px, Float.NaN);
    return wrap(frames, px);
  }

  /** Frames T. */
  public int frames() {
    return frames;
  }

  /** Points n. */
  public int count() {
    return count;
  }

  /** The numbers, not copied. */
  public float[] px() {
    return px;
  }

  /** Index of an entry. */
  public int index(int point, int frame) {
    return 3 * (point * frames + frame);
  }

  /** Whether the left view sees a point. */
  public boolean sees(int point, int frame) {
    return !Float.isNaN(px[index(point, frame)]);
  }

  /** Whether both views see a point. */
  public boolean seesBoth(int point, int frame) {
    int k = index(point, frame);
    return !Float.isNaN(px[k]) && !Float.isNaN(px[k + 2]);
  }
}
