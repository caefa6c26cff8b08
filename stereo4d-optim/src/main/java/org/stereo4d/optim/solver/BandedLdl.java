package org.stereo4d.optim.solver;

import java.util.Arrays;
import org.stereo4d.run.Check;
import org.stereo4d.run.VectorTwins;

/**
 * LDL^T of symmetric banded matrices, {@link #LANES} of them side by side.
 *
 * <p>Band k holds {@code H[t][t + k]} at {@code band[k][t * LANES + lane]}. Factor, solve and the
 * needed entries of the inverse cost {@code O(n b^2)}, {@code O(n b)} and {@code O(n b^2)}.
 */
public final class BandedLdl {
  /** Systems side by side; eight doubles are one cache line and one 512-bit register. */
  public static final int LANES = 8;

  private static final LaneMath LANE_MATH =
      VectorTwins.load(LaneMath.class, "org.stereo4d.optim.solver.vector.VectorLaneMath")
          .orElseGet(PlainLaneMath::new);

  private final int size;
  private final int halfWidth;

  /** From one column to the next. */
  private final int column;

  /** From one entry of a row to the one on its left. */
  private final int left;

  /** {@code L[t + k][t]} at {@code t * column + k * LANES}. */
  private final double[] lower;

  /** {@code L[t + k][t] D[t]}, in the same places. */
  private final double[] scaled;

  private final double[] inverseDiagonal;

  /** Entries of the inverse inside the band, in the same places. */
  private final double[] inverse;

  /**
   * Space for factors.
   *
   * @param size unknowns n; > 0
   * @param halfWidth b, bands above the diagonal; >= 0
   */
  public BandedLdl(int size, int halfWidth) {
    Check.that(size > 0, "size must be > 0, was %s", size);
    Check.that(halfWidth >= 0, "halfWidth must be >= 0, was %s", halfWidth);
    this.size = size;
    this.halfWidth = halfWidth;
    this.column = (halfWidth + 1) * LANES;
    this.left = LANES - column;
    this.lower = new double[size * column];
    this.scaled = new double[size * column];
    this.inverseDiagonal = new double[size * LANES];
    this.inverse = new double[size * column];
  }

  /** The arithmetic this machine does fastest. */
  public static LaneMath laneMath() {
    return LANE_MATH;
  }

  /** A matrix of zeros in the form that {@link #factor} takes. */
  public double[][] newBands() {
    return new double[halfWidth + 1][size * LANES];
  }

  /** Factors {@code H}; a pivot that is not positive is replaced by a huge one, so x_t stays 0. */
  public void factor(double[][] bands) {
    for (int t = 0; t < size; t++) {
      int at = t * column;
      int below = Math.min(halfWidth, size - 1 - t);
      for (int k = 0; k <= below; k++) {
        System.arraycopy(bands[k], t * LANES, scaled, at + k * LANES, LANES);
        int count = Math.min(halfWidth - k, t);
        LANE_MATH.subtractDot(
            scaled,
            at + k * LANES,
            lower,
            at - column + (k + 1) * LANES,
            left,
            scaled,
            at - column + LANES,
            left,
            count);
      }
      divide(t, below);
    }
  }

  /** Column t of L from that of L D. */
  private void divide(int t, int below) {
    int at = t * column;
    for (int l = 0; l < LANES; l++) {
      double pivot = scaled[at + l];
      inverseDiagonal[t * LANES + l] = pivot > 1e-300 ? 1 / pivot : 0;
    }
    for (int k = 1; k <= below; k++) {
      for (int l = 0; l < LANES; l++) {
        lower[at + k * LANES + l] = scaled[at + k * LANES + l] * inverseDiagonal[t * LANES + l];
      }
    }
  }

  /** Solves {@code H x = b} in place. */
  public void solve(double[] x) {
    for (int t = 1; t < size; t++) {
      int at = t * LANES;
      int count = Math.min(halfWidth, t);
      int row = (t - 1) * column + LANES;
      LANE_MATH.subtractDot(x, at, lower, row, left, x, at - LANES, -LANES, count);
    }
    for (int k = 0; k < size * LANES; k++) {
      x[k] *= inverseDiagonal[k];
    }
    for (int t = size - 2; t >= 0; t--) {
      int at = t * LANES;
      int count = Math.min(halfWidth, size - 1 - t);
      int first = t * column + LANES;
      LANE_MATH.subtractDot(x, at, lower, first, LANES, x, at + LANES, LANES, count);
    }
  }

  /**
   * Diagonal of the inverse, by the recurrence that stays inside the band (Takahashi): {@code
   * Z[t][t] = 1 / D[t] - sum_k L[t + k][t] Z[t + k][t]}.
   */
  public void inverseDiagonal(double[] out) {
    for (int t = size - 1; t >= 0; t--) {
      int at = t * column;
      int below = Math.min(halfWidth, size - 1 - t);
      for (int j = 1; j <= below; j++) {
        inverseOffDiagonal(t, j, below);
      }
      System.arraycopy(inverseDiagonal, t * LANES, inverse, at, LANES);
      int first = at + LANES;
      LANE_MATH.subtractDot(inverse, at, lower, first, LANES, inverse, first, LANES, below);
      System.arraycopy(inverse, at, out, t * LANES, LANES);
    }
  }

  /** Z[t][t + j] = -sum_k L[t + k][t] Z[t + k][t + j]; Z is symmetric. */
  private void inverseOffDiagonal(int t, int j, int below) {
    int at = t * column;
    int to = at + j * LANES;
    Arrays.fill(inverse, to, to + LANES, 0);
    int first = at + LANES;
    // up to the diagonal Z[t + k][t + j] runs along row t + j of the lower half, then down its
    // column
    int row = (t + 1) * column + (j - 1) * LANES;
    LANE_MATH.subtractDot(inverse, to, lower, first, LANES, inverse, row, -left, j);
    int beyond = at + (j + 1) * LANES;
    int down = (t + j) * column + LANES;
    LANE_MATH.subtractDot(inverse, to, lower, beyond, LANES, inverse, down, LANES, below - j);
  }
}
