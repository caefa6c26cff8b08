package org.stereo4d.stereocrafter.splat;

/**
 * What two neighbours of a row leave in the cell between them when they move alike.
 *
 * <pre>
 * f = s' / (s' + (1 - s) 2^(k (p - p')))
 * value = v + (v' - v) f,   coverage = s' + (1 - s)
 * </pre>
 *
 * s is the broken part of the motion of a pixel, p its disparity, v its colour or disparity; primes
 * mark the pixel before it. Holds buffers for one row, not thread-safe.
 */
public interface PairKernel {
  /** Runs of fewer pixels are not mixed. */
  int SHORTEST_RUN = 9;

  /** Largest power of two between the weights of two neighbours that move alike. */
  float MAX_EXPONENT = 1.5f;

  /** Turns powers of two into those of the fourth power of e. */
  float QUARTER_LN2 = (float) (Math.log(2) / 4);

  /**
   * {@code e^2g = (q + g) / (q - g)} with {@code q = 1 + g^2 / 3}; with powers up to {@link
   * #MAX_EXPONENT} the error of a fraction stays under 3e-5.
   */
  float THIRD_OF_SQUARE = 1 / 3f;

  /** Makes kernels. */
  interface Factory {
    /** A new kernel for rows of a width. */
    PairKernel create(int width);
  }

  /**
   * Pairs of a row, and where they go.
   *
   * @param px array that holds disparities
   * @param from index of the first of them
   * @param shift motion to the right in disparities
   * @param exponentPerPx k
   * @param leastCoverage what a pair must cover to be mixed
   * @param runs pairs of their pixels are mixed where they are not too short
   * @param coverage array that takes coverages
   * @param disparity array that takes disparities
   * @param to index of the row's first pixel in both
   */
  record Pairs(
      float[] px,
      int from,
      float shift,
      float exponentPerPx,
      float leastCoverage,
      RowRuns runs,
      float[] coverage,
      float[] disparity,
      int to) {}

  /**
   * Finds the runs of a row, which {@code mix} may be told of next.
   *
   * @param shift motion to the right in disparities
   * @param runs takes the runs
   */
  void move(float[] px, int from, float shift, RowRuns runs);

  /**
   * Mixes RGB pairs of the row that {@code move} was last told of.
   *
   * @param colors interleaved samples
   * @param from index of the row's first sample
   * @param out takes colours; whatever columns no pair falls on hold afterwards
   * @param to index of the row's first sample
   * @return false if some pair may cover less than it must
   */
  boolean mix(Pairs pairs, float[] colors, int from, float[] out, int to);

  /**
   * The same for levels 0..255, with f rounded to 1/256 and halves of a level rounded up.
   *
   * @return false if some pair may cover less than it must
   */
  boolean mix(Pairs pairs, byte[] levels, int from, byte[] out, int to);
}
