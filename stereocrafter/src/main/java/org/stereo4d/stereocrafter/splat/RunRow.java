package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One row in single precision.
 *
 * <p>Neighbours mostly move by the same number of whole pixels. A cell that only two such
 * neighbours reach is their weighted mean, which a {@link PairKernel} finds for many pairs at once.
 * The other cells, where runs of pixels that move alike begin, end or meet and where nothing
 * arrives, collect one pixel after another; rows that have little else are summed that way
 * altogether.
 */
final class RunRow implements RowKernel {
  /** Pixels per run below which all cells of a row collect. */
  private static final int WORTHWHILE = 8;

  /** Pairs of less coverage are left to sums, which darken them or make them unknown. */
  private static final float LEAST_COVERAGE = 1e-3f;

  private final int width;
  private final int channels;
  private final int lowest;
  private final int highest;
  private final float leastCoverage;
  private final PairKernel kernel;
  private final float[] whole;
  private final float[] second;
  private final RowRuns runs;

  /** Columns that collect. */
  private final BitSet collects;

  /** Columns behind all runs so far that the next one leaves out. */
  private final BitSet gaps;

  private final CellSums sums;

  RunRow(int width, int channels, SplatOptions options, PairKernel kernel) {
    this.width = width;
    this.channels = channels;
    boolean perTap = options.tapRule() == TapRule.PER_TAP;
    this.lowest = perTap ? -1 : 0;
    this.highest = perTap ? width - 1 : width - 2;
    float sliver = (float) options.sliverThreshold();
    this.leastCoverage = Math.max(sliver, LEAST_COVERAGE);
    this.kernel = kernel;
    this.whole = new float[width];
    this.second = new float[width];
    this.runs = new RowRuns(width, lowest, highest);
    this.collects = new BitSet(width + 1);
    this.gaps = new BitSet(width);
    this.sums = new CellSums(channels, sliver, lowest + 1, highest + 1, width);
  }

  /** Rows of floats or bytes. */
  private interface Samples {
    boolean mix(PairKernel.Pairs pairs);

    /** Adds what pixels {@code [start, end)} leave. */
    void add(int start, int end);

    /** Takes columns {@code [start, end)} from the sums. */
    void divide(int start, int end);

    /** Makes columns black. */
    void clear(int start, int end);
  }

  /**
   * Takes up the motion of a row, which {@code run} is then told of.
   *
   * @return as of {@link PairKernel#move}
   */
  float[] move(float[] px, int from, float shift) {
    return kernel.move(px, from, shift, whole, second);
  }

  @Override
  public void run(Source source, float[] colors, int from, float[] out, int to, Target target) {
    run(
        source,
        target,
        new Samples() {
          @Override
          public boolean mix(PairKernel.Pairs pairs) {
            return kernel.mix(pairs, colors, from, out, to);
          }

          @Override
          public void add(int start, int end) {
            sums.add(source, whole, second, colors, from, start, end);
          }

          @Override
          public void divide(int start, int end) {
            sums.divide(start + 1, end + 1, source.leastWeight(), out, to, target);
          }

          @Override
          public void clear(int start, int end) {
            Arrays.fill(out, to + start * channels, to + end * channels, 0);
          }
        });
  }

  @Override
  public void run(Source source, byte[] levels, int from, byte[] out, int to, Target target) {
    run(
        source,
        target,
        new Samples() {
          @Override
          public boolean mix(PairKernel.Pairs pairs) {
            return kernel.mix(pairs, levels, from, out, to);
          }

          @Override
          public void add(int start, int end) {
            sums.add(source, whole, second, levels, from, start, end);
          }

          @Override
          public void divide(int start, int end) {
            sums.divide(start + 1, end + 1, source.leastWeight(), out, to, target);
          }

          @Override
          public void clear(int start, int end) {
            Arrays.fill(out, to + start * channels, to + end * channels, (byte) 0);
          }
        });
  }

  private void run(Source source, Target target, Samples samples) {
    boolean few = runs.find(whole, Math.max(2, width / WORTHWHILE));
    // without motion no cell has two taps, and weights do not count
    float exponentPerPx = source.shift() == 0 ? 0 : source.exponentPerPx();
    boolean mild = exponentPerPx <= PairKernel.MAX_EXPONENT * Math.abs(source.shift());
    if (channels == 3 && few && mild) {
      markEnds();
      PairKernel.Pairs pairs =
          new PairKernel.Pairs(
              source.px(),
              source.from(),
              second,
              exponentPerPx,
              leastCoverage,
              runs,
              target.coverage(),
              target.disparity(),
              target.from());
      if (!samples.mix(pairs)) {
        markSlivers(target);
      }
      collect(samples);
      gaps.andNot(collects);
      for (int x = gaps.nextSetBit(0); x >= 0; ) {
        int end = gaps.nextClearBit(x);
        clear(x, end, target, samples);
        x = gaps.nextSetBit(end);
      }
    } else {
      samples.add(0, width);
      samples.divide(0, width);
    }
  }

  /** Marks the columns that do not hold one pair; in gaps, only what later runs reach. */
  private void markEnds() {
    collects.clear();
    gaps.clear();
    int next = 0;
    for (int r = 0; r < runs.count(); r++) {
      int first = Math.max(0, runs.firstColumn(r));
      int last = runs.lastColumn(r);
      if (first > next) {
        gaps.set(next, first);
      }
      if (runs.length(r) < PairKernel.SHORTEST_RUN) {
        collects.set(first, last + 1);
      } else {
        if (runs.firstColumn(r) >= 0) {
          collects.set(first);
        }
        if (next > first) {
          collects.set(first, Math.min(next, last + 1));
        }
        collects.set(last);
      }
      next = Math.max(next, last + 1);
    }
    if (next < width) {
      gaps.set(next, width);
    }
    collects.clear(width);
  }

  /** Marks the columns of pairs that cover too little. */
  private void markSlivers(Target target) {
    for (int r = 0; r < runs.count(); r++) {
      if (runs.length(r) >= PairKernel.SHORTEST_RUN) {
        for (int x = runs.firstColumn(r) + 1; x < runs.lastColumn(r); x++) {
          if (!(target.coverage()[target.from() + x] >= leastCoverage)) {
            collects.set(x);
          }
        }
      }
    }
  }

  /** Makes columns black and unknown. */
  private static void clear(int start, int end, Target target, Samples samples) {
    Arrays.fill(target.coverage(), target.from() + start, target.from() + end, 0);
    Arrays.fill(target.disparity(), target.from() + start, target.from() + end, Float.NaN);
    samples.clear(start, end);
  }

  /** Sums what falls on marked columns. */
  private void collect(Samples samples) {
    int from = 0;
    int to = 0;
    for (int r = 0; r < runs.count(); r++) {
      int motion = runs.motion(r);
      int last = runs.lastColumn(r);
      for (int x = collects.nextSetBit(Math.max(0, runs.firstColumn(r))); x >= 0 && x <= last; ) {
        int end = collects.nextClearBit(x);
        int first = Math.max(runs.start(r), x - 1 - motion);
        if (first > to) {
          samples.add(from, to);
          from = first;
        }
        to = Math.min(runs.end(r), end - motion);
        x = collects.nextSetBit(end);
      }
    }
    samples.add(from, to);
    for (int x = collects.nextSetBit(0); x >= 0; ) {
      int end = collects.nextClearBit(x);
      samples.divide(x, end);
      x = collects.nextSetBit(end);
    }
  }
}
