package org.stereo4d.depth.sgm;

import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Parallel;

/**
 * P1, and P2 for each pixel and direction: {@code P2 - a (P2 - P1) min(1, |I(p) - I(p - r)| / 32)}.
 * Directions: 0 left-right, 1 up-down, 2 and 3 the diagonals.
 */
public final class Penalties {
  private static final double STRONG_EDGE = 32;

  /** P1. */
  public final int small;

  /** Per direction and pixel, row-major; the edge between p and its neighbour before it. */
  public final short[][] large;

  private Penalties(int small, short[][] large) {
    this.small = small;
    this.large = large;
  }

  static Penalties of(ByteImage gray, SemiGlobalOptions options) {
    short[] byEdge = new short[256];
    for (int edge = 0; edge < 256; edge++) {
      double strength = Math.min(1, edge / STRONG_EDGE);
      double drop =
          options.edgeAdaptation() * (options.largePenalty() - options.smallPenalty()) * strength;
      byEdge[edge] = (short) Math.rint(options.largePenalty() - drop);
    }
    int[] stepX = {-1, 0, -1, 1};
    int[] stepY = {0, -1, -1, -1};
    int width = gray.width();
    short[][] large = new short[4][width * gray.height()];
    Parallel.rows(
        gray.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            for (int x = 0; x < width; x++) {
              for (int r = 0; r < 4; r++) {
                int x0 = Math.max(0, Math.min(width - 1, x + stepX[r]));
                int y0 = Math.max(0, y + stepY[r]);
                int here = gray.array()[gray.index(x, y)] & 0xff;
                int before = gray.array()[gray.index(x0, y0)] & 0xff;
                large[r][y * width + x] = byEdge[Math.abs(here - before)];
              }
            }
          }
        });
    return new Penalties(options.smallPenalty(), large);
  }

  /**
   * P2 between a pixel and the pixel before it on a path. The edge is stored at the later of both
   * in raster order.
   *
   * @param pixel index of the pixel
   * @param before index of the pixel before it
   */
  public int large(int direction, int pixel, int before) {
    return large[direction][Math.max(pixel, before)];
  }
}
