package org.stereo4d.tracking.klt;

/**
 * Estimates coarse motion between two frames: patches every four pixels of each pyramid level, from
 * coarse to fine.
 *
 * <p>A patch takes the best of the motions of its four parents and of the neighbours already found,
 * refines it, and in a second, backward sweep takes over the motions of its other neighbours where
 * those fit better. So motion spreads into parts without texture and stays sharp at edges.
 */
final class GridFlow {
  private static final int STEP = 4;

  /** The finest level that is searched; its grid has a node every 8 px of the frame. */
  private static final int FINEST = 1;

  private final Pyramid from;
  private final Pyramid to;

  private GridFlow(Pyramid from, Pyramid to) {
    this.from = from;
    this.to = to;
  }

  /** Motion from one frame to another. */
  static FlowGrid between(Pyramid from, Pyramid to) {
    return new GridFlow(from, to).run();
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
          int pc = clamp((c - 1 >> 1) + (k & 1), coarseColumns);
          int pr = clamp((r - 1 >> 1) + (k >> 1), coarseRows);
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

  private static int clamp(int index, int count) {
    return Math.max(0, Math.min(count - 1, index));
  }
}
