package org.stereo4d.videoloop.loss;

/** Chooses keys from tables of distances, in double. */
public final class KeySelection {
  static final double SMALLEST_DENOMINATOR = 1e-12;
  private static final double TIE = 1e-9; // relative; the difference that double rounding makes

  private final MatchOptions options;
  private final int queries;
  private final int keys;
  private final double[] denominator;

  /** A selection for tables of a size. */
  public KeySelection(MatchOptions options, int queries, int keys) {
    this.options = options;
    this.queries = queries;
    this.keys = keys;
    this.denominator = new double[keys];
  }

  /**
   * Chooses a key for each query.
   *
   * @param distances mean squared differences (queries, keys); negative ones count as 0
   * @param chosen receives one key per query
   * @param at index of the first query in {@code chosen}
   */
  public void choose(double[] distances, int[] chosen, int at) {
    for (int j = 0; j < keys; j++) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < queries; i++) {
        least = Math.min(least, Math.max(0, distances[i * keys + j]));
      }
      denominator[j] =
          options.normalizes() ? Math.max(SMALLEST_DENOMINATOR, options.completeness() + least) : 1;
    }
    for (int i = 0; i < queries; i++) {
      chosen[at + i] = choose(distances, i);
    }
  }

  private int choose(double[] distances, int query) {
    double tie = options.ties() == TieRule.SMALLEST_DISTANCE ? TIE : 0;
    int best = 0;
    double bestScore = Double.POSITIVE_INFINITY;
    double bestDistance = Double.POSITIVE_INFINITY;
    for (int j = 0; j < keys; j++) {
      double distance = Math.max(0, distances[query * keys + j]);
      double score = score(distance, denominator[j], options);
      boolean better = score < bestScore * (1 - tie);
      boolean tied = tie > 0 && score <= bestScore * (1 + tie) && distance < bestDistance;
      if (better || tied || bestScore == Double.POSITIVE_INFINITY) {
        best = j;
        bestScore = score;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** A distance over its denominator; a vanishing distance over a vanishing one counts as 1. */
  static double score(double distance, double denominator, MatchOptions options) {
    boolean both =
        options.normalizes()
            && distance <= SMALLEST_DENOMINATOR
            && denominator <= SMALLEST_DENOMINATOR;
    return both ? 1 : distance / denominator;
  }
}
