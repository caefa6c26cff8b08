package org.stereo4d.warp;

import org.stereo4d.image.Border;

/**
 * How a table is applied.
 *
 * @param sampling rule between pixels
 * @param border what lies outside the source; the reference uses black
 */
public record RemapOptions(Sampling sampling, Border border) {
  /** Bilinear, black outside. */
  public static final RemapOptions DEFAULTS = new RemapOptions(Sampling.BILINEAR, Border.ZERO);

  /** These options with another rule. */
  public RemapOptions withSampling(Sampling sampling) {
    return new RemapOptions(sampling, border);
  }

  /** These options with another border. */
  public RemapOptions withBorder(Border border) {
    return new RemapOptions(sampling, border);
  }
}
