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

  /** Motion from one frame to another. */
  static FlowGrid between(Pyramid from, Pyramid to) {
    return new Search(from, to).run();
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

  /**
   * Estimates coarse motion between two frames: patches every four pixels of each pyramid level,
   * from coarse to fine.
   *
   * <p>A patch takes the best of the motions of its four parents and of the neighbours already
   * found, refines it, and in a second, backward sweep takes over the motions of its other
   * neighbours where those fit better. So motion spreads into parts without texture and stays sharp
   * at edges.
   */
  private static final class Search {
    private static final int STEP = 4;

    /** The finest level that is searched; its grid has a node every 8 px of the frame. */
    private static final int FINEST = 1;

    private final Pyramid from;
    private final Pyramid to;

    Search(Pyramid from, Pyramid to) {
      this.from = from;
      this.to = to;
    }

    private static int nodes(int side) {
      return (side - PatchSearch.SIDE) / STEP + 1;
    }

    private FlowGrid run() {
      Pyramid.Level base = from.level(0);
      if (Math.min(base.width(), base.height()) < PatchSearch.SIDE) {
        return FlowGrid.still();
      }
      int finest = Math.min(FINEST, from.count() - 1);
      float[] motion = {};
      for (int level = from.count() - 1; level >= finest; level--) {
        motion = search(level, motion);
      }
      Pyramid.Level last = from.level(finest);
      int scale = 1 << finest;
      for (int i = 0; i < motion.length; i++) {
        motion[i] *= scale;
      }
      // centre of the first patch, (SIDE - 1) / 2 of the level, in pixels of the frame
      double first = (PatchSearch.SIDE / 2.0) * scale - 0.5;
      return new FlowGrid(first, STEP * scale, nodes(last.width()), nodes(last.height()), motion);
    }

    private float[] search(int level, float[] coarse) {
      Pyramid.Level here = from.level(level);
      PatchSearch search = new PatchSearch(here, to.level(level));
      int columns = nodes(here.width());
      int rows = nodes(here.height());
      float[] motion = new float[2 * columns * rows];
      float[] cost = new float[columns * rows];
      int coarseColumns = coarse.length == 0 ? 0 : nodes(from.level(level + 1).width());
      int coarseRows = coarse.length == 0 ? 0 : nodes(from.level(level + 1).height());
      double[] best = new double[3];
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int node = r * columns + c;
          search.take(c * STEP, r * STEP);
          best[2] = Double.POSITIVE_INFINITY;
          if (coarse.length == 0) {
            offer(search, 0, 0, best);
          }
          for (int k = 0; k < 4 && coarse.length > 0; k++) {
            // node c of a level lies at c / 2 - 1/2 of the grid above
            int pc = clamp((c - 1 >> 1) + (k & 1), coarseColumns - 1);
            int pr = clamp((r - 1 >> 1) + (k >> 1), coarseRows - 1);
            int parent = 2 * (pr * coarseColumns + pc);
            offer(search, 2 * coarse[parent], 2 * coarse[parent + 1], best);
          }
          offerNode(search, motion, node - 1, c > 0, best);
          offerNode(search, motion, node - columns, r > 0, best);
          search.refine(best[0], best[1], best[2]);
          store(search, motion, cost, node);
        }
      }
      for (int r = rows - 1; r >= 0; r--) {
        for (int c = columns - 1; c >= 0; c--) {
          int node = r * columns + c;
          if (!isNew(motion, node, node + 1, c + 1 < columns)
              && !isNew(motion, node, node + columns, r + 1 < rows)) {
            continue;
          }
          search.take(c * STEP, r * STEP);
          best[0] = motion[2 * node];
          best[1] = motion[2 * node + 1];
          best[2] = cost[node];
          offerNode(search, motion, node + 1, c + 1 < columns, best);
          offerNode(search, motion, node + columns, r + 1 < rows, best);
          if (best[2] < cost[node]) {
            search.refine(best[0], best[1], best[2]);
            store(search, motion, cost, node);
          }
        }
      }
      return motion;
    }

    private static void store(PatchSearch search, float[] motion, float[] cost, int node) {
      motion[2 * node] = (float) search.dx;
      motion[2 * node + 1] = (float) search.dy;
      cost[node] = (float) search.cost;
    }

    private static boolean isNew(float[] motion, int node, int other, boolean exists) {
      return exists
          && Math.abs(motion[2 * node] - motion[2 * other])
                  + Math.abs(motion[2 * node + 1] - motion[2 * other + 1])
              > 0.5f;
    }

    private static void offerNode(
        PatchSearch search, float[] motion, int node, boolean exists, double[] best) {
      if (exists) {
        offer(search, motion[2 * node], motion[2 * node + 1], best);
      }
    }

    private static void offer(PatchSearch search, double dx, double dy, double[] best) {
      if (best[2] < Double.POSITIVE_INFINITY
          && Math.abs(dx - best[0]) + Math.abs(dy - best[1]) < 0.1) {
        return;
      }
      double cost = search.costOf(dx, dy);
      if (cost < best[2]) {
        best[0] = dx;
        best[1] = dy;
        best[2] = cost;
      }
    }
  }
}
