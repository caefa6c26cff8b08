package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One row in single precision.
 *
 * <p>Neighbours mostly move by the same number of whole pixels. A cell that only two such
 * neighbours reach is their weighted mean, which a {@link PairKernel} finds for many pairs at once.
 * Where a run of pixels that move alike begins or ends on a cell of its own, that has the colour of
 * one pixel. Cells that several runs reach collect one pixel after another; rows that have little
 * else are summed that way altogether.
 */
final class RunRow implements RowKernel {
  /** Pixels per run below which all cells of a row collect. */
  private static final int WORTHWHILE = 8;

  /** Pairs of less coverage are left to sums, which darken them or make them unknown. */
  private static final float LEAST_COVERAGE = 1e-3f;

  private final int width;
  private final int channels;
  private final float leastCoverage;
  private final PairKernel kernel;
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
    int lowest = perTap ? -1 : 0;
    int highest = perTap ? width - 1 : width - 2;
    float sliver = (float) options.sliverThreshold();
    this.leastCoverage = Math.max(sliver, LEAST_COVERAGE);
    this.kernel = kernel;
    this.runs = new RowRuns(width, lowest, highest, Math.max(2, width / WORTHWHILE));
    this.collects = new BitSet(width + 1);
    this.gaps = new BitSet(width);
    this.sums = new CellSums(channels, sliver, lowest + 1, highest + 1, width);
  }

  /** Rows of floats or bytes. */
  private interface Samples {
    boolean mix(PairKernel.Pairs pairs);

    /** Adds pixels {@code [start, end)} that move alike. */
    void add(int start, int end, int motion);

    /** Adds all pixels. */
    void addAll();

    /** Gives a column the colour of a pixel. */
    void copy(int x, int column);

    /** Takes columns {@code [start, end)} from the sums. */
    void divide(int start, int end);

    /** Makes columns black. */
    void clear(int start, int end);
  }

  /**
   * Takes up the motion of a row, which {@code run} is then told of.
   *
   * @return as of {@link RowRuns#range}
   */
  float[] move(float[] px, int from, float shift) {
    kernel.move(px, from, shift, runs);
    return runs.range(shift);
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
          public void add(int start, int end, int motion) {
            sums.add(source, start, end, motion, colors, from);
          }

          @Override
          public void addAll() {
            sums.add(source, colors, from);
          }

          @Override
          public void copy(int x, int column) {
            out[to + 3 * column] = colors[from + 3 * x];
            out[to + 3 * column + 1] = colors[from + 3 * x + 1];
            out[to + 3 * column + 2] = colors[from + 3 * x + 2];
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
          public void add(int start, int end, int motion) {
            sums.add(source, start, end, motion, levels, from);
          }

          @Override
          public void addAll() {
            sums.add(source, levels, from);
          }

          @Override
          public void copy(int x, int column) {
            out[to + 3 * column] = levels[from + 3 * x];
            out[to + 3 * column + 1] = levels[from + 3 * x + 1];
            out[to + 3 * column + 2] = levels[from + 3 * x + 2];
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
    // without motion no cell has two taps, and weights do not count
    float exponentPerPx = source.shift() == 0 ? 0 : source.exponentPerPx();
    boolean mild = exponentPerPx <= PairKernel.MAX_EXPONENT * Math.abs(source.shift());
    if (channels == 3 && !runs.areTooMany() && mild) {
      markOverlaps();
      PairKernel.Pairs pairs =
          new PairKernel.Pairs(
              source.px(),
              source.from(),
              source.shift(),
              exponentPerPx,
              leastCoverage,
              runs,
              target.coverage(),
              target.disparity(),
              target.from());
      if (!samples.mix(pairs)) {
        markSlivers(target);
      }
      copyEnds(source, target, samples);
      collect(samples);
      gaps.andNot(collects);
      for (int x = gaps.nextSetBit(0); x >= 0; ) {
        int end = gaps.nextClearBit(x);
        clear(x, end, target, samples);
        x = gaps.nextSetBit(end);
      }
    } else {
      samples.addAll();
      samples.divide(0, width);
    }
  }

  /** Marks the columns that several runs reach, or a short one, and those that none does. */
  private void markOverlaps() {
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
      } else if (next > first) {
        collects.set(first, Math.min(next, last + 1));
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

  /** Gives the end columns of runs what one pixel leaves there; marks those it hardly covers. */
  private void copyEnds(Source source, Target target, Samples samples) {
    for (int r = 0; r < runs.count(); r++) {
      if (runs.length(r) >= PairKernel.SHORTEST_RUN) {
        int motion = runs.motion(r);
        int start = runs.start(r);
        int last = runs.end(r) - 1;
        float second = source.px()[source.from() + start] * source.shift() - motion;
        copyEnd(source, start, start + motion, 1 - second, target, samples);
        second = source.px()[source.from() + last] * source.shift() - motion;
        copyEnd(source, last, last + motion + 1, second, target, samples);
      }
    }
  }

  private void copyEnd(
      Source source, int x, int column, float cover, Target target, Samples samples) {
    if (column < 0 || column >= width) {
      return;
    }
    if (cover >= leastCoverage) {
      samples.copy(x, column);
      target.coverage()[target.from() + column] = cover;
      target.disparity()[target.from() + column] = source.px()[source.from() + x];
    } else {
      collects.set(column);
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
    for (int r = 0; r < runs.count(); r++) {
      int motion = runs.motion(r);
      int last = runs.lastColumn(r);
      for (int x = collects.nextSetBit(Math.max(0, runs.firstColumn(r))); x >= 0 && x <= last; ) {
        int end = collects.nextClearBit(x);
        int start = Math.max(runs.start(r), x - 1 - motion);
        samples.add(start, Math.min(runs.end(r), end - motion), motion);
        x = collects.nextSetBit(end);
      }
    }
    for (int x = collects.nextSetBit(0); x >= 0; ) {
      int end = collects.nextClearBit(x);
      samples.divide(x, end);
      x = collects.nextSetBit(end);
    }
  }
}
