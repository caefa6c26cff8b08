package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Check;

/**
 * Which patches are compared and how one is chosen. Shape and step of patches are those of the
 * paper (supplement) and of the reference's base configuration.
 *
 * @param patchPx p, side of a patch; {@code >= 1}. Reference views 11, others 3
 * @param stridePx s, step between patches; in [1, p]. Reference views 4, others 2
 * @param patchFrames pt, frames of a patch; {@code >= 1}. Default 3
 * @param strideFrames st, step in time; in [1, pt]. Default 1
 * @param completeness rho; {@code >= 0}. Infinity compares distances as they are; the reference
 *     writes 10000 for it
 * @param ties which of equal patches is chosen
 */
public record MatchOptions(
    int patchPx,
    int stridePx,
    int patchFrames,
    int strideFrames,
    double completeness,
    TieRule ties) {
  /** Large patches that use all of the video: p 11, s 4, pt 3, st 1, rho 0. */
  public static final MatchOptions DEFAULTS = new MatchOptions(11, 4, 3, 1, 0, TieRule.FIRST_INDEX);

  /** Small patches, nearest only: p 3, s 2, pt 3, st 1, no normalisation. */
  public static final MatchOptions SMALL =
      new MatchOptions(3, 2, 3, 1, Double.POSITIVE_INFINITY, TieRule.FIRST_INDEX);

  /** Checks the ranges. */
  public MatchOptions {
    Check.that(
        patchPx >= 1 && stridePx >= 1 && stridePx <= patchPx,
        "stridePx must be in [1, patchPx], or pixels stay uncovered; were %s and %s",
        stridePx,
        patchPx);
    Check.that(
        patchFrames >= 1 && strideFrames >= 1 && strideFrames <= patchFrames,
        "strideFrames must be in [1, patchFrames], were %s and %s",
        strideFrames,
        patchFrames);
    Check.that(completeness >= 0, "completeness must be >= 0, was %s", completeness);
  }

  /** Whether distances are normalised by the nearest query of each key. */
  public boolean normalizes() {
    return Double.isFinite(completeness);
  }

  /** These options with another patch, its step no longer than its side. */
  public MatchOptions withPatchPx(int patchPx, int stridePx) {
    return new MatchOptions(patchPx, stridePx, patchFrames, strideFrames, completeness, ties);
  }

  /** These options with patches of another length in time. */
  public MatchOptions withPatchFrames(int patchFrames, int strideFrames) {
    return new MatchOptions(patchPx, stridePx, patchFrames, strideFrames, completeness, ties);
  }

  /** These options with another completeness control. */
  public MatchOptions withCompleteness(double completeness) {
    return new MatchOptions(patchPx, stridePx, patchFrames, strideFrames, completeness, ties);
  }

  /** These options with another rule for ties. */
  public MatchOptions withTies(TieRule ties) {
    return new MatchOptions(patchPx, stridePx, patchFrames, strideFrames, completeness, ties);
  }

  /** These options with the largest odd patch that fits into a window. */
  public MatchOptions fittedTo(int width, int height) {
    int side = Math.min(width, height);
    if (patchPx <= side) {
      return this;
    }
    int odd = side % 2 == 1 ? side : side - 1;
    return withPatchPx(Math.max(1, odd), Math.min(stridePx, Math.max(1, odd)));
  }
}
