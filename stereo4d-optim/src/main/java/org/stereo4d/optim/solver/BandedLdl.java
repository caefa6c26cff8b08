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

  /** Row i of L left of the diagonal: {@code L[t + k][t]} at band k of column t. */
  private final double[][] lower;

  private final double[] inverseDiagonal;
  private final double[][] inverse;
  private final double[] work = new double[LANES];

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
    this.lower = new double[halfWidth + 1][size * LANES];
    this.inverseDiagonal = new double[size * LANES];
    this.inverse = new double[halfWidth + 1][size * LANES];
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
    for (int k = 0; k <= halfWidth; k++) {
      System.arraycopy(bands[k], 0, lower[k], 0, size * LANES);
    }
    for (int t = 0; t < size; t++) {
      int at = t * LANES;
      double[] diagonal = lower[0];
      for (int l = 0; l < LANES; l++) {
        double pivot = diagonal[at + l];
        inverseDiagonal[at + l] = pivot > 1e-300 ? 1 / pivot : 0;
      }
      int reach = Math.min(halfWidth, size - 1 - t);
      for (int k = 1; k <= reach; k++) {
        eliminate(t, k, reach);
      }
      for (int k = 1; k <= reach; k++) {
        scale(lower[k], at);
      }
    }
  }

  /** Row t + k minus its multiple of row t; bands still hold the unscaled column of t. */
  private void eliminate(int t, int k, int reach) {
    int from = t * LANES;
    int to = (t + k) * LANES;
    double[] column = lower[k];
    double[] factor = work;
    for (int l = 0; l < LANES; l++) {
      factor[l] = column[from + l] * inverseDiagonal[from + l];
    }
    for (int j = k; j <= reach; j++) {
      LANE_MATH.subtractProduct(lower[j - k], to, factor, 0, lower[j], from);
    }
  }

  private void scale(double[] column, int at) {
    for (int l = 0; l < LANES; l++) {
      column[at + l] *= inverseDiagonal[at + l];
    }
  }

  /** Solves {@code H x = b} in place. */
  public void solve(double[] x) {
    for (int t = 0; t < size; t++) {
      int reach = Math.min(halfWidth, size - 1 - t);
      for (int k = 1; k <= reach; k++) {
        LANE_MATH.subtractProduct(x, (t + k) * LANES, lower[k], t * LANES, x, t * LANES);
      }
    }
    for (int k = 0; k < size * LANES; k++) {
      x[k] *= inverseDiagonal[k];
    }
    for (int t = size - 1; t >= 0; t--) {
      int reach = Math.min(halfWidth, size - 1 - t);
      for (int k = 1; k <= reach; k++) {
        LANE_MATH.subtractProduct(x, t * LANES, lower[k], t * LANES, x, (t + k) * LANES);
      }
    }
  }

  /**
   * Diagonal of the inverse, by the recurrence that stays inside the band (Takahashi): {@code
   * Z[t][t] = 1 / D[t] - sum_k L[t + k][t] Z[t + k][t]}.
   */
  public void inverseDiagonal(double[] out) {
    for (double[] band : inverse) {
      Arrays.fill(band, 0);
    }
    for (int t = size - 1; t >= 0; t--) {
      int reach = Math.min(halfWidth, size - 1 - t);
      for (int j = reach; j >= 1; j--) {
        inverseOffDiagonal(t, j, reach);
      }
      int at = t * LANES;
      System.arraycopy(inverseDiagonal, at, inverse[0], at, LANES);
      for (int k = 1; k <= reach; k++) {
        LANE_MATH.subtractProduct(inverse[0], at, lower[k], at, inverse[k], at);
      }
    }
    System.arraycopy(inverse[0], 0, out, 0, size * LANES);
  }

  /** Z[t][t + j] = -sum_k L[t + k][t] Z[t + k][t + j]. */
  private void inverseOffDiagonal(int t, int j, int reach) {
    int at = t * LANES;
    for (int k = 1; k <= reach; k++) {
      int first = t + Math.min(k, j);
      LANE_MATH.subtractProduct(
          inverse[j], at, lower[k], at, inverse[Math.abs(k - j)], first * LANES);
    }
  }
}
