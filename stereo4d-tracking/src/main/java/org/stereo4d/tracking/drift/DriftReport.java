package org.stereo4d.tracking.drift;

import java.util.Optional;

/**
 * What the drift filter found of each track. Arrays have one entry per track and are not copied.
 *
 * @param keep tracks that stay
 * @param sky tracks seen on the sky
 * @param boundary tracks seen on static and on other classes
 * @param drifting tracks that move on a static class
 * @param staticShare share of visible entries on static classes; NaN for a track never visible
 * @param skippedBecause why nothing was filtered, when nothing was; then every track stays
 */
@SuppressWarnings("ArrayRecordComponent") // one entry per track, shared like the tracks' arrays
public record DriftReport(
    boolean[] keep,
    boolean[] sky,
    boolean[] boundary,
    boolean[] drifting,
    double[] staticShare,
    Optional<String> skippedBecause) {

  /** Number of tracks that stay. */
  public int kept() {
    int n = 0;
    for (boolean k : keep) {
      n += k ? 1 : 0;
    }
    return n;
  }
}
