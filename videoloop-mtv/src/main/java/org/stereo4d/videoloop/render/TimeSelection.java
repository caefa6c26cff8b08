package org.stereo4d.videoloop.render;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.run.Check;

/** Which frames of a loop are shown. */
public final class TimeSelection {
  private static final int AT_LEAST = 120; // frames of a path

  private TimeSelection() {}

  /** Steps of a path that ends with the loop: {@code (120 / T + 1) T}. */
  public static int pathSteps(int loopFrames) {
    Check.that(loopFrames >= 1, "loopFrames must be >= 1, was %s", loopFrames);
    return (AT_LEAST / loopFrames + 1) * loopFrames;
  }

  /** Frame {@code k mod T} of each of some steps. */
  public static List<Integer> around(int steps, int loopFrames) {
    List<Integer> out = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      out.add(k % loopFrames);
    }
    return out;
  }

  /**
   * The frames that a text names: blank for all of {@code times}; {@code a,b,c} for entries of it;
   * {@code a:b,c:d} for ranges of frames, the end left out, backwards when the end is smaller.
   * Frames are taken modulo the loop.
   *
   * @throws IllegalArgumentException naming the part that is no number or no entry
   */
  public static List<Integer> parse(String text, List<Integer> times, int loopFrames) {
    if (text.isBlank()) {
      return List.copyOf(times);
    }
    List<Integer> out = new ArrayList<>();
    for (String part : text.strip().split(",", -1)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        int entry = number(part, text);
        Check.that(
            entry >= 0 && entry < times.size(),
            "entry must be in [0, %s), was %s",
            times.size(),
            entry);
        out.add(times.get(entry));
        continue;
      }
      int start = number(part.substring(0, colon), text);
      int end = number(part.substring(colon + 1), text);
      int step = start <= end ? 1 : -1;
      for (int t = start; t != end; t += step) {
        out.add(Math.floorMod(t, loopFrames));
      }
    }
    return out;
  }

  private static int number(String part, String text) {
    try {
      int value = Integer.parseInt(part.strip());
      Check.that(Math.abs(value) <= 1 << 20, "time must be below 2^20, was %s", value);
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "time must be numbers like 3, 0:10 or 1,4,7; '" + part + "' in '" + text + "' is none",
          e);
    }
  }
}
