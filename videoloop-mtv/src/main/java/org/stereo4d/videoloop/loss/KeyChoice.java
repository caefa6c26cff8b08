package org.stereo4d.videoloop.loss;

import java.util.Arrays;

/** Chooses keys at one place from sums per pair of frames, in float. */
final class KeyChoice {
  private static final float TIE = 1e-6f; // scores closer than float rounding count as equal

  private final MatchOptions options;
  private final float meanOfSum;
  private final float[][] distances; // by query, by key
  private final float[] shifted;
  private final float[] denominators;
  private final float[] scores;

  KeyChoice(PatchGrid grid) {
    this.options = grid.options();
    this.meanOfSum = 1f / grid.patchValues();
    this.distances = new float[grid.queries()][grid.keys()];
    this.shifted = new float[grid.keys()];
    this.denominators = new float[grid.keys()];
    this.scores = new float[grid.keys()];
  }

  /**
   * Chooses a key for each query.
   *
   * @param box sum over the area of a patch for each frame of the loop and of the video
   * @param at where in {@code chosen} the first goes
   */
  void choose(float[][] box, int[] chosen, int at) {
    for (int i = 0; i < distances.length; i++) {
      sumFrames(box, i, distances[i]);
    }
    if (options.normalizes()) {
      findDenominators();
    }
    for (int i = 0; i < distances.length; i++) {
      chosen[at + i] = choose(distances[i]);
    }
  }

  /** Mean over the frames of a patch. */
  private void sumFrames(float[][] box, int query, float[] distance) {
    int step = options.strideFrames();
    Arrays.fill(distance, 0);
    for (int dt = 0; dt < options.patchFrames(); dt++) {
      float[] from = box[query * step + dt];
      if (step == 1) {
        System.arraycopy(from, dt, shifted, 0, shifted.length);
      } else {
        for (int j = 0; j < shifted.length; j++) {
          shifted[j] = from[j * step + dt];
        }
      }
      KeyLanes.add(shifted, distance);
    }
    KeyLanes.scale(distance, meanOfSum);
  }

  private void findDenominators() {
    System.arraycopy(distances[0], 0, denominators, 0, denominators.length);
    for (int i = 1; i < distances.length; i++) {
      KeyLanes.keepLess(distances[i], denominators);
    }
    float smallest = (float) KeySelection.SMALLEST_DENOMINATOR;
    KeyLanes.denominators((float) options.completeness(), smallest, denominators);
  }

  private int choose(float[] distance) {
    float[] score = distance;
    if (options.normalizes()) {
      // a vanishing distance over a vanishing denominator is 1
      boolean canVanish = options.completeness() < KeySelection.SMALLEST_DENOMINATOR;
      float floor = canVanish ? (float) KeySelection.SMALLEST_DENOMINATOR : 0;
      KeyLanes.scores(distance, floor, denominators, scores);
      score = scores;
    }
    return options.ties() == TieRule.FIRST_INDEX ? first(score) : nearest(score, distance);
  }

  /** The first of the least scores; NaN never is. */
  private static int first(float[] score) {
    int best = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int j = 0; j < score.length; j++) {
      if (score[j] < least) {
        least = score[j];
        best = j;
      }
    }
    return best;
  }

  /** The least distance among scores that count as least. */
  private static int nearest(float[] score, float[] distance) {
    int best = 0;
    float least = Float.POSITIVE_INFINITY;
    float leastDistance = Float.POSITIVE_INFINITY;
    for (int j = 0; j < score.length; j++) {
      boolean tied = score[j] <= least * (1 + TIE) && distance[j] < leastDistance;
      if (score[j] < least * (1 - TIE) || tied) {
        best = j;
        least = score[j];
        leastDistance = distance[j];
      }
    }
    return best;
  }
}
