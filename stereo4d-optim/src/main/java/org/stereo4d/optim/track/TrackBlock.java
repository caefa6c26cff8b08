package org.stereo4d.optim.track;

import java.util.Arrays;
import org.stereo4d.optim.solver.BandedLdl;

/**
 * Eight tracks side by side: rays, constant coefficients of the dynamic term, energy, gradient and
 * Gauss-Newton matrix. Value of frame t in lane l is at {@code t * LANES + l}. Memory O(T).
 */
final class TrackBlock {
  static final int LANES = BandedLdl.LANES;
  static final int HALF_WIDTH = 10;
  static final int RANK = 5;
  private static final int[] OFFSETS = {1, 3, 5};
  private static final double TINY = 1e-8;
  private static final double SCALE_FLOOR = 1e-5;

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

  double dynamicWeight;

  private final int[][] next = new int[3][];
  private final int[][] previous = new int[3][];
  private final double[][] coefficientNext = new double[3][];
  private final double[][] coefficientOwn = new double[3][];
  private final double[][] coefficientPrevious = new double[3][];
  private final double[][] constant = new double[3][];

  private final double[] pointX;
  private final double[] pointY;
  private final double[] pointZ;
  private final double[] norm;
  private final double[] acceleration;

  private final double[][] dynamicBands;
  private final double[] shares;
  private final double[] regularizers;
  private final double[] meanX;
  private final double[] meanY;
  private final double[] meanZ;
  private final double[] squares;
  private final double[] factors;
  private final double[] growths;

  private final double[] sumX = new double[LANES];
  private final double[] sumY = new double[LANES];
  private final double[] sumZ = new double[LANES];
  private final double[] sumNorm = new double[LANES];
  private final double[] scatter = new double[LANES];
  private final double[] scale = new double[LANES];

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
    pointX = new double[n];
    pointY = new double[n];
    pointZ = new double[n];
    norm = new double[n];
    acceleration = new double[n];
    dynamicBands = new double[HALF_WIDTH + 1][n];
    shares = new double[n];
    regularizers = new double[n];
    meanX = new double[n];
    meanY = new double[n];
    meanZ = new double[n];
    squares = new double[n];
    factors = new double[n];
    growths = new double[n];
    for (int o = 0; o < 3; o++) {
      next[o] = new int[frames];
      previous[o] = new int[frames];
      for (int t = 0; t < frames; t++) {
        next[o][t] = Math.min(t + OFFSETS[o], frames - 1) * LANES;
        previous[o][t] = Math.max(t - OFFSETS[o], 0) * LANES;
      }
      coefficientNext[o] = new double[n];
      coefficientOwn[o] = new double[n];
      coefficientPrevious[o] = new double[n];
      constant[o] = new double[n];
    }
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

  /** Computes the constant coefficients once all lanes are set. */
  void prepare(TrackEnergyOptions options) {
    dynamicWeight = options.dynamicWeight();
    repeat(dynamicShare, shares);
    repeat(regularizer, regularizers);
    for (int o = 0; o < 3; o++) {
      for (int t = 0; t < frames; t++) {
        boolean inside =
            options.boundary() == Boundary.CLAMP
                || (t + OFFSETS[o] < frames && t - OFFSETS[o] >= 0);
        prepare(o, t, inside ? 1 : 0);
      }
    }
    prepareBands();
  }

  /** The dynamic term is quadratic: its part of the matrix is made once. */
  private void prepareBands() {
    for (double[] band : dynamicBands) {
      Arrays.fill(band, 0);
    }
    for (int o = 0; o < 3; o++) {
      for (int t = 0; t < frames; t++) {
        addDynamic(o, t, dynamicBands);
      }
    }
  }

  private void prepare(int o, int t, double inside) {
    for (int l = 0; l < LANES; l++) {
      int k = t * LANES + l;
      int a = next[o][t] + l;
      int b = previous[o][t] + l;
      double valid = inside * mask[k] * mask[a] * mask[b];
      coefficientNext[o][k] = valid * (rayX[k] * rayX[a] + rayY[k] * rayY[a] + rayZ[k] * rayZ[a]);
      coefficientOwn[o][k] =
          -2 * valid * (rayX[k] * rayX[k] + rayY[k] * rayY[k] + rayZ[k] * rayZ[k]);
      coefficientPrevious[o][k] =
          valid * (rayX[k] * rayX[b] + rayY[k] * rayY[b] + rayZ[k] * rayZ[b]);
      constant[o][k] =
          valid
              * (rayX[k] * (baseX[a] - 2 * baseX[k] + baseX[b])
                  + rayY[k] * (baseY[a] - 2 * baseY[k] + baseY[b])
                  + rayZ[k] * (baseZ[a] - 2 * baseZ[k] + baseZ[b]));
    }
  }

  /** Points, their mean, mean distance and scatter for displacements d. */
  private void place(double[] d) {
    Arrays.fill(sumX, 0);
    Arrays.fill(sumY, 0);
    Arrays.fill(sumZ, 0);
    Arrays.fill(sumNorm, 0);
    Arrays.fill(scatter, 0);
    placeAll(d);
    for (int t = 0; t < frames; t++) {
      sumFrame(t * LANES);
    }
    for (int l = 0; l < LANES; l++) {
      double n = Math.max(1, count[l]);
      sumX[l] /= n;
      sumY[l] /= n;
      sumZ[l] /= n;
      scale[l] = sumNorm[l] / (count[l] + TINY) + SCALE_FLOOR;
    }
    scatterAll();
  }

  private void placeAll(double[] d) {
    int n = frames * LANES;
    for (int k = 0; k < n; k++) {
      pointX[k] = baseX[k] + d[k] * rayX[k];
    }
    for (int k = 0; k < n; k++) {
      pointY[k] = baseY[k] + d[k] * rayY[k];
    }
    for (int k = 0; k < n; k++) {
      pointZ[k] = baseZ[k] + d[k] * rayZ[k];
    }
    for (int k = 0; k < n; k++) {
      norm[k] = Math.sqrt(pointX[k] * pointX[k] + pointY[k] * pointY[k] + pointZ[k] * pointZ[k]);
    }
  }

  private void sumFrame(int at) {
    for (int l = 0; l < LANES; l++) {
      int k = at + l;
      sumX[l] += mask[k] * pointX[k];
      sumY[l] += mask[k] * pointY[k];
      sumZ[l] += mask[k] * pointZ[k];
      sumNorm[l] += mask[k] * norm[k];
    }
  }

  private void scatterAll() {
    repeat(sumX, meanX);
    repeat(sumY, meanY);
    repeat(sumZ, meanZ);
    int n = frames * LANES;
    for (int k = 0; k < n; k++) {
      double x = pointX[k] - meanX[k];
      double y = pointY[k] - meanY[k];
      double z = pointZ[k] - meanZ[k];
      squares[k] = mask[k] * (x * x + y * y + z * z);
    }
    addFrames(squares, scatter);
  }

  /** Per-lane values in every frame. */
  private void repeat(double[] lanes, double[] out) {
    System.arraycopy(lanes, 0, out, 0, LANES);
    for (int filled = LANES; filled < out.length; filled *= 2) {
      System.arraycopy(out, 0, out, filled, Math.min(filled, out.length - filled));
    }
  }

  private void addFrames(double[] values, double[] lanes) {
    for (int at = 0; at < values.length; at += LANES) {
      for (int l = 0; l < LANES; l++) {
        lanes[l] += values[at + l];
      }
    }
  }

  private void accelerate(int o, double[] d) {
    int reach = OFFSETS[o] * LANES;
    int n = frames * LANES;
    double[] cn = coefficientNext[o];
    double[] co = coefficientOwn[o];
    double[] cp = coefficientPrevious[o];
    double[] c = constant[o];
    int end = n - reach;
    if (end > reach) {
      switch (o) {
        case 0 -> DynamicKernel.accelerate1(acceleration, c, cn, co, cp, d, end);
        case 1 -> DynamicKernel.accelerate3(acceleration, c, cn, co, cp, d, end);
        default -> DynamicKernel.accelerate5(acceleration, c, cn, co, cp, d, end);
      }
    }
    for (int t = 0; t < frames; t++) {
      if (end > reach && t == OFFSETS[o]) {
        t = frames - OFFSETS[o]; // the middle is done
      }
      int at = t * LANES;
      int next1 = next[o][t];
      int previous1 = previous[o][t];
      for (int l = 0; l < LANES; l++) {
        acceleration[at + l] =
            c[at + l]
                + cn[at + l] * d[next1 + l]
                + co[at + l] * d[at + l]
                + cp[at + l] * d[previous1 + l];
      }
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
    for (int o = 0; o < 3; o++) {
      accelerate(o, d);
      for (int k = 0; k < squares.length; k++) {
        squares[k] = dynamicWeight * shares[k] * acceleration[k] * acceleration[k];
      }
      addFrames(squares, out);
    }
    regularize(d);
    addFrames(squares, out);
  }

  /** Puts the regulariser of each entry into {@code squares}. */
  private void regularize(double[] d) {
    for (int k = 0; k < squares.length; k++) {
      double u = 1 / (d[k] + rho[k] + TINY) - 1 / (rho[k] + TINY);
      squares[k] = regularizers[k] * trust[k] * mask[k] * u * u;
    }
  }

  /** Every term of one lane. */
  TrackTerms terms(double[] d, int lane) {
    double[] total = new double[LANES];
    energy(d, total);
    double[] dynamic = new double[3];
    for (int o = 0; o < 3; o++) {
      accelerate(o, d);
      for (int t = 0; t < frames; t++) {
        double a = acceleration[t * LANES + lane];
        dynamic[o] += dynamicWeight * a * a;
      }
    }
    double[] only = new double[LANES];
    regularize(d);
    addFrames(squares, only);
    return new TrackTerms(
        staticEnergy(lane), dynamic[0], dynamic[1], dynamic[2], only[lane], total[lane]);
  }

  /** Gradient of the total energy; 0 in masked frames. */
  void gradient(double[] d, double[] out) {
    place(d);
    smoothGradient(d, out);
    for (int o = 0; o < 3; o++) {
      accelerate(o, d);
      dynamicGradient(o, out);
    }
    for (int k = 0; k < frames * LANES; k++) {
      out[k] *= mask[k];
    }
  }

  private void smoothGradient(double[] d, double[] out) {
    double[] factor = new double[LANES];
    double[] growth = new double[LANES];
    for (int l = 0; l < LANES; l++) {
      double n = Math.max(1, count[l]);
      factor[l] = (1 - dynamicShare[l]) * staticWeight[l] * 2 / (n * scale[l] * scale[l]);
      growth[l] = scatter[l] / scale[l] / (count[l] + TINY);
    }
    repeat(factor, factors);
    repeat(growth, growths);
    int n = out.length;
    for (int k = 0; k < n; k++) {
      double spread =
          rayX[k] * (pointX[k] - meanX[k])
              + rayY[k] * (pointY[k] - meanY[k])
              + rayZ[k] * (pointZ[k] - meanZ[k]);
      double along = rayX[k] * pointX[k] + rayY[k] * pointY[k] + rayZ[k] * pointZ[k];
      // a point at the origin has along = 0 and takes no part
      out[k] = factors[k] * (spread - growths[k] * along / Math.max(norm[k], 1e-300));
    }
    for (int k = 0; k < n; k++) {
      double u = 1 / (d[k] + rho[k] + TINY);
      double u0 = 1 / (rho[k] + TINY);
      out[k] -= 2 * regularizers[k] * trust[k] * (u - u0) * u * u;
    }
  }

  /** ds / dd_t. */
  private double ofScale(int k, int lane) {
    double along = rayX[k] * pointX[k] + rayY[k] * pointY[k] + rayZ[k] * pointZ[k];
    return norm[k] > 0 ? mask[k] * along / (norm[k] * (count[lane] + TINY)) : 0;
  }

  private void dynamicGradient(int o, double[] out) {
    int n = frames * LANES;
    double twice = 2 * dynamicWeight;
    for (int k = 0; k < n; k++) {
      acceleration[k] *= twice * shares[k];
    }
    int reach = OFFSETS[o] * LANES;
    double[] cn = coefficientNext[o];
    double[] co = coefficientOwn[o];
    double[] cp = coefficientPrevious[o];
    for (int k = 0; k < n; k++) {
      out[k] += acceleration[k] * co[k];
    }
    if (n > reach) {
      switch (o) {
        case 0 -> DynamicKernel.scatter1(out, acceleration, cn, cp, n);
        case 1 -> DynamicKernel.scatter3(out, acceleration, cn, cp, n);
        default -> DynamicKernel.scatter5(out, acceleration, cn, cp, n);
      }
    }
    // neighbours that were clamped to the ends
    for (int t = 0; t < frames; t++) {
      boolean late = t + OFFSETS[o] >= frames;
      boolean early = t - OFFSETS[o] < 0;
      for (int l = 0; l < LANES && (late || early); l++) {
        int k = t * LANES + l;
        if (late) {
          out[next[o][t] + l] += acceleration[k] * cn[k];
        }
        if (early) {
          out[previous[o][t] + l] += acceleration[k] * cp[k];
        }
      }
    }
  }

  /**
   * Gauss-Newton matrix at d as bands and rank five: {@code H = bands + U K U^T}. The point of the
   * last energy or gradient must be d.
   *
   * @param bands overwritten
   * @param columns U, five arrays
   * @param core K of each lane, row-major
   */
  void hessian(double[] d, double[][] bands, double[][] columns, double[][] core) {
    for (int k = 0; k < bands.length; k++) {
      System.arraycopy(dynamicBands[k], 0, bands[k], 0, bands[k].length);
    }
    for (int t = 0; t < frames; t++) {
      diagonalFrame(t * LANES, d, bands[0], columns);
    }
    for (int l = 0; l < LANES; l++) {
      double n = Math.max(1, count[l]);
      double s = scale[l];
      double factor = (1 - dynamicShare[l]) * staticWeight[l] * 2 / (n * s * s);
      Arrays.fill(core[l], 0);
      for (int i = 0; i < 3; i++) {
        core[l][i * RANK + i] = -factor / n;
      }
      core[l][3 * RANK + 4] = -factor / s;
      core[l][4 * RANK + 3] = -factor / s;
      core[l][4 * RANK + 4] = factor * scatter[l] / (s * s);
    }
  }

  private void diagonalFrame(int at, double[] d, double[] diagonal, double[][] columns) {
    for (int l = 0; l < LANES; l++) {
      int k = at + l;
      double n = Math.max(1, count[l]);
      double factor = (1 - dynamicShare[l]) * staticWeight[l] * 2 / (n * scale[l] * scale[l]);
      double length = rayX[k] * rayX[k] + rayY[k] * rayY[k] + rayZ[k] * rayZ[k];
      double u = 1 / (d[k] + rho[k] + TINY);
      diagonal[k] +=
          mask[k] * (factor * length + 2 * regularizer[l] * trust[k] * u * u * u * u)
              + (1 - mask[k]);
      columns[0][k] = mask[k] * rayX[k];
      columns[1][k] = mask[k] * rayY[k];
      columns[2][k] = mask[k] * rayZ[k];
      columns[3][k] =
          mask[k]
              * (rayX[k] * (pointX[k] - sumX[l])
                  + rayY[k] * (pointY[k] - sumY[l])
                  + rayZ[k] * (pointZ[k] - sumZ[l]));
      columns[4][k] = ofScale(k, l);
    }
  }

  private void addDynamic(int o, int t, double[][] bands) {
    int at = t * LANES;
    int a = next[o][t];
    int b = previous[o][t];
    addProduct(bands, a, coefficientNext[o], a, coefficientNext[o], at);
    addProduct(bands, at, coefficientOwn[o], at, coefficientOwn[o], at);
    addProduct(bands, b, coefficientPrevious[o], b, coefficientPrevious[o], at);
    addProduct(bands, at, coefficientOwn[o], a, coefficientNext[o], at);
    addProduct(bands, b, coefficientPrevious[o], at, coefficientOwn[o], at);
    addProduct(bands, b, coefficientPrevious[o], a, coefficientNext[o], at);
  }

  /** Adds 2 k w c_i c_j at (i, j), i at most j; twice on the diagonal when i and j were clamped. */
  private void addProduct(double[][] bands, int i, double[] ci, int j, double[] cj, int at) {
    double[] band = bands[(j - i) / LANES];
    double twice = i == j && ci != cj ? 2 : 1;
    for (int l = 0; l < LANES; l++) {
      band[i + l] += twice * 2 * dynamicWeight * dynamicShare[l] * ci[at + l] * cj[at + l];
    }
  }
}
