package org.stereo4d.tracking.klt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.tracking.TrackedPoints;

/**
 * The embedded tracker, in plain Java: each point's own patch is found again in every frame.
 *
 * <p>See the package for the method. Confidence is {@code 1 - r^2 / (2 b^2)} of a visible entry,
 * with r the residual and b its bound, and 0 of a hidden one. The same bits for any number of
 * threads. Memory beside the result: two bytes per pixel and frame, and 1/8 of that for motion.
 */
public final class KltTracker implements PointTracker {
  private static final int BLOCK_QUERIES = 1024;

  /** Blocks between two reports of progress. */
  private static final int BATCH_BLOCKS = 64;

  /** Queries are grouped by squares of this many pixels, as a power of two. */
  private static final int TILE_BITS = 4;

  private static final int INDEX_BITS = 26;

  private final List<KltOptions> options;

  /** A tracker. */
  public KltTracker(KltOptions options) {
    this(List.of(options));
  }

  /**
   * One that tracks in several ways and says what most of them say: a point is visible where most
   * see it, at the median of the places they see it at. Slower by their number, and right more
   * often than any of them: see {@link KltOptions#MAJORITY}.
   *
   * @param options an odd number of ways, all by colour or none
   */
  public KltTracker(List<KltOptions> options) {
    Check.that(options.size() % 2 == 1, "options must be of odd number, were %s", options.size());
    Check.that(
        options.stream().map(KltOptions::usesColor).distinct().count() == 1,
        "all options must use colour or none, were %s",
        options);
    this.options = List.copyOf(options);
  }

  @Override
  public TrackedPoints track(Iterable<ByteImage> frames, QueryPoints queries, Progress progress) {
    Check.that(
        queries.count() < 1 << INDEX_BITS,
        "queries must be fewer than %s, were %s",
        1 << INDEX_BITS,
        queries.count());
    Clip clip = Clip.read(frames, options.get(0).usesColor(), progress);
    int frameCount = clip.frameCount();
    for (int i = 0; i < queries.count(); i++) {
      Check.that(
          queries.frame(i) < frameCount,
          "query %s: frame must be < %s, was %s",
          i,
          frameCount,
          queries.frame(i));
    }
    int entries = Math.multiplyExact(queries.count(), frameCount);
    float[] xy = new float[Math.multiplyExact(2, entries)];
    boolean[] visible = new boolean[entries];
    byte[] confidence = new byte[entries];
    List<int[]> blocks = blocks(queries);
    for (int done = 0; done < blocks.size(); ) {
      int from = done;
      int count = Math.min(BATCH_BLOCKS, blocks.size() - from);
      Parallel.blocks(
          count,
          1,
          (start, end) -> {
            for (int b = start; b < end; b++) {
              int[] members = blocks.get(from + b);
              Found found = track(clip, queries, members);
              for (int k = 0; k < members.length; k++) {
                int row = k * frameCount;
                int to = members[k] * frameCount;
                System.arraycopy(found.xy(), 2 * row, xy, 2 * to, 2 * frameCount);
                System.arraycopy(found.visible(), row, visible, to, frameCount);
                System.arraycopy(found.confidence(), row, confidence, to, frameCount);
              }
            }
          });
      done += count;
      if (progress.finishAfter(Step.of("track points", done, blocks.size()))) {
        break;
      }
    }
    Tracks2d tracks = Tracks2d.wrap(queries, frameCount, xy, visible);
    return TrackedPoints.wrap(tracks, confidence);
  }

  private Found track(Clip clip, QueryPoints queries, int[] members) {
    List<Found> voters = new ArrayList<>();
    for (KltOptions way : options) {
      voters.add(new QueryBlock(clip, queries, members, way).run());
    }
    return Found.ofMost(voters);
  }

  /**
   * Where the points of a block were found, row by row.
   *
   * @param xy raster places
   * @param visible which were in sight
   * @param confidence of those in sight; see {@link org.stereo4d.tracking.TrackedPoints#quantized}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Found(int points, int frameCount, float[] xy, boolean[] visible, byte[] confidence) {
    /** One with nothing found yet. */
    static Found of(int points, int frameCount) {
      int entries = Math.multiplyExact(points, frameCount);
      return new Found(
          points, frameCount, new float[2 * entries], new boolean[entries], new byte[entries]);
    }

    /**
     * What most of several say of the same points: an entry is in sight where most see it, at the
     * median of the places they see it at, and elsewhere at the place of the first. Confidence is
     * the mean of all.
     */
    static Found ofMost(List<Found> voters) {
      Found first = voters.get(0);
      if (voters.size() == 1) {
        return first;
      }
      Found out = of(first.points, first.frameCount);
      float[] x = new float[voters.size()];
      float[] y = new float[voters.size()];
      for (int e = 0; e < out.visible.length; e++) {
        int seen = 0;
        int confidence = 0;
        for (Found voter : voters) {
          if (voter.visible[e]) {
            x[seen] = voter.xy[2 * e];
            y[seen++] = voter.xy[2 * e + 1];
            confidence += voter.confidence[e] & 0xff;
          }
        }
        boolean most = 2 * seen > voters.size();
        out.visible[e] = most;
        out.xy[2 * e] = most ? median(x, seen) : first.xy[2 * e];
        out.xy[2 * e + 1] = most ? median(y, seen) : first.xy[2 * e + 1];
        out.confidence[e] = (byte) (most ? confidence / voters.size() : 0);
      }
      return out;
    }

    private static float median(float[] values, int count) {
      Arrays.sort(values, 0, count);
      return 0.5f * (values[(count - 1) / 2] + values[count / 2]);
    }
  }

  /** Queries of one frame in blocks, each spread over the picture; always the same blocks. */
  private static List<int[]> blocks(QueryPoints queries) {
    long[] keys = new long[queries.count()];
    for (int i = 0; i < keys.length; i++) {
      long tile =
          (spread(queries.yPx(i)) << 1 | spread(queries.xPx(i)))
              & ((1L << 2 * (16 - TILE_BITS)) - 1);
      keys[i] = ((long) queries.frame(i) << 2 * (16 - TILE_BITS) | tile) << INDEX_BITS | i;
    }
    Arrays.sort(keys);
    List<int[]> out = new ArrayList<>();
    for (int start = 0; start < keys.length; ) {
      int frame = queries.frame(index(keys[start]));
      int end = start;
      while (end < keys.length && queries.frame(index(keys[end])) == frame) {
        end++;
      }
      deal(keys, start, end, out);
      start = end;
    }
    return out;
  }

  /** Deals the queries of one frame out in turn, so that every block covers the whole picture. */
  private static void deal(long[] keys, int start, int end, List<int[]> out) {
    int blocks = (end - start + BLOCK_QUERIES - 1) / BLOCK_QUERIES;
    for (int b = 0; b < blocks; b++) {
      int[] block = new int[(end - start - b + blocks - 1) / blocks];
      for (int k = 0; k < block.length; k++) {
        block[k] = index(keys[start + b + k * blocks]);
      }
      out.add(block);
    }
  }

  private static int index(long key) {
    return (int) (key & ((1L << INDEX_BITS) - 1));
  }

  /** Bits of the tile number with a zero before each, so that two can be woven. */
  private static long spread(float raster) {
    int tile = (int) Math.max(0, Math.min((1 << 16) - 1, raster)) >> TILE_BITS;
    long out = 0;
    for (int bit = 0; bit < 16 - TILE_BITS; bit++) {
      out |= (long) (tile >> bit & 1) << 2 * bit;
    }
    return out;
  }
}
