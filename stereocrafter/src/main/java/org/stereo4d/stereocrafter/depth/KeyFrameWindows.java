package org.stereo4d.stereocrafter.depth;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * Windows of which each starts with frames of the one before it: some far back, to keep the scale,
 * and the last ones, to run over smoothly.
 *
 * @param window frames per run of the network
 * @param keyFrames positions in a window that the next one starts with, rising; the last {@code
 *     fade} of them are its last frames
 * @param fade frames over which windows cross over linearly, {@code >= 2}
 */
public record KeyFrameWindows(int window, List<Integer> keyFrames, int fade) {
  /** 32 frames, 10 of them from before, 8 for the crossing: Video-Depth-Anything. */
  public static final KeyFrameWindows VIDEO_DEPTH_ANYTHING =
      new KeyFrameWindows(32, List.of(0, 12, 24, 25, 26, 27, 28, 29, 30, 31), 8);

  /** Checks the positions. */
  public KeyFrameWindows {
    keyFrames = List.copyOf(keyFrames);
    int count = keyFrames.size();
    Check.that(fade >= 2 && fade < count && count < window, "fade < key frames < window must hold");
    for (int k = 0; k < count; k++) {
      boolean rises = k == 0 || keyFrames.get(k) > keyFrames.get(k - 1);
      boolean atTheEnd = k < count - fade || keyFrames.get(k) == window - count + k;
      Check.that(
          rises && atTheEnd && keyFrames.get(k) >= 0 && keyFrames.get(k) < window,
          "key frames must rise and end with the last %s of the window, were %s",
          fade,
          keyFrames);
    }
  }

  /** Frames that a window starts with and that were seen before. */
  public int shared() {
    return keyFrames.size();
  }

  /** New frames per window. */
  public int step() {
    return window - shared();
  }
}
