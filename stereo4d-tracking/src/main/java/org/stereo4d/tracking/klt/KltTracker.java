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

  private final KltOptions options;

  /** A tracker. */
  public KltTracker(KltOptions options) {
    this.options = options;
  }

  @Override
  public TrackedPoints track(Iterable<ByteImage> frames, QueryPoints queries, Progress progress) {
    Check.that(
        queries.count() < 1 << INDEX_BITS,
        "queries must be fewer than %s, were %s",
        1 << INDEX_BITS,
        queries.count());
    Clip clip = Clip.read(frames, options.usesColor(), progress);
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
    Found found =
        new Found(
            new float[Math.multiplyExact(2, entries)], new boolean[entries], new byte[entries]);
    List<int[]> blocks = blocks(queries);
    for (int done = 0; done < blocks.size(); ) {
      int from = done;
      int count = Math.min(BATCH_BLOCKS, blocks.size() - from);
      Parallel.blocks(
          count,
          1,
          (start, end) -> {
            for (int b = start; b < end; b++) {
              new QueryBlock(clip, queries, blocks.get(from + b), options, found).run();
            }
          });
      done += count;
      if (progress.finishAfter(Step.of("track points", done, blocks.size()))) {
        break;
      }
    }
    Tracks2d tracks = Tracks2d.wrap(queries, frameCount, found.xy, found.visible);
    return TrackedPoints.wrap(tracks, found.confidence);
  }

  /** The arrays of the result; each block writes the rows of its own queries. */
  @SuppressWarnings("ArrayRecordComponent")
  record Found(float[] xy, boolean[] visible, byte[] confidence) {}

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
