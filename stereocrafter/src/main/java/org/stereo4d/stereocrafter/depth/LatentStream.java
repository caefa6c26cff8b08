package org.stereo4d.stereocrafter.depth;

import java.util.Arrays;
import org.stereo4d.run.Check;

/**
 * The windows of {@link LatentWindows} one after the other, for clips whose end is not known: holds
 * the noise of one window and the frames that the next one shares.
 */
public final class LatentStream {
  private final int frameLength;
  private final int shared;
  private final float scale;
  private float[] pool;
  private float[] tail = new float[0];
  private int start;

  /**
   * Starts before the first window.
   *
   * @param noise of the frames of the first window, already times {@code initialSigma}; fewer
   *     frames than a window mean that there is only one
   * @param frameLength values per frame
   * @param initialSigma scale of the noise
   * @param firstSigma first noise level of the sampler
   */
  public LatentStream(
      LatentWindows windows,
      float[] noise,
      int frameLength,
      double initialSigma,
      double firstSigma) {
    int frames = noise.length / frameLength;
    Check.that(
        frames >= 1 && frames <= windows.window() && noise.length % frameLength == 0,
        "noise must be of 1 to %s frames of %s values, was %s values",
        windows.window(),
        frameLength,
        noise.length);
    this.frameLength = frameLength;
    this.shared = frames < windows.window() ? 0 : windows.overlap();
    this.scale = (float) (firstSigma / initialSigma);
    this.pool = noise.clone();
  }

  /** Frames at the start of a window that were sampled before. */
  public int sharedFrames() {
    return start == 0 ? 0 : shared;
  }

  /**
   * Samples the next window.
   *
   * @param frames of the window, shared ones included
   * @param last whether the clip ends with it
   * @return the frames that are finished: all but those the next window shares
   */
  public float[] next(int frames, boolean last, LatentWindows.Sampler sampler) {
    int count = frames * frameLength;
    Check.that(
        count <= pool.length && frames > sharedFrames() && (last || count == pool.length),
        "a window must hold %s frames, the last one more than %s, had %s",
        pool.length / frameLength,
        sharedFrames(),
        frames);
    float[] noise = Arrays.copyOf(pool, count);
    pool = rotated(pool, shared * frameLength);
    for (int i = 0; i < tail.length; i++) {
      noise[i] = tail[i] + noise[i] * scale;
    }
    float[] result = sampler.sample(new LatentWindows.Range(start, start + frames), noise);
    Check.that(result.length == count, "the sampler must give %s values", count);
    for (int i = 0; i < tail.length; i++) {
      float weight = (float) LatentWindows.weight(i / frameLength, shared);
      result[i] = result[i] * weight + tail[i] * (1 - weight);
    }
    int finished = last ? count : count - shared * frameLength;
    tail = Arrays.copyOfRange(result, finished, count);
    start += finished / frameLength;
    return Arrays.copyOf(result, finished);
  }

  /** The last shared frames come first. */
  private static float[] rotated(float[] pool, int shared) {
    float[] out = new float[pool.length];
    System.arraycopy(pool, pool.length - shared, out, 0, shared);
    System.arraycopy(pool, 0, out, shared, pool.length - shared);
    return out;
  }
}
