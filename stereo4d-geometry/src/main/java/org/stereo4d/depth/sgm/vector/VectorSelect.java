package org.stereo4d.depth.sgm.vector;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.depth.sgm.CostVolume;
import org.stereo4d.depth.sgm.Selection;

/**
 * Best disparities of one row. The right view is kept reversed, so that the partners of growing
 * disparities follow each other in memory.
 */
final class VectorSelect {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = SHORTS.length();

  private VectorSelect() {}

  static void run(CostVolume volume, int y, short[] forward, short[] backward, Selection out) {
    int width = volume.width;
    int range = volume.range;
    int padded = (range + LANES - 1) / LANES * LANES;
    int min = out.minDisparity;
    int front = Math.max(0, -min);
    short[] sums = new short[padded];
    Arrays.fill(sums, Short.MAX_VALUE);
    short[] rightSum = new short[front + width + padded + Math.max(0, min)];
    short[] rightStep = new short[rightSum.length];
    Arrays.fill(rightSum, Short.MAX_VALUE);
    Arrays.fill(rightStep, (short) -1);
    short[] steps = new short[padded];
    for (int d = 0; d < padded; d++) {
      steps[d] = (short) d;
    }
    for (int x = 0; x < width; x++) {
      int base = (y * width + x) * range;
      int at = front + width - 1 - x + min;
      addRows(forward, backward, base, range, sums);
      short best = bestSum(sums, padded, rightSum, rightStep, steps, at);
      out.left[y * width + x] = refine(sums, best, range, padded, out);
    }
    for (int x = 0; x < width; x++) {
      out.right[y * width + x] = rightStep[front + width - 1 - x];
    }
  }

  private static void addRows(
      short[] forward, short[] backward, int base, int range, short[] sums) {
    int d = 0;
    for (; d + LANES <= range; d += LANES) {
      ShortVector.fromArray(SHORTS, forward, base + d)
          .add(ShortVector.fromArray(SHORTS, backward, base + d))
          .intoArray(sums, d);
    }
    for (; d < range; d++) {
      sums[d] = (short) (forward[base + d] + backward[base + d]);
    }
  }

  private static short bestSum(
      short[] sums, int padded, short[] rightSum, short[] rightStep, short[] steps, int at) {
    ShortVector low = ShortVector.broadcast(SHORTS, Short.MAX_VALUE);
    for (int d = 0; d < padded; d += LANES) {
      ShortVector sum = ShortVector.fromArray(SHORTS, sums, d);
      low = low.min(sum);
      ShortVector known = ShortVector.fromArray(SHORTS, rightSum, at + d);
      VectorMask<Short> better = sum.compare(VectorOperators.LT, known);
      known.min(sum).intoArray(rightSum, at + d);
      ShortVector.fromArray(SHORTS, rightStep, at + d)
          .blend(ShortVector.fromArray(SHORTS, steps, d), better)
          .intoArray(rightStep, at + d);
    }
    return low.reduceLanes(VectorOperators.MIN);
  }

  private static float refine(short[] sums, short bestSum, int range, int padded, Selection out) {
    int best = 0;
    while (sums[best] != bestSum) {
      best++;
    }
    // an integer is below a limit exactly when it is below its ceiling
    short limit = (short) Math.min(Short.MAX_VALUE, Math.ceil(out.rivalLimit(bestSum)));
    int rivals = 0;
    for (int d = 0; d < padded; d += LANES) {
      rivals +=
          ShortVector.fromArray(SHORTS, sums, d).compare(VectorOperators.LT, limit).trueCount();
    }
    for (int d = Math.max(0, best - 1); d <= Math.min(range - 1, best + 1); d++) {
      rivals -= sums[d] < limit ? 1 : 0;
    }
    float step = rivals > 0 ? Float.NaN : best;
    if (best > 0 && best < range - 1) {
      step += Selection.fraction(sums[best - 1], sums[best], sums[best + 1]);
    }
    return step;
  }
}
