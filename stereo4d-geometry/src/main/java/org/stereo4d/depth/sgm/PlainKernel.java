package org.stereo4d.depth.sgm;

import java.util.Arrays;

/**
 * The definition of the three loops. In the recurrence each pixel of the row before has an array of
 * its own, padded by a value that never wins, so that the inner loops run over plain arrays with
 * one index and compile to vector code.
 */
final class PlainKernel implements SgmKernel {
  /** Larger than any path sum, small enough to add penalties without overflow. */
  private static final int NEVER = 1 << 20;

  private static final int[] STEP_X = {1, 0, 1, -1};
  private static final int[] STEP_Y = {0, 1, 1, 1};

  @Override
  public boolean needsCensusWords() {
    return true;
  }

  @Override
  public void costs(CostInputs inputs, int y, CostVolume volume) {
    int range = volume.range;
    byte[] cost = volume.cost;
    for (int x = 0; x < volume.width; x++) {
      int base = (y * volume.width + x) * range;
      int first = Math.min(range, inputs.firstInside(x));
      int end = Math.max(first, inputs.endInside(x, range));
      Arrays.fill(cost, base, base + first, CostInputs.OUTSIDE);
      Arrays.fill(cost, base + end, base + range, CostInputs.OUTSIDE);
      for (int d = first; d < end; d++) {
        cost[base + d] = (byte) cost(inputs, x, y, x - inputs.minDisparity() - d);
      }
    }
  }

  private static int cost(CostInputs inputs, int x, int y, int partner) {
    int row = y * inputs.left().width();
    int hamming = Long.bitCount(inputs.leftWords()[row + x] ^ inputs.rightWords()[row + partner]);
    byte[] a = inputs.left().array();
    byte[] b = inputs.right().array();
    int i = inputs.left().index(x, y);
    int k = inputs.right().index(partner, y);
    int color = 0;
    for (int c = 0; c < 3; c++) {
      color += Math.abs((a[i] & 0xff) - (b[k] & 0xff)) >> CostInputs.COLOR_SHIFT;
      int step = c < inputs.left().channels() - 1 ? 1 : 0; // gray counts three times
      i += step;
      k += step;
    }
    return hamming + Math.min(CostInputs.MAX_COLOR_COST, color);
  }

  @Override
  public void select(CostVolume volume, int y, short[] forward, short[] backward, Selection out) {
    int range = volume.range;
    int[] sums = new int[range];
    int[] bestOfRight = new int[volume.width];
    Arrays.fill(bestOfRight, Integer.MAX_VALUE);
    for (int x = 0; x < volume.width; x++) {
      int base = (y * volume.width + x) * range;
      int best = 0;
      for (int d = 0; d < range; d++) {
        sums[d] = forward[base + d] + backward[base + d];
        best = sums[d] < sums[best] ? d : best;
        int partner = x - out.minDisparity - d;
        if (partner >= 0 && partner < volume.width && sums[d] < bestOfRight[partner]) {
          bestOfRight[partner] = sums[d];
          out.right[y * volume.width + partner] = (short) d;
        }
      }
      int rivals = 0;
      double limit = out.rivalLimit(sums[best]);
      for (int d = 0; d < range; d++) {
        rivals += sums[d] < limit && Math.abs(d - best) > 1 ? 1 : 0;
      }
      float step = rivals > 0 ? Float.NaN : best;
      if (best > 0 && best < range - 1) {
        step += Selection.fraction(sums[best - 1], sums[best], sums[best + 1]);
      }
      out.left[y * volume.width + x] = step;
    }
  }

  @Override
  public void pathSums(CostVolume volume, Penalties penalties, boolean forward, short[] sums) {
    new Pass(volume, penalties, forward, sums).run();
  }

  private static final class Pass {
    private final CostVolume volume;
    private final Penalties penalties;
    private final int sign;
    private final short[] sums;
    private final int range;
    private final int[][][] before = new int[4][][];
    private final int[][][] current = new int[4][][];
    private final int[][] minBefore = new int[4][];
    private final int[][] minCurrent = new int[4][];
    private final int[] cost;
    private final int[] total;

    Pass(CostVolume volume, Penalties penalties, boolean forward, short[] sums) {
      this.volume = volume;
      this.penalties = penalties;
      this.sign = forward ? 1 : -1;
      this.sums = sums;
      this.range = volume.range;
      this.cost = new int[range + 2];
      this.total = new int[range + 2];
      for (int r = 0; r < 4; r++) {
        before[r] = paddedRow();
        current[r] = paddedRow();
        minBefore[r] = new int[volume.width + 2];
        minCurrent[r] = new int[volume.width + 2];
      }
    }

    private int[][] paddedRow() {
      int[][] out = new int[volume.width + 2][range + 2];
      for (int[] pixel : out) {
        pixel[0] = NEVER;
        pixel[range + 1] = NEVER;
      }
      return out;
    }

    void run() {
      int height = volume.height;
      for (int row = 0; row < height; row++) {
        int y = sign > 0 ? row : height - 1 - row;
        runRow(y);
        for (int r = 1; r < 4; r++) {
          int[][] swap = before[r];
          before[r] = current[r];
          current[r] = swap;
          int[] swapMin = minBefore[r];
          minBefore[r] = minCurrent[r];
          minCurrent[r] = swapMin;
        }
      }
    }

    private void runRow(int y) {
      int width = volume.width;
      for (int column = 0; column < width; column++) {
        int x = sign > 0 ? column : width - 1 - column;
        int base = (y * width + x) * range;
        for (int d = 0; d < range; d++) {
          cost[d + 1] = volume.cost[base + d];
        }
        Arrays.fill(total, 0);
        for (int r = 0; r < 4; r++) {
          step(r, x, y);
        }
        for (int d = 0; d < range; d++) {
          sums[base + d] = (short) total[d + 1];
        }
      }
    }

    private void step(int r, int x, int y) {
      int dx = sign * STEP_X[r];
      int dy = sign * STEP_Y[r];
      int x0 = x - dx;
      int y0 = y - dy;
      int[][] source = r == 0 ? current[0] : before[r];
      int[] sourceMin = r == 0 ? minCurrent[0] : minBefore[r];
      int[] out = current[r][x + 1];
      boolean starts = x0 < 0 || x0 >= volume.width || y0 < 0 || y0 >= volume.height;
      if (starts) {
        System.arraycopy(cost, 1, out, 1, range);
      } else {
        int large = penalties.large(r, y * volume.width + x, y0 * volume.width + x0);
        relax(cost, source[x0 + 1], sourceMin[x0 + 1], penalties.small, large, out);
      }
      minCurrent[r][x + 1] = addAndMin(out, total);
    }

    private void relax(int[] cost, int[] from, int min, int small, int large, int[] out) {
      int jump = min + large;
      for (int j = 1; j <= range; j++) {
        int near = Math.min(from[j - 1], from[j + 1]) + small;
        out[j] = cost[j] - min + Math.min(Math.min(from[j], near), jump);
      }
    }

    private int addAndMin(int[] values, int[] total) {
      int min = NEVER;
      for (int j = 1; j <= range; j++) {
        total[j] += values[j];
      }
      for (int j = 1; j <= range; j++) {
        min = Math.min(min, values[j]);
      }
      return min;
    }
  }
}
