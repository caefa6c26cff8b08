package org.stereo4d.tracking;

import java.util.SplittableRandom;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.track.QueryPoints;

/**
 * Asks for a grid of points on every few frames (spec D.1).
 *
 * <p>Rows and columns are {@code s/2, s/2 + s, ...} for stride s. Jitter adds an even draw from
 * {@code [floor(-s/2), floor(s/2))} to each, clips to the picture and truncates to whole numbers.
 * Order: frame, row, column. The whole numbers are raster coordinates, as in the reference.
 *
 * @param everyFrames frames from one grid to the next; > 0. Default 10, the reference's
 * @param stridePx rows and columns from one query to the next; > 0. Default 4, the reference's
 * @param jittered whether queries are moved at random. Default true, the reference's
 * @param seed draws the jitter; the reference is unseeded
 */
public record QueryGrid(int everyFrames, int stridePx, boolean jittered, long seed) {
  /** Every 10th frame, every 4 px, jittered, seed 0: 16 384 queries per frame of 512x512. */
  public static final QueryGrid DEFAULTS = new QueryGrid(10, 4, true, 0);

  /** Checks both steps. */
  public QueryGrid {
    Check.that(everyFrames > 0, "everyFrames must be > 0, was %s", everyFrames);
    Check.that(stridePx > 0, "stridePx must be > 0, was %s", stridePx);
  }

  /** This grid on other frames. */
  public QueryGrid withEveryFrames(int everyFrames) {
    return new QueryGrid(everyFrames, stridePx, jittered, seed);
  }

  /** This grid with another stride, px. */
  public QueryGrid withStridePx(int stridePx) {
    return new QueryGrid(everyFrames, stridePx, jittered, seed);
  }

  /** This grid with or without jitter. */
  public QueryGrid withJittered(boolean jittered) {
    return new QueryGrid(everyFrames, stridePx, jittered, seed);
  }

  /** This grid with another seed. */
  public QueryGrid withSeed(long seed) {
    return new QueryGrid(everyFrames, stridePx, jittered, seed);
  }

  /**
   * The queries of a clip.
   *
   * @param frameCount frames of the clip; > 0
   */
  public QueryPoints queries(ImageSize size, int frameCount) {
    Check.that(frameCount > 0, "frameCount must be > 0, was %s", frameCount);
    int rows = lines(size.height());
    int columns = lines(size.width());
    int grids = (frameCount - 1) / everyFrames + 1;
    int count = Math.multiplyExact(Math.multiplyExact(rows, columns), grids);
    int[] frames = new int[count];
    float[] xy = new float[Math.multiplyExact(2, count)];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      int cell = i % (rows * columns);
      frames[i] = i / (rows * columns) * everyFrames;
      int row = line(cell / columns);
      int column = line(cell % columns);
      xy[2 * i + 1] = jittered ? moved(row, size.height(), random) : row;
      xy[2 * i] = jittered ? moved(column, size.width(), random) : column;
    }
    return QueryPoints.wrap(frames, xy);
  }

  private int lines(int side) {
    int first = stridePx / 2;
    return side <= first ? 0 : (side - first - 1) / stridePx + 1;
  }

  private int line(int index) {
    return stridePx / 2 + index * stridePx;
  }

  private int moved(int line, int side, SplittableRandom random) {
    int low = Math.floorDiv(-stridePx, 2);
    int high = stridePx / 2;
    double moved = high > low ? line + low + random.nextDouble() * (high - low) : line;
    return (int) Math.max(0, Math.min(side - 1, moved));
  }
}
