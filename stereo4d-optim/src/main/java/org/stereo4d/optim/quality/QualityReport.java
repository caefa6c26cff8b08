package org.stereo4d.optim.quality;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the tests found of each track. Arrays have one entry per track and are not copied.
 *
 * @param keep tracks that passed every test and hold at least one point
 * @param unsure tracks whose predicted error is large
 * @param rough tracks that tremble
 * @param inconsistent tracks that left their measured disparity
 * @param implausible tracks that jump
 */
@SuppressWarnings("ArrayRecordComponent") // one entry per track, shared like the tracks' arrays
public record QualityReport(
    boolean[] keep,
    boolean[] unsure,
    boolean[] rough,
    boolean[] inconsistent,
    boolean[] implausible) {

  /** Number of tracks per finding, for JSON. */
  public Map<String, Object> counts() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kept", count(keep));
    out.put("unsure", count(unsure));
    out.put("rough", count(rough));
    out.put("inconsistent", count(inconsistent));
    out.put("implausible", count(implausible));
    return out;
  }

  private static int count(boolean[] flags) {
    int n = 0;
    for (boolean flag : flags) {
      n += flag ? 1 : 0;
    }
    return n;
  }
}
