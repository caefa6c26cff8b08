package org.stereo4d.track;

import org.stereo4d.run.Check;

/**
 * Points followed through the frames of one view: (n, T) positions in raster pixels.
 *
 * <p>Entry (i, t) is at {@code xy()[2 * (i * T + t)]}. Hidden entries hold any finite number.
 */
public final class Tracks2d {
  private final QueryPoints queries;
  private final int frameCount;
  private final float[] xy;
  private final boolean[] visible;

  private Tracks2d(QueryPoints queries, int frameCount, float[] xy, boolean[] visible) {
    this.queries = queries;
    this.frameCount = frameCount;
    this.xy = xy;
    this.visible = visible;
  }

  /**
   * Tracks on the given arrays, which are not copied except for one repair: an entry that is not
   * finite becomes 0 and hidden.
   *
   * @param queries where each track starts; frames in [0, T)
   * @param frameCount T, > 0
   * @param xy n x T x 2
   * @param visible n x T
   */
  public static Tracks2d wrap(QueryPoints queries, int frameCount, float[] xy, boolean[] visible) {
    Check.that(frameCount > 0, "frameCount must be > 0, was %s", frameCount);
    long entries = (long) queries.count() * frameCount;
    Check.that(
        xy.length == 2 * entries && visible.length == entries,
        "%s tracks x %s frames need %s flags, had %s flags and %s coordinates",
        queries.count(),
        frameCount,
        entries,
        visible.length,
        xy.length);
    for (int i = 0; i < queries.count(); i++) {
      Check.that(
          queries.frame(i) < frameCount,
          "query %s: frame must be < %s, was %s",
          i,
          frameCount,
          queries.frame(i));
    }
    for (int k = 0; k < visible.length; k++) {
      if (!Float.isFinite(xy[2 * k]) || !Float.isFinite(xy[2 * k + 1])) {
        xy[2 * k] = 0;
        xy[2 * k + 1] = 0;
        visible[k] = false;
      }
    }
    return new Tracks2d(queries, frameCount, xy, visible);
  }

  static int countTrue(boolean[] flags) {
    int n = 0;
    for (boolean flag : flags) {
      n += flag ? 1 : 0;
    }
    return n;
  }

  /** Number of tracks n. */
  public int count() {
    return queries.count();
  }

  /** Number of frames T. */
  public int frameCount() {
    return frameCount;
  }

  /** Where each track was asked for. */
  public QueryPoints queries() {
    return queries;
  }

  /** Positions, n x T x 2, not copied. */
  public float[] xy() {
    return xy;
  }

  /** Visibility, n x T, not copied. */
  public boolean[] visible() {
    return visible;
  }

  /** Raster x of an entry. */
  public float xPx(int track, int frame) {
    return xy[2 * (track * frameCount + frame)];
  }

  /** Raster y of an entry. */
  public float yPx(int track, int frame) {
    return xy[2 * (track * frameCount + frame) + 1];
  }

  /** Visibility of an entry. */
  public boolean isVisible(int track, int frame) {
    return visible[track * frameCount + frame];
  }

  /** The tracks with a flag, in order. */
  public Tracks2d select(boolean[] keep) {
    QueryPoints kept = queries.select(keep);
    float[] newXy = new float[2 * kept.count() * frameCount];
    boolean[] newVisible = new boolean[kept.count() * frameCount];
    for (int i = 0, k = 0; i < keep.length; i++) {
      if (keep[i]) {
        System.arraycopy(xy, 2 * i * frameCount, newXy, 2 * k * frameCount, 2 * frameCount);
        System.arraycopy(visible, i * frameCount, newVisible, k * frameCount, frameCount);
        k++;
      }
    }
    return new Tracks2d(kept, frameCount, newXy, newVisible);
  }
}
