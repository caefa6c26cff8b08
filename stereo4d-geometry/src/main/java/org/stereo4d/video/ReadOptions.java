package org.stereo4d.video;

import org.stereo4d.run.Limits;

/**
 * How a video is read.
 *
 * @param fullPrecision whether frames of sources deeper than 8 bit also carry all their bits
 * @param applyRotation whether the rotation flag turns the frames
 * @param limits what the reader accepts
 */
public record ReadOptions(boolean fullPrecision, boolean applyRotation, Limits limits) {
  /** 8-bit frames, turned upright. */
  public static final ReadOptions DEFAULTS = new ReadOptions(false, true, Limits.DEFAULTS);

  /** These options with or without full precision. */
  public ReadOptions withFullPrecision(boolean fullPrecision) {
    return new ReadOptions(fullPrecision, applyRotation, limits);
  }

  /** These options with or without the rotation flag. */
  public ReadOptions withApplyRotation(boolean applyRotation) {
    return new ReadOptions(fullPrecision, applyRotation, limits);
  }

  /** These options with other limits. */
  public ReadOptions withLimits(Limits limits) {
    return new ReadOptions(fullPrecision, applyRotation, limits);
  }
}
