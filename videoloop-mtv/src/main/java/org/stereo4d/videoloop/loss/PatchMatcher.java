package org.stereo4d.videoloop.loss;

/**
 * Chooses a patch of the video for every patch of the loop at the same place, by the scores in the
 * package documentation. Implementations differ in speed and rounding only.
 */
public interface PatchMatcher {
  /**
   * Chooses patches.
   *
   * @param loop padded loop, at least as large as the grid
   * @param video at least as large as the grid
   * @return index of the chosen key, (rows, columns, queries)
   */
  int[] match(ColorClip loop, ColorClip video, PatchGrid grid);
}
