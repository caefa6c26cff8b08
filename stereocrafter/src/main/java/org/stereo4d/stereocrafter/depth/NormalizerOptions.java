package org.stereo4d.stereocrafter.depth;

import org.stereo4d.run.Check;

/**
 * How the range of raw depth follows a video.
 *
 * @param decay a, share of the old range that stays from frame to frame, in [0, 1)
 * @param lookAhead B, frames whose ranges count, >= 1; 1 knows only the frame itself
 * @param fromZero whether 0 is the farthest value instead of the smallest one
 */
public record NormalizerOptions(double decay, int lookAhead, boolean fromZero) {
  /** 0.9 over 30 frames: one second. */
  public static final NormalizerOptions DEFAULTS = new NormalizerOptions(0.9, 30, false);

  /** Every frame by its own range. */
  public static final NormalizerOptions PER_FRAME = new NormalizerOptions(0, 1, false);

  /** Checks the ranges. */
  public NormalizerOptions {
    Check.that(decay >= 0 && decay < 1, "decay must be in [0, 1), was %s", decay);
    Check.that(
        lookAhead >= 1 && lookAhead <= 10_000, "lookAhead must be in 1..10000, was %s", lookAhead);
  }

  /** These options with another decay. */
  public NormalizerOptions withDecay(double decay) {
    return new NormalizerOptions(decay, lookAhead, fromZero);
  }

  /** These options with another number of frames. */
  public NormalizerOptions withLookAhead(int lookAhead) {
    return new NormalizerOptions(decay, lookAhead, fromZero);
  }
}
