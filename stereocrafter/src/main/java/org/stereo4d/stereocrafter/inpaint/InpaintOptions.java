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
 * @param spatialFill what fills holes whose background no other frame shows
 * @param matchesBrightness whether colours of other frames are brought to the brightness of the
 *     frame, channel by channel, by what both see beside the holes: for footage whose exposure
 *     jumps; no better on steady footage
 */
public record InpaintOptions(
    int lookAhead,
    double disparityTolerancePx,
    double colorTolerance,
    double memory,
    SpatialFill spatialFill,
    boolean matchesBrightness) {
  /** 12 frames, one pixel, 0.1, 0.6, a membrane, brightness as it is. */
  public static final InpaintOptions DEFAULTS =
      new InpaintOptions(12, 1, 0.1, 0.6, SpatialFill.MEMBRANE, false);

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
    return new InpaintOptions(
        lookAhead, disparityTolerancePx, colorTolerance, memory, spatialFill, matchesBrightness);
  }

  /** These options with another tolerance of disparity, px. */
  public InpaintOptions withDisparityTolerancePx(double disparityTolerancePx) {
    return new InpaintOptions(
        lookAhead, disparityTolerancePx, colorTolerance, memory, spatialFill, matchesBrightness);
  }

  /** These options with another memory. */
  public InpaintOptions withMemory(double memory) {
    return new InpaintOptions(
        lookAhead, disparityTolerancePx, colorTolerance, memory, spatialFill, matchesBrightness);
  }

  /** These options with another fill of what no frame shows. */
  public InpaintOptions withSpatialFill(SpatialFill spatialFill) {
    return new InpaintOptions(
        lookAhead, disparityTolerancePx, colorTolerance, memory, spatialFill, matchesBrightness);
  }

  /** These options with or without a match of brightness between frames. */
  public InpaintOptions withMatchedBrightness(boolean matchesBrightness) {
    return new InpaintOptions(
        lookAhead, disparityTolerancePx, colorTolerance, memory, spatialFill, matchesBrightness);
  }
}
