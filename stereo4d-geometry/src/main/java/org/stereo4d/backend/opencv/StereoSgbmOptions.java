package org.stereo4d.backend.opencv;

import org.stereo4d.run.Check;

/**
 * How OpenCV's semi-global block matcher works.
 *
 * @param rangePx number of disparities from 0; a multiple of 16, > 0
 * @param blockPx side of the block; odd, > 0
 * @param mode paths that are followed
 * @param uniquenessPercent margin of the best cost, 0..100
 * @param speckleSize smallest region kept, pixels; 0 = off
 * @param extend whether both pictures are extended to the left by {@code rangePx} repeated columns,
 *     so that the left border is matched too
 */
public record StereoSgbmOptions(
    int rangePx, int blockPx, Mode mode, int uniquenessPercent, int speckleSize, boolean extend) {
  /** 128 disparities, block 5, eight paths, uniqueness 10, speckles below 100, extended. */
  public static final StereoSgbmOptions DEFAULTS =
      new StereoSgbmOptions(128, 5, Mode.EIGHT_PATHS, 10, 100, true);

  /** Paths of the recurrence. */
  public enum Mode {
    /** Five paths in one pass. */
    FIVE_PATHS,
    /** Eight paths in two passes. */
    EIGHT_PATHS,
    /** Three paths, the fastest. */
    THREE_PATHS
  }

  /** Checks what the engine would otherwise rewrite silently. */
  public StereoSgbmOptions {
    Check.that(
        rangePx > 0 && rangePx % 16 == 0 && rangePx <= 4096,
        "rangePx must be a positive multiple of 16, at most 4096, was %s",
        rangePx);
    Check.that(
        blockPx > 0 && blockPx % 2 == 1 && blockPx <= 11,
        "blockPx must be odd, in 1..11, was %s",
        blockPx);
    Check.that(
        uniquenessPercent >= 0 && uniquenessPercent <= 100,
        "uniquenessPercent must be in 0..100, was %s",
        uniquenessPercent);
    Check.that(speckleSize >= 0, "speckleSize must be >= 0, was %s", speckleSize);
  }

  /** These options with another number of disparities. */
  public StereoSgbmOptions withRangePx(int rangePx) {
    return new StereoSgbmOptions(rangePx, blockPx, mode, uniquenessPercent, speckleSize, extend);
  }

  /** These options with other paths. */
  public StereoSgbmOptions withMode(Mode mode) {
    return new StereoSgbmOptions(rangePx, blockPx, mode, uniquenessPercent, speckleSize, extend);
  }
}
