package org.stereo4d.tracking.klt;

/**
 * Where the points of a block were at up to eight frames from the query to {@link #LAG_FRAMES}
 * before the present one, and at the present one.
 */
final class BlockPast implements Companions.Past {
  /** A point is believed up to so many frames before it was found lost. */
  private static final int LAG_FRAMES = 5;

  private static final int MOST = 8;

  private final KltTracker.Found found;
  private final int[] members;
  private final int frameCount;
  private final int[] frames;

  /**
   * Samples of the past.
   *
   * @param start frame of the queries
   * @param t the present frame, already written
   */
  BlockPast(
      KltTracker.Found found, int[] members, int frameCount, int start, int t, int direction) {
    this.found = found;
    this.members = members;
    this.frameCount = frameCount;
    int length = Math.max(0, Math.abs(t - start) - LAG_FRAMES);
    int count = Math.min(MOST, length + 1);
    this.frames = new int[count + 1];
    for (int s = 0; s < count; s++) {
      frames[s] = start + direction * (count == 1 ? 0 : length * s / (count - 1));
    }
    frames[count] = t;
  }

  private int entry(int point, int sample) {
    return members[point] * frameCount + frames[sample];
  }

  @Override
  public int reference() {
    return frames.length - 2;
  }

  @Override
  public double x(int point, int sample) {
    return found.xy()[2 * entry(point, sample)] - 0.5;
  }

  @Override
  public double y(int point, int sample) {
    return found.xy()[2 * entry(point, sample) + 1] - 0.5;
  }

  @Override
  public boolean visible(int point, int sample) {
    return found.visible()[entry(point, sample)];
  }
}
