package org.stereo4d.depth.sgm.vector;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.depth.sgm.CostVolume;
import org.stereo4d.depth.sgm.Penalties;

/**
 * The recurrence with disparities as lanes of 16 bits. The four paths of a pass share the load of
 * the cost and the store of the sum. Same bits as the plain kernel.
 */
final class VectorPathSums {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, SHORTS.vectorBitSize() / 2)));
  private static final int LANES = SHORTS.length();

  /** Never wins, and leaves room to add penalties in 16 bits. */
  private static final short NEVER = 16_000;

  private VectorPathSums() {}

  static void run(CostVolume volume, Penalties penalties, boolean forward, short[] sums) {
    new Pass(volume, penalties, forward, sums).run();
  }

  private static final class Pass {
    private final CostVolume volume;
    private final Penalties penalties;
    private final boolean forward;
    private final short[] sums;
    private final int range;
    private final int padded;

    /** Length of one pixel's lane array: a sentinel on both sides. */
    private final int cell;

    private final short[][] before = new short[4][];
    private final short[][] current = new short[4][];
    private final short[][] minBefore = new short[4][];
    private final short[][] minCurrent = new short[4][];
    private final short[] costs;

    Pass(CostVolume volume, Penalties penalties, boolean forward, short[] sums) {
      this.volume = volume;
      this.penalties = penalties;
      this.forward = forward;
      this.sums = sums;
      this.range = volume.range;
      this.padded = (range + LANES - 1) / LANES * LANES;
      this.cell = padded + 2;
      this.costs = new short[padded];
      for (int r = 0; r < 4; r++) {
        before[r] = new short[(volume.width + 2) * cell];
        current[r] = new short[(volume.width + 2) * cell];
        minBefore[r] = new short[volume.width + 2];
        minCurrent[r] = new short[volume.width + 2];
        Arrays.fill(before[r], NEVER);
        Arrays.fill(current[r], NEVER);
      }
    }

    void run() {
      // the cells beside the row stand for "no pixel before": all zero, so that L = C
      for (int r = 0; r < 4; r++) {
        clearEdges(before[r]);
        clearEdges(current[r]);
        for (int x = 0; x < volume.width; x++) {
          clearCell(before[r], x + 1);
        }
      }
      for (int row = 0; row < volume.height; row++) {
        runRow(forward ? row : volume.height - 1 - row);
        for (int r = 1; r < 4; r++) {
          short[] swap = before[r];
          before[r] = current[r];
          current[r] = swap;
          short[] swapMin = minBefore[r];
          minBefore[r] = minCurrent[r];
          minCurrent[r] = swapMin;
        }
      }
    }

    private void clearEdges(short[] rows) {
      clearCell(rows, 0);
      clearCell(rows, volume.width + 1);
    }

    private void clearCell(short[] rows, int index) {
      Arrays.fill(rows, index * cell + 1, index * cell + 1 + range, (short) 0);
    }

    private void runRow(int y) {
      int width = volume.width;
      int side = forward ? -1 : 1;
      for (int column = 0; column < width; column++) {
        int x = forward ? column : width - 1 - column;
        int pixel = y * width + x;
        loadCosts(pixel * range);
        int y0 = y + side;
        boolean hasRow = y0 >= 0 && y0 < volume.height;
        int besides = x + side >= 0 && x + side < width ? pixel + side : pixel;
        int above = hasRow ? y0 * width + x : pixel;
        int diagonal = hasRow && x + side >= 0 && x + side < width ? above + side : pixel;
        int anti = hasRow && x - side >= 0 && x - side < width ? above - side : pixel;
        relax(
            x,
            side,
            pixel * range,
            penalties.large(0, pixel, besides),
            penalties.large(1, pixel, above),
            penalties.large(2, pixel, diagonal),
            penalties.large(3, pixel, anti));
      }
    }

    private void loadCosts(int base) {
      int d = 0;
      for (; d + LANES <= range; d += LANES) {
        ShortVector wide =
            (ShortVector)
                ByteVector.fromArray(BYTES, volume.cost, base + d)
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
        wide.intoArray(costs, d);
      }
      for (; d < range; d++) {
        costs[d] = volume.cost[base + d];
      }
      for (; d < padded; d++) {
        costs[d] = NEVER / 2;
      }
    }

    private void relax(int x, int side, int out, int p0, int p1, int p2, int p3) {
      int here = (x + 1) * cell + 1;
      int next = (x + 1 + side) * cell + 1;
      int other = (x + 1 - side) * cell + 1;
      short m0 = minCurrent[0][x + 1 + side];
      short m1 = minBefore[1][x + 1];
      short m2 = minBefore[2][x + 1 + side];
      short m3 = minBefore[3][x + 1 - side];
      short[] a0 = current[0];
      short[] a1 = before[1];
      short[] a2 = before[2];
      short[] a3 = before[3];
      short small = (short) penalties.small;
      ShortVector low0 = ShortVector.broadcast(SHORTS, NEVER);
      ShortVector low1 = low0;
      ShortVector low2 = low0;
      ShortVector low3 = low0;
      for (int d = 0; d < padded; d += LANES) {
        ShortVector cost = ShortVector.fromArray(SHORTS, costs, d);
        ShortVector v0 = step(a0, next + d, small, (short) (m0 + p0), m0, cost);
        ShortVector v1 = step(a1, here + d, small, (short) (m1 + p1), m1, cost);
        ShortVector v2 = step(a2, next + d, small, (short) (m2 + p2), m2, cost);
        ShortVector v3 = step(a3, other + d, small, (short) (m3 + p3), m3, cost);
        v0.intoArray(current[0], here + d);
        v1.intoArray(current[1], here + d);
        v2.intoArray(current[2], here + d);
        v3.intoArray(current[3], here + d);
        low0 = low0.min(v0);
        low1 = low1.min(v1);
        low2 = low2.min(v2);
        low3 = low3.min(v3);
        ShortVector total = v0.add(v1).add(v2.add(v3));
        if (d + LANES <= range) {
          total.intoArray(sums, out + d);
        } else {
          VectorMask<Short> inside = SHORTS.indexInRange(d, range);
          total.intoArray(sums, out + d, inside);
        }
      }
      minCurrent[0][x + 1] = low0.reduceLanes(VectorOperators.MIN);
      minCurrent[1][x + 1] = low1.reduceLanes(VectorOperators.MIN);
      minCurrent[2][x + 1] = low2.reduceLanes(VectorOperators.MIN);
      minCurrent[3][x + 1] = low3.reduceLanes(VectorOperators.MIN);
    }

    private static ShortVector step(
        short[] from, int at, short small, short jump, short min, ShortVector cost) {
      ShortVector same = ShortVector.fromArray(SHORTS, from, at);
      ShortVector less = ShortVector.fromArray(SHORTS, from, at - 1);
      ShortVector more = ShortVector.fromArray(SHORTS, from, at + 1);
      return same.min(less.min(more).add(small)).min(jump).sub(min).add(cost);
    }
  }
}
