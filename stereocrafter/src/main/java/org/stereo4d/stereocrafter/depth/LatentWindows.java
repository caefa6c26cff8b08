package org.stereo4d.stereocrafter.depth;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.run.Check;

/**
 * Runs a sampler over a long clip in windows that share frames, so that the windows agree.
 *
 * <p>Frames shared with the window before start from its result plus noise of the first level, and
 * the noise of a frame is the same in both windows that see it. Results are mixed over the shared
 * frames with weights 0 to 1.
 *
 * @param window frames per run, > overlap
 * @param overlap frames shared by successive windows, >= 0
 */
public record LatentWindows(int window, int overlap) {
  /** Windows of the reference when it makes stereo. */
  public static final LatentWindows STEREO = new LatentWindows(70, 25);

  /** Windows of the depth network's own tool. */
  public static final LatentWindows DEPTH = new LatentWindows(110, 25);

  /** Checks that windows advance. */
  public LatentWindows {
    Check.that(
        overlap >= 0 && window > overlap,
        "window must be > overlap >= 0, were %s and %s",
        window,
        overlap);
  }

  /**
   * Frames of one run.
   *
   * @param startInclusive first frame
   * @param endExclusive after the last frame
   */
  public record Range(int startInclusive, int endExclusive) {
    /** Number of frames. */
    public int length() {
      return endExclusive - startInclusive;
    }
  }

  /** Turns noise into a result for the frames of one window. */
  @FunctionalInterface
  public interface Sampler {
    /**
     * Samples one window.
     *
     * @param start noise of the window, frame after frame; may be changed
     * @return as many values
     */
    float[] sample(Range frames, float[] start);
  }

  /** The windows of a clip; the last one is shorter. */
  public List<Range> ranges(int frames) {
    Check.that(frames > 0, "frames must be > 0, was %s", frames);
    if (frames <= window) {
      return List.of(new Range(0, frames));
    }
    List<Range> out = new ArrayList<>();
    for (int s = 0; s < frames - overlap; s += window - overlap) {
      out.add(new Range(s, Math.min(s + window, frames)));
    }
    return out;
  }

  /** Number of frames of noise that {@link #run} needs. */
  public int noiseFrames(int frames) {
    return Math.min(frames, window);
  }

  /**
   * Runs the sampler over a clip.
   *
   * @param noise of {@link #noiseFrames} frames, already times {@code initialSigma}
   * @param frameLength values per frame
   * @param initialSigma scale of the noise
   * @param firstSigma first noise level of the sampler
   */
  public float[] run(
      int frames,
      float[] noise,
      int frameLength,
      double initialSigma,
      double firstSigma,
      Sampler sampler) {
    int pooled = noiseFrames(frames);
    Check.that(
        noise.length == pooled * frameLength,
        "noise must hold %s frames of %s values, held %s",
        pooled,
        frameLength,
        noise.length);
    LatentStream stream = new LatentStream(this, noise, frameLength, initialSigma, firstSigma);
    float[] all = new float[Math.multiplyExact(frames, frameLength)];
    for (Range range : ranges(frames)) {
      float[] finished = stream.next(range.length(), range.endExclusive() == frames, sampler);
      System.arraycopy(finished, 0, all, range.startInclusive() * frameLength, finished.length);
    }
    return all;
  }

  /** Weight of the later window at one of the shared frames. */
  static double weight(int k, int shared) {
    return shared == 1 ? 0 : k / (double) (shared - 1);
  }
}
