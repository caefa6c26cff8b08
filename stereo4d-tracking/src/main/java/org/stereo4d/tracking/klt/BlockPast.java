package org.stereo4d.tracking.klt;

/**
 * Where the points of a block were at up to eight frames from the query to {@link #LAG_FRAMES}
 * before the present one, and at the present one. A table of its own, since many points ask and the
 * rows of the result lie far apart in memory.
 */
final class BlockPast implements Companions.Past {
  /** A point is believed up to so many frames before it was found lost. */
  private static final int LAG_FRAMES = 5;

  private static final int MOST = 8;

  private final KltTracker.Found found;
  private final int[] members;
  private final int frameCount;
  private final int start;

  /** Raster places of all points at one sample after another. */
  private final float[] x;

  private final float[] y;
  private final boolean[] visible;
  private int samples;
  private int present = -1;
  private int direction;

  /**
   * An empty past.
   *
   * @param start frame of the queries
   */
  BlockPast(KltTracker.Found found, int[] members, int frameCount, int start) {
    this.found = found;
    this.members = members;
    this.frameCount = frameCount;
    this.start = start;
    this.x = new float[(MOST + 1) * members.length];
    this.y = new float[(MOST + 1) * members.length];
    this.visible = new boolean[(MOST + 1) * members.length];
  }

  /**
   * The past as seen from a frame.
   *
   * @param t the present frame, already written
   * @param direction 1 or -1, of time
   */
  BlockPast at(int t, int direction) {
    if (t != present || direction != this.direction) {
      present = t;
      this.direction = direction;
      int length = Math.max(0, Math.abs(t - start) - LAG_FRAMES);
      int count = Math.min(MOST, length + 1);
      for (int s = 0; s < count; s++) {
        copy(s, start + direction * (count == 1 ? 0 : length * s / (count - 1)));
      }
      copy(count, t);
      samples = count + 1;
    }
    return this;
  }

  private void copy(int sample, int frame) {
    for (int j = 0, to = sample * members.length; j < members.length; j++, to++) {
      int from = members[j] * frameCount + frame;
      x[to] = found.xy()[2 * from];
      y[to] = found.xy()[2 * from + 1];
      visible[to] = found.visible()[from];
    }
  }

  @Override
  public int reference() {
    return samples - 2;
  }

  @Override
  public double x(int point, int sample) {
    return x[sample * members.length + point] - 0.5;
  }

  @Override
  public double y(int point, int sample) {
    return y[sample * members.length + point] - 0.5;
  }

  @Override
  public boolean visible(int point, int sample) {
    return visible[sample * members.length + point];
  }
}
