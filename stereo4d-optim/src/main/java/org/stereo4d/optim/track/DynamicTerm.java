package org.stereo4d.optim.track;

import java.util.Arrays;
import org.stereo4d.optim.solver.BandedLdl;
import org.stereo4d.optim.solver.LaneMath;

/**
 * The dynamic terms of eight tracks, frames 1, 3 and 5 apart. Their sum is a quadratic form
 *
 * <pre>
 * E(d) = E(0) + g . d + d . H d / 2
 * </pre>
 *
 * whose matrix has bands 0, 1, 2, 3, 5, 6 and 10 wide; where neighbours are clamped to the ends of
 * the clip, within ten frames of them, the other bands up to 10 are used too. E(0), g and H are
 * made once; a gradient then reads eight arrays instead of seventy.
 */
final class DynamicTerm {
  static final int HALF_WIDTH = 10;
  private static final int LANES = BandedLdl.LANES;
  private static final int END = HALF_WIDTH * LANES;
  private static final int[] OFFSETS = {1, 3, 5};
  private static final LaneMath LANE_MATH = BandedLdl.laneMath();

  private final int frames;
  private final double[] coefficientNext;
  private final double[] coefficientOwn;
  private final double[] coefficientPrevious;
  private final double[] constant;
  private final double[][] bands;
  private final double[] slope;
  private final double[] energyAtZero = new double[LANES];
  private final double[] force;

  DynamicTerm(int frames) {
    this.frames = frames;
    int n = frames * LANES;
    coefficientNext = new double[n];
    coefficientOwn = new double[n];
    coefficientPrevious = new double[n];
    constant = new double[n];
    bands = new double[HALF_WIDTH + 1][n];
    slope = new double[n];
    force = new double[n];
  }

  /** Makes the quadratic form for the tracks of a block. */
  void prepare(TrackBlock block, TrackEnergyOptions options) {
    for (double[] band : bands) {
      Arrays.fill(band, 0);
    }
    Arrays.fill(slope, 0);
    Arrays.fill(energyAtZero, 0);
    for (int o = 0; o < OFFSETS.length; o++) {
      coefficients(block, o, options.boundary());
      for (int t = 0; t < frames; t++) {
        add(block, o, t, options.dynamicWeight());
      }
    }
  }

  private int next(int o, int t) {
    return Math.min(t + OFFSETS[o], frames - 1) * LANES;
  }

  private int previous(int o, int t) {
    return Math.max(t - OFFSETS[o], 0) * LANES;
  }

  private void coefficients(TrackBlock block, int o, Boundary boundary) {
    for (int t = 0; t < frames; t++) {
      boolean inside =
          boundary == Boundary.CLAMP || (t + OFFSETS[o] < frames && t - OFFSETS[o] >= 0);
      for (int l = 0; l < LANES; l++) {
        int k = t * LANES + l;
        int a = next(o, t) + l;
        int b = previous(o, t) + l;
        double valid = inside ? block.mask[k] * block.mask[a] * block.mask[b] : 0;
        coefficientNext[k] = valid * block.rayProduct(k, a);
        coefficientOwn[k] = -2 * valid * block.rayProduct(k, k);
        coefficientPrevious[k] = valid * block.rayProduct(k, b);
        constant[k] =
            valid
                * (block.rayX[k] * (block.baseX[a] - 2 * block.baseX[k] + block.baseX[b])
                    + block.rayY[k] * (block.baseY[a] - 2 * block.baseY[k] + block.baseY[b])
                    + block.rayZ[k] * (block.baseZ[a] - 2 * block.baseZ[k] + block.baseZ[b]));
      }
    }
  }

  private void add(TrackBlock block, int o, int t, double weight) {
    int at = t * LANES;
    int a = next(o, t);
    int b = previous(o, t);
    for (int l = 0; l < LANES; l++) {
      double w = weight * block.dynamicShare[l];
      double c = constant[at + l];
      energyAtZero[l] += w * c * c;
      slope[a + l] += 2 * w * c * coefficientNext[at + l];
      slope[at + l] += 2 * w * c * coefficientOwn[at + l];
      slope[b + l] += 2 * w * c * coefficientPrevious[at + l];
    }
    addProduct(block, weight, a, coefficientNext, a, coefficientNext, at);
    addProduct(block, weight, at, coefficientOwn, at, coefficientOwn, at);
    addProduct(block, weight, b, coefficientPrevious, b, coefficientPrevious, at);
    addProduct(block, weight, at, coefficientOwn, a, coefficientNext, at);
    addProduct(block, weight, b, coefficientPrevious, at, coefficientOwn, at);
    addProduct(block, weight, b, coefficientPrevious, a, coefficientNext, at);
  }

  /** Adds 2 k w c_i c_j at (i, j), i at most j; twice on the diagonal when i and j were clamped. */
  private void addProduct(
      TrackBlock block, double weight, int i, double[] ci, int j, double[] cj, int at) {
    double[] band = bands[(j - i) / LANES];
    double twice = i == j && ci != cj ? 2 : 1;
    for (int l = 0; l < LANES; l++) {
      band[i + l] += twice * 2 * weight * block.dynamicShare[l] * ci[at + l] * cj[at + l];
    }
  }

  /** H as bands: {@code H(i, i + j)} of each lane is at {@code [j][i]}. Not to be changed. */
  double[][] bands() {
    return bands;
  }

  /** {@code out = g + H d}. */
  void gradient(double[] d, double[] out) {
    int n = frames * LANES;
    if (n > 2 * END) {
      middle(d, out, n - END);
      ends(d, out, 0, END);
      ends(d, out, n - END, n);
    } else {
      ends(d, out, 0, n);
    }
  }

  private void middle(double[] d, double[] out, int end) {
    double[] g = slope;
    double[] b0 = bands[0];
    double[] b1 = bands[1];
    double[] b2 = bands[2];
    double[] b3 = bands[3];
    double[] b5 = bands[5];
    double[] b6 = bands[6];
    double[] b10 = bands[10];
    for (int k = 80; k < end; k++) {
      out[k] =
          g[k]
              + b0[k] * d[k]
              + (b1[k] * d[k + 8] + b1[k - 8] * d[k - 8])
              + (b2[k] * d[k + 16] + b2[k - 16] * d[k - 16])
              + (b3[k] * d[k + 24] + b3[k - 24] * d[k - 24])
              + (b5[k] * d[k + 40] + b5[k - 40] * d[k - 40])
              + (b6[k] * d[k + 48] + b6[k - 48] * d[k - 48])
              + (b10[k] * d[k + 80] + b10[k - 80] * d[k - 80]);
    }
  }

  private void ends(double[] d, double[] out, int from, int to) {
    int n = frames * LANES;
    for (int k = from; k < to; k++) {
      out[k] = slope[k] + bands[0][k] * d[k];
    }
    for (int j = 1, reach = LANES; j <= HALF_WIDTH && reach < n; j++, reach += LANES) {
      double[] band = bands[j];
      for (int k = from; k < Math.min(to, n - reach); k++) {
        out[k] += band[k] * d[k + reach];
      }
      for (int k = Math.max(from, reach); k < to; k++) {
        out[k] += band[k - reach] * d[k - reach];
      }
    }
  }

  /** Adds {@code E(0) + d . (g + (g + H d)) / 2} to each lane. */
  void addEnergy(double[] d, double[] out) {
    gradient(d, force);
    for (int k = 0; k < force.length; k++) {
      force[k] += slope[k];
    }
    double[] product = new double[LANES];
    LANE_MATH.dot(force, d, product);
    for (int l = 0; l < LANES; l++) {
      out[l] += energyAtZero[l] + 0.5 * product[l];
    }
  }

  /** {@code k_d sum a^2} of each offset in one lane, without the share. */
  double[] terms(TrackBlock block, TrackEnergyOptions options, double[] d, int lane) {
    double[] out = new double[OFFSETS.length];
    for (int o = 0; o < OFFSETS.length; o++) {
      coefficients(block, o, options.boundary());
      for (int t = 0; t < frames; t++) {
        int k = t * LANES + lane;
        double a =
            constant[k]
                + coefficientNext[k] * d[next(o, t) + lane]
                + coefficientOwn[k] * d[k]
                + coefficientPrevious[k] * d[previous(o, t) + lane];
        out[o] += options.dynamicWeight() * a * a;
      }
    }
    return out;
  }
}
