package org.stereo4d.image;

/**
 * How a resized pixel is made of source pixels.
 *
 * <p>Output pixel i looks at the continuous source place {@code (i + 0.5) in / out} unless a filter
 * says otherwise. Taps outside the image read the nearest pixel inside for the interpolating
 * filters; the antialiased filters drop them and renormalise.
 */
public enum ResizeFilter {
  /** Source index {@code floor(i in / out)}: labels and masks. */
  NEAREST,
  /** Two taps per axis and no smoothing when shrinking. */
  BILINEAR,
  /**
   * Two taps per axis, with the centres of the corner pixels on each other: source index {@code i
   * (in - 1) / (out - 1)}.
   */
  BILINEAR_ALIGNED,
  /**
   * Keys' cubic with a = -0.75, four taps per axis, no smoothing when shrinking. Float results are
   * not clamped, so they may leave the range of the input.
   */
  CUBIC,
  /**
   * Mean over the covered part of the source, fractional pixels weighted by coverage; when growing,
   * only output pixels that straddle two source pixels blend. This is the rule of the common native
   * library when both sides shrink or both grow; where one grows and the other shrinks, that
   * library drops source rows or columns, and this does not.
   */
  AREA,
  /** Triangle, widened by {@code in / out} when shrinking. */
  ANTIALIASED_BILINEAR,
  /** Keys' cubic with a = -0.5, widened by {@code in / out} when shrinking. */
  ANTIALIASED_CUBIC,
  /** Windowed sinc of three lobes, widened by {@code in / out} when shrinking. */
  LANCZOS
}
