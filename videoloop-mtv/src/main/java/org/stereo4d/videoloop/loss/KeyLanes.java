package org.stereo4d.videoloop.loss;

/**
 * Sums over arrays that hold one value per frame of the video. The loops are plain and start at
 * index 0 of every array: with an offset the compiler does not vectorise them, and they take five
 * to ten times as long.
 */
final class KeyLanes {
  private KeyLanes() {}

  /** Adds the squared difference of one colour from that of each frame. */
  static void addSquares(
      float red,
      float green,
      float blue,
      float[] reds,
      float[] greens,
      float[] blues,
      float[] sums) {
    for (int k = 0; k < sums.length; k++) {
      float r = red - reds[k];
      float g = green - greens[k];
      float b = blue - blues[k];
      sums[k] += r * r + g * g + b * b;
    }
  }

  static void add(float[] values, float[] sums) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] += values[k];
    }
  }

  static void sum(float[] a, float[] b, float[] sums) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] = a[k] + b[k];
    }
  }

  static void scale(float[] values, float factor) {
    for (int k = 0; k < values.length; k++) {
      values[k] *= factor;
    }
  }

  /** Keeps the smaller of each pair; NaN if either is. */
  static void keepLess(float[] values, float[] least) {
    for (int k = 0; k < least.length; k++) {
      least[k] = Math.min(least[k], values[k]);
    }
  }

  /** Turns the least distances into what distances are divided by. */
  static void denominators(float completeness, float smallest, float[] least) {
    for (int k = 0; k < least.length; k++) {
      least[k] = Math.max(smallest, completeness + least[k]);
    }
  }

  /** Distances, at least as large as a floor, over denominators. */
  static void scores(float[] distances, float floor, float[] denominators, float[] scores) {
    for (int k = 0; k < scores.length; k++) {
      scores[k] = Math.max(floor, distances[k]) / denominators[k];
    }
  }
}
