package org.stereo4d.videoloop.metric;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * Patches of a measurement.
 *
 * @param patchPx side; {@code >= 1}
 * @param stridePx step; {@code >= 1}
 * @param patchFrames length; {@code >= 1}
 * @param strideFrames step in time; {@code >= 1}
 */
public record PatchSetting(int patchPx, int stridePx, int patchFrames, int strideFrames) {
  /** The three sizes of the published evaluation. */
  public static final List<PatchSetting> PUBLISHED =
      List.of(
          new PatchSetting(5, 2, 7, 1),
          new PatchSetting(11, 4, 5, 1),
          new PatchSetting(17, 6, 3, 1));

  /** Checks the ranges. */
  public PatchSetting {
    Check.that(
        patchPx >= 1 && stridePx >= 1 && stridePx <= patchPx,
        "stridePx must be in [1, patchPx], were %s and %s",
        stridePx,
        patchPx);
    Check.that(
        patchFrames >= 1 && strideFrames >= 1 && strideFrames <= patchFrames,
        "strideFrames must be in [1, patchFrames], were %s and %s",
        strideFrames,
        patchFrames);
  }

  /** The name in reports, such as {@code p5s2pt7st1}. */
  public String label() {
    return "p" + patchPx + "s" + stridePx + "pt" + patchFrames + "st" + strideFrames;
  }
}
