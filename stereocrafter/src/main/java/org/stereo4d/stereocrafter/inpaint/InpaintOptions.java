package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.run.Check;

/**
 * How holes are filled without a network.
 *
 * @param lookAhead frames known after the one that is filled, >= 0. Memory grows with it
 * @param disparityTolerancePx of background seen in another frame, px, > 0: nearer surfaces are not
 *     taken
 * @param colorTolerance distance in RGB of [0, 1] from the median of candidates, beyond which one
 *     is left out
 * @param memory share of the fill before that stays, in [0, 1): less flicker, slower change
 */
public record InpaintOptions(
    int lookAhead, double disparityTolerancePx, double colorTolerance, double memory) {
  /** 12 frames, one pixel, 0.1, 0.6. */
  public static final InpaintOptions DEFAULTS = new InpaintOptions(12, 1, 0.1, 0.6);

  /** Checks the ranges. */
  public InpaintOptions {
    Check.that(
        lookAhead >= 0 && lookAhead <= 100, "lookAhead must be in 0..100, was %s", lookAhead);
    Check.that(
        disparityTolerancePx > 0, "disparityTolerancePx must be > 0, was %s", disparityTolerancePx);
    Check.that(colorTolerance > 0, "colorTolerance must be > 0, was %s", colorTolerance);
    Check.that(memory >= 0 && memory < 1, "memory must be in [0, 1), was %s", memory);
  }

  /** These options with another look-ahead. */
  public InpaintOptions withLookAhead(int lookAhead) {
    return new InpaintOptions(lookAhead, disparityTolerancePx, colorTolerance, memory);
  }

  /** These options with another tolerance of disparity, px. */
  public InpaintOptions withDisparityTolerancePx(double disparityTolerancePx) {
    return new InpaintOptions(lookAhead, disparityTolerancePx, colorTolerance, memory);
  }

  /** These options with another memory. */
  public InpaintOptions withMemory(double memory) {
    return new InpaintOptions(lookAhead, disparityTolerancePx, colorTolerance, memory);
  }
}
