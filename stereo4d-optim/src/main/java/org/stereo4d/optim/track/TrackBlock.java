package org.stereo4d.optim.track;

import java.util.Arrays;
import org.stereo4d.optim.solver.BandedLdl;
import org.stereo4d.optim.solver.LaneMath;

/**
 * Eight tracks side by side: energy, gradient and Gauss-Newton matrix. Value of frame t in lane l
 * is at {@code t * LANES + l}. Memory O(T).
 *
 * <p>Points are never stored. With ray r and lifted point b, both 0 in masked frames, products of
 * the point {@code p = b + d r} come from constants:
 *
 * <pre>
 * r . p = r . b + d |r|^2,     |p|^2 = |b|^2 + d (2 r . b + d |r|^2)
 * </pre>
 */
final class TrackBlock {
  static final int LANES = BandedLdl.LANES;
  static final int HALF_WIDTH = DynamicTerm.HALF_WIDTH;
  static final int RANK = 5;
  private static final double TINY = 1e-8;
  private static final double SCALE_FLOOR = 1e-5;
  private static final LaneMath LANE_MATH = BandedLdl.laneMath();

  final int frames;
  final double[] mask;
  final double[] rayX;
  final double[] rayY;
  final double[] rayZ;
  final double[] rho;
  final double[] baseX;
  final double[] baseY;
  final double[] baseZ;

  /** Weight w of the dynamic terms per lane. */
  final double[] dynamicShare = new double[LANES];

  /** k_s per lane. */
  final double[] staticWeight = new double[LANES];

  /** k_r per lane. */
  final double[] regularizer = new double[LANES];

  /** Valid frames N per lane. */
  final double[] count = new double[LANES];

  /** Robust weight of each frame's disparity; 1 by default. */
  final double[] trust;

  private final DynamicTerm dynamic;
  private TrackEnergyOptions options = TrackEnergyOptions.DEFAULTS;

  // constants of each entry
  private final double[] raySquared;
  private final double[] rayBase;
  private final double[] baseSquared;
  private final double[] rayCentered;
  private final double[] inverseRho;
  private final double[] regularizers;
  private final double[] counts;

  // constants of each lane: middle of the lifted points, and their squared distances from it
  private final double[][] middle = new double[3][LANES];
  private final double[] middleSquares = new double[LANES];
  private final double[][] baseSums = new double[3][LANES];

  // of the present displacements
  private final double[] norm;
  private final double[][] means;
  private final double[] factors;
  private final double[] growths;
  private final double[] scratch;
  private final double[][] mean = new double[3][LANES];
  private final double[] normSum = new double[LANES];
  private final double[] linear = new double[LANES];
  private final double[] quadratic = new double[LANES];
  private final double[] scatter = new double[LANES];
  private final double[] scale = new double[LANES];
  private final double[] lanes = new double[LANES];

  TrackBlock(int frames) {
    this.frames = frames;
    int n = frames * LANES;
    mask = new double[n];
    rayX = new double[n];
    rayY = new double[n];
    rayZ = new double[n];
    rho = new double[n];
    baseX = new double[n];
    baseY = new double[n];
    baseZ = new double[n];
    trust = new double[n];
    dynamic = new DynamicTerm(frames);
    raySquared = new double[n];
    rayBase = new double[n];
    baseSquared = new double[n];
    rayCentered = new double[n];
    inverseRho = new double[n];
    regularizers = new double[n];
    counts = new double[n];
    norm = new double[n];
    means = new double[3][n];
    factors = new double[n];
    growths = new double[n];
    scratch = new double[n];
  }

  /** Empties every lane. */
  void clear() {
    Arrays.fill(mask, 0);
    Arrays.fill(trust, 1);
    Arrays.fill(rayX, 0);
    Arrays.fill(rayY, 0);
    Arrays.fill(rayZ, 0);
    Arrays.fill(rho, 1);
    Arrays.fill(baseX, 0);
    Arrays.fill(baseY, 0);
    Arrays.fill(baseZ, 0);
    Arrays.fill(dynamicShare, 0);
    Arrays.fill(count, 0);
    Arrays.fill(regularizer, 0);
    Arrays.fill(staticWeight, 0);
  }

  /** Sets frame t of a lane: lifted point and camera centre, metres. */
  void set(int lane, int t, double[] point, double[] center) {
    int k = t * LANES + lane;
    double x = point[0] - center[0];
    double y = point[1] - center[1];
    double z = point[2] - center[2];
    double distance = Math.sqrt(x * x + y * y + z * z) + TINY;
    mask[k] = 1;
    count[lane] += 1;
    rho[k] = distance;
    rayX[k] = x / distance;
    rayY[k] = y / distance;
    rayZ[k] = z / distance;
    baseX[k] = point[0];
    baseY[k] = point[1];
    baseZ[k] = point[2];
  }

  /** Computes the constants once all lanes are set. */
  void prepare(TrackEnergyOptions energyOptions) {
    options = energyOptions;
    sumOf(baseX, baseSums[0]);
    sumOf(baseY, baseSums[1]);
    sumOf(baseZ, baseSums[2]);
    for (int axis = 0; axis < 3; axis++) {
      for (int l = 0; l < LANES; l++) {
        middle[axis][l] = baseSums[axis][l] / Math.max(1, count[l]);
      }
      repeat(middle[axis], means[axis]);
    }
    for (int k = 0; k < scratch.length; k++) {
      raySquared[k] = rayProduct(k, k);
      rayBase[k] = rayX[k] * baseX[k] + rayY[k] * baseY[k] + rayZ[k] * baseZ[k];
      baseSquared[k] = baseX[k] * baseX[k] + baseY[k] * baseY[k] + baseZ[k] * baseZ[k];
      double x = baseX[k] - means[0][k];
      double y = baseY[k] - means[1][k];
      double z = baseZ[k] - means[2][k];
      rayCentered[k] = rayX[k] * x + rayY[k] * y + rayZ[k] * z;
      scratch[k] = mask[k] * (x * x + y * y + z * z);
      inverseRho[k] = 1 / (rho[k] + TINY);
    }
    sumOf(scratch, middleSquares);
    repeat(regularizer, regularizers);
    for (int k = 0; k < regularizers.length; k++) {
      regularizers[k] *= mask[k];
    }
    for (int l = 0; l < LANES; l++) {
      lanes[l] = count[l] + TINY;
    }
    repeat(lanes, counts);
    dynamic.prepare(this, energyOptions);
  }

  /** {@code r_i . r_j}. */
  double rayProduct(int i, int j) {
    return rayX[i] * rayX[j] + rayY[i] * rayY[j] + rayZ[i] * rayZ[j];
  }

  /** Mean, mean distance and scatter of the points at displacements d. */
  private void place(double[] d) {
    int n = d.length;
    for (int k = 0; k < n; k++) {
      double squared = baseSquared[k] + d[k] * (2 * rayBase[k] + d[k] * raySquared[k]);
      norm[k] = Math.sqrt(Math.max(0, squared));
    }
    for (int k = 0; k < n; k++) {
      scratch[k] = d[k] * raySquared[k];
    }
    LANE_MATH.dot(rayX, d, mean[0]);
    LANE_MATH.dot(rayY, d, mean[1]);
    LANE_MATH.dot(rayZ, d, mean[2]);
    LANE_MATH.dot(norm, mask, normSum);
    LANE_MATH.dot(rayCentered, d, linear);
    LANE_MATH.dot(scratch, d, quadratic);
    for (int l = 0; l < LANES; l++) {
      double valid = Math.max(1, count[l]);
      double shift = 0;
      for (int axis = 0; axis < 3; axis++) {
        double moved = mean[axis][l] / valid;
        shift += moved * moved;
        mean[axis][l] = baseSums[axis][l] / valid + moved;
      }
      double squares = middleSquares[l] + 2 * linear[l] + quadratic[l];
      scatter[l] = count[l] > 1 ? Math.max(0, squares - valid * shift) : 0;
      scale[l] = normSum[l] / (count[l] + TINY) + SCALE_FLOOR;
    }
  }

  /** Sum over frames in each lane. */
  private void sumOf(double[] values, double[] out) {
    Arrays.fill(out, 0);
    for (int at = 0; at < values.length; at += LANES) {
      for (int l = 0; l < LANES; l++) {
        out[l] += values[at + l];
      }
    }
  }

  /** Per-lane values in every frame. */
  private static void repeat(double[] lanes, double[] out) {
    System.arraycopy(lanes, 0, out, 0, LANES);
    for (int filled = LANES; filled < out.length; filled *= 2) {
      System.arraycopy(out, 0, out, filled, Math.min(filled, out.length - filled));
    }
  }

  private double staticEnergy(int lane) {
    return count[lane] == 0
        ? 0
        : staticWeight[lane] / count[lane] * scatter[lane] / (scale[lane] * scale[lane]);
  }

  /** Total energy per lane. */
  void energy(double[] d, double[] out) {
    place(d);
    for (int l = 0; l < LANES; l++) {
      out[l] = (1 - dynamicShare[l]) * staticEnergy(l);
    }
    dynamic.addEnergy(d, out);
    addRegularizer(d, out);
  }

  private void addRegularizer(double[] d, double[] out) {
    for (int k = 0; k < scratch.length; k++) {
      double u = 1 / (d[k] + rho[k] + TINY) - inverseRho[k];
      scratch[k] = trust[k] * u * u;
    }
    LANE_MATH.dot(scratch, regularizers, lanes);
    for (int l = 0; l < LANES; l++) {
      out[l] += lanes[l];
    }
  }

  /** Every term of one lane. */
  TrackTerms terms(double[] d, int lane) {
    double[] total = new double[LANES];
    energy(d, total);
    double[] only = new double[LANES];
    addRegularizer(d, only);
    double[] dynamics = dynamic.terms(this, options, d, lane);
    return new TrackTerms(
        staticEnergy(lane), dynamics[0], dynamics[1], dynamics[2], only[lane], total[lane]);
  }

  /** Gradient of the total energy; 0 in masked frames. */
  void gradient(double[] d, double[] out) {
    place(d);
    spreadLanes();
    dynamic.gradient(d, out);
    int n = out.length;
    double[] meanX = means[0];
    double[] meanY = means[1];
    double[] meanZ = means[2];
    for (int k = 0; k < n; k++) {
      double along = rayBase[k] + d[k] * raySquared[k];
      double toMean = rayX[k] * meanX[k] + rayY[k] * meanY[k] + rayZ[k] * meanZ[k];
      // a point at the origin has along = 0 and takes no part
      out[k] += factors[k] * (along - toMean - growths[k] * along / Math.max(norm[k], 1e-300));
    }
    for (int k = 0; k < n; k++) {
      double u = 1 / (d[k] + rho[k] + TINY);
      out[k] -= 2 * regularizers[k] * trust[k] * (u - inverseRho[k]) * u * u;
    }
  }

  /** Factors of the static gradient, in every frame. */
  private void spreadLanes() {
    for (int axis = 0; axis < 3; axis++) {
      repeat(mean[axis], means[axis]);
    }
    for (int l = 0; l < LANES; l++) {
      lanes[l] = factor(l);
    }
    repeat(lanes, factors);
    for (int l = 0; l < LANES; l++) {
      lanes[l] = scatter[l] / scale[l] / (count[l] + TINY);
    }
    repeat(lanes, growths);
  }

  private double factor(int lane) {
    double valid = Math.max(1, count[lane]);
    double weight = (1 - dynamicShare[lane]) * staticWeight[lane];
    return weight * 2 / (valid * scale[lane] * scale[lane]);
  }

  /**
   * Gauss-Newton matrix at d as bands and rank five: {@code H = bands + U K U^T}. The point of the
   * last gradient must be d.
   *
   * @param bands overwritten
   * @param columns U, five arrays
   * @param core K of each lane, row-major
   */
  void hessian(double[] d, double[][] bands, double[][] columns, double[][] core) {
    double[][] constant = dynamic.bands();
    for (int j = 0; j < bands.length; j++) {
      System.arraycopy(constant[j], 0, bands[j], 0, bands[j].length);
    }
    System.arraycopy(rayX, 0, columns[0], 0, rayX.length);
    System.arraycopy(rayY, 0, columns[1], 0, rayY.length);
    System.arraycopy(rayZ, 0, columns[2], 0, rayZ.length);
    diagonal(d, bands[0]);
    scales(d, columns[3], columns[4]);
    for (int l = 0; l < LANES; l++) {
      double s = scale[l];
      double factor = factor(l);
      Arrays.fill(core[l], 0);
      for (int i = 0; i < 3; i++) {
        core[l][i * RANK + i] = -factor / Math.max(1, count[l]);
      }
      core[l][3 * RANK + 4] = -factor / s;
      core[l][4 * RANK + 3] = -factor / s;
      core[l][4 * RANK + 4] = factor * scatter[l] / (s * s);
    }
  }

  private void diagonal(double[] d, double[] out) {
    for (int k = 0; k < out.length; k++) {
      double u = 1 / (d[k] + rho[k] + TINY);
      double squared = u * u;
      out[k] +=
          factors[k] * raySquared[k]
              + 2 * regularizers[k] * trust[k] * squared * squared
              + (1 - mask[k]);
    }
  }

  /** {@code r . (p - mean)} and {@code ds / dd}. */
  private void scales(double[] d, double[] spread, double[] ofScale) {
    double[] meanX = means[0];
    double[] meanY = means[1];
    double[] meanZ = means[2];
    for (int k = 0; k < spread.length; k++) {
      double along = rayBase[k] + d[k] * raySquared[k];
      spread[k] = along - (rayX[k] * meanX[k] + rayY[k] * meanY[k] + rayZ[k] * meanZ[k]);
      ofScale[k] = along / (Math.max(norm[k], 1e-300) * counts[k]);
    }
  }
}
