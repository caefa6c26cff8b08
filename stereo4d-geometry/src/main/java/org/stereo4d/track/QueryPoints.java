package org.stereo4d.track;

import org.stereo4d.run.Check;

/** Where and when each track is asked for. */
public final class QueryPoints {
  private final int[] frameIndex;
  private final float[] xyPx;

  private QueryPoints(int[] frameIndex, float[] xyPx) {
    this.frameIndex = frameIndex;
    this.xyPx = xyPx;
  }

  /**
   * Queries on the given arrays, which are not copied.
   *
   * @param frameIndex frame of each query, >= 0
   * @param xyPx raster x and y of each query, finite
   */
  public static QueryPoints wrap(int[] frameIndex, float[] xyPx) {
    Check.that(
        xyPx.length == 2L * frameIndex.length,
        "xyPx must hold 2 numbers per query, held %s for %s queries",
        xyPx.length,
        frameIndex.length);
    for (int i = 0; i < frameIndex.length; i++) {
      Check.that(frameIndex[i] >= 0, "query %s: frame must be >= 0, was %s", i, frameIndex[i]);
      Check.that(
          Float.isFinite(xyPx[2 * i]) && Float.isFinite(xyPx[2 * i + 1]),
          "query %s: position must be finite, was (%s, %s)",
          i,
          xyPx[2 * i],
          xyPx[2 * i + 1]);
    }
    return new QueryPoints(frameIndex, xyPx);
  }

  /** Number of queries. */
  public int count() {
    return frameIndex.length;
  }

  /** Frame of a query. */
  public int frame(int query) {
    return frameIndex[query];
  }

  /** Raster x of a query. */
  public float xPx(int query) {
    return xyPx[2 * query];
  }

  /** Raster y of a query. */
  public float yPx(int query) {
    return xyPx[2 * query + 1];
  }

  /** The queries with a flag, in order. */
  public QueryPoints select(boolean[] keep) {
    Check.that(keep.length == count(), "keep has %s flags for %s queries", keep.length, count());
    int n = Tracks2d.countTrue(keep);
    int[] frames = new int[n];
    float[] xy = new float[2 * n];
    for (int i = 0, k = 0; i < keep.length; i++) {
      if (keep[i]) {
        frames[k] = frameIndex[i];
        xy[2 * k] = xyPx[2 * i];
        xy[2 * k + 1] = xyPx[2 * i + 1];
        k++;
      }
    }
    return new QueryPoints(frames, xy);
  }
}
