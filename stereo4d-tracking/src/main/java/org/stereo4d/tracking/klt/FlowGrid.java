package org.stereo4d.tracking.klt;

/**
 * Motion from one frame to the next on a coarse grid.
 *
 * <p>Node (c, r) stands for the index place {@code first + step c, first + step r} of the frame.
 */
final class FlowGrid {
  private final double firstIndex;
  private final double stepPx;
  private final int columns;
  private final int rows;
  private final float[] dxDy;

  FlowGrid(double firstIndex, double stepPx, int columns, int rows, float[] dxDy) {
    this.firstIndex = firstIndex;
    this.stepPx = stepPx;
    this.columns = columns;
    this.rows = rows;
    this.dxDy = dxDy;
  }

  /** A grid that says nothing moves. */
  static FlowGrid still() {
    return new FlowGrid(0, 1, 1, 1, new float[2]);
  }

  /**
   * The motions of the four nodes around a place, nearest first in no order: x, y of each.
   *
   * @param out receives eight numbers
   * @return the largest difference of a component among them, px
   */
  double around(double xIndex, double yIndex, double[] out) {
    int c = clamp((int) Math.floor((xIndex - firstIndex) / stepPx), columns - 2);
    int r = clamp((int) Math.floor((yIndex - firstIndex) / stepPx), rows - 2);
    int right = columns > 1 ? 1 : 0;
    int down = rows > 1 ? 1 : 0;
    double lowX = Double.POSITIVE_INFINITY;
    double lowY = lowX;
    double highX = Double.NEGATIVE_INFINITY;
    double highY = highX;
    for (int k = 0; k < 4; k++) {
      int node = 2 * ((r + (k >> 1) * down) * columns + c + (k & 1) * right);
      out[2 * k] = dxDy[node];
      out[2 * k + 1] = dxDy[node + 1];
      lowX = Math.min(lowX, out[2 * k]);
      highX = Math.max(highX, out[2 * k]);
      lowY = Math.min(lowY, out[2 * k + 1]);
      highY = Math.max(highY, out[2 * k + 1]);
    }
    return Math.max(highX - lowX, highY - lowY);
  }

  /** Bilinear mix of the four motions that {@link #around} gave for the same place. */
  void mix(double xIndex, double yIndex, double[] four, double[] dxDyOut) {
    double u = (xIndex - firstIndex) / stepPx;
    double v = (yIndex - firstIndex) / stepPx;
    double tx = Math.max(0, Math.min(1, u - clamp((int) Math.floor(u), columns - 2)));
    double ty = Math.max(0, Math.min(1, v - clamp((int) Math.floor(v), rows - 2)));
    for (int a = 0; a < 2; a++) {
      double top = four[a] + tx * (four[2 + a] - four[a]);
      double bottom = four[4 + a] + tx * (four[6 + a] - four[4 + a]);
      dxDyOut[a] = top + ty * (bottom - top);
    }
  }

  private static int clamp(int index, int last) {
    return Math.max(0, Math.min(Math.max(0, last), index));
  }
}
