package org.stereo4d.tracking;

import java.util.Arrays;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

/**
 * Drops tracks that start where an older track already is (spec D.3).
 *
 * <p>Frames with queries are taken in order. A query is kept when no track kept from an earlier
 * frame, and visible now, lies within the threshold. Queries of one frame are not compared with
 * each other. Exact: places are sorted into square buckets at least as wide as the threshold, so
 * nine buckets hold every place that can matter.
 *
 * @param thresholdPx a query this near to an older track is dropped; >= 0, finite. Default 1, the
 *     reference's
 */
public record TrackPruner(double thresholdPx) {
  /** Threshold 1 px. */
  public static final TrackPruner DEFAULTS = new TrackPruner(1);

  private static final int BLOCK = 4096;

  /** Checks the threshold. */
  public TrackPruner {
    Check.that(
        thresholdPx >= 0 && Double.isFinite(thresholdPx),
        "thresholdPx must be >= 0 and finite, was %s",
        thresholdPx);
  }

  /** The kept tracks, in order. */
  public Tracks2d prune(Tracks2d tracks) {
    return tracks.select(keep(tracks));
  }

  /** Whether each track is kept. */
  public boolean[] keep(Tracks2d tracks) {
    int[][] byFrame = queriesByFrame(tracks.queries(), tracks.frameCount());
    boolean[] keep = new boolean[tracks.count()];
    int[] kept = new int[tracks.count()];
    int keptCount = 0;
    for (int frame = 0; frame < byFrame.length; frame++) {
      int[] here = byFrame[frame];
      if (here.length == 0) {
        continue;
      }
      Buckets buckets = Buckets.around(tracks.queries(), here, thresholdPx, keptCount);
      buckets.fill(tracks, frame, kept, keptCount);
      QueryPoints queries = tracks.queries();
      Parallel.blocks(
          here.length,
          BLOCK,
          (start, end) -> {
            for (int k = start; k < end; k++) {
              int i = here[k];
              keep[i] = !buckets.anyWithin(queries.xPx(i), queries.yPx(i));
            }
          });
      for (int i : here) {
        if (keep[i]) {
          kept[keptCount++] = i;
        }
      }
    }
    return keep;
  }

  private static int[][] queriesByFrame(QueryPoints queries, int frameCount) {
    int[] counts = new int[frameCount];
    for (int i = 0; i < queries.count(); i++) {
      counts[queries.frame(i)]++;
    }
    int[][] out = new int[frameCount][];
    for (int t = 0; t < frameCount; t++) {
      out[t] = new int[counts[t]];
    }
    Arrays.fill(counts, 0);
    for (int i = 0; i < queries.count(); i++) {
      int t = queries.frame(i);
      out[t][counts[t]++] = i;
    }
    return out;
  }

  /** Places of one frame sorted by square cells over the box of its queries. */
  private static final class Buckets {
    private final double thresholdPx;
    private final double left;
    private final double top;
    private final double cellPx;
    private final int columns;
    private final int rows;
    private final int[] start;
    private float[] xy = {};

    private Buckets(
        double thresholdPx, double left, double top, double cellPx, int columns, int rows) {
      this.thresholdPx = thresholdPx;
      this.left = left;
      this.top = top;
      this.cellPx = cellPx;
      this.columns = columns;
      this.rows = rows;
      this.start = new int[columns * rows + 1];
    }

    static Buckets around(QueryPoints queries, int[] members, double thresholdPx, int places) {
      double left = Double.POSITIVE_INFINITY;
      double top = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      double bottom = Double.NEGATIVE_INFINITY;
      for (int i : members) {
        left = Math.min(left, queries.xPx(i));
        right = Math.max(right, queries.xPx(i));
        top = Math.min(top, queries.yPx(i));
        bottom = Math.max(bottom, queries.yPx(i));
      }
      double width = right - left + 2 * thresholdPx;
      double height = bottom - top + 2 * thresholdPx;
      // about as many cells as places and queries, never more than a few millions
      double cells = Math.min(4e6, 4.0 * (places + members.length));
      double cellPx = Math.max(Math.max(thresholdPx, 1e-3), Math.sqrt(width * height / cells));
      cellPx = Math.max(cellPx, Math.max(width, height) / cells);
      int columns = (int) (width / cellPx) + 1;
      int rows = (int) (height / cellPx) + 1;
      return new Buckets(thresholdPx, left - thresholdPx, top - thresholdPx, cellPx, columns, rows);
    }

    void fill(Tracks2d tracks, int frame, int[] kept, int keptCount) {
      int[] cells = new int[keptCount];
      float[] places = new float[2 * keptCount];
      Parallel.blocks(
          keptCount,
          BLOCK,
          (from, to) -> {
            for (int k = from; k < to; k++) {
              cells[k] =
                  tracks.isVisible(kept[k], frame) ? place(tracks, frame, kept[k], places, k) : -1;
            }
          });
      for (int cell : cells) {
        if (cell >= 0) {
          start[cell + 1]++;
        }
      }
      for (int c = 0; c < start.length - 1; c++) {
        start[c + 1] += start[c];
      }
      xy = new float[2 * start[start.length - 1]];
      int[] next = Arrays.copyOf(start, start.length);
      for (int k = 0; k < keptCount; k++) {
        if (cells[k] >= 0) {
          int to = next[cells[k]]++;
          xy[2 * to] = places[2 * k];
          xy[2 * to + 1] = places[2 * k + 1];
        }
      }
    }

    private int place(Tracks2d tracks, int frame, int track, float[] places, int k) {
      places[2 * k] = tracks.xPx(track, frame);
      places[2 * k + 1] = tracks.yPx(track, frame);
      double column = Math.floor((places[2 * k] - left) / cellPx);
      double row = Math.floor((places[2 * k + 1] - top) / cellPx);
      boolean inside = column >= 0 && column < columns && row >= 0 && row < rows;
      return inside ? (int) row * columns + (int) column : -1;
    }

    boolean anyWithin(double xPx, double yPx) {
      int column = (int) Math.floor((xPx - left) / cellPx);
      int row = (int) Math.floor((yPx - top) / cellPx);
      int firstColumn = Math.max(0, column - 1);
      int lastColumn = Math.min(columns - 1, column + 1);
      double limit = thresholdPx * thresholdPx;
      for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        int end = start[r * columns + lastColumn + 1];
        for (int k = start[r * columns + firstColumn]; k < end; k++) {
          double dx = xy[2 * k] - xPx;
          double dy = xy[2 * k + 1] - yPx;
          if (dx * dx + dy * dy <= limit) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
