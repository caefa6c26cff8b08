package org.stereo4d.stereocrafter.splat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Pairs in plain Java. The loops have the shape that the compiler turns into vector instructions:
 * few operations on whole arrays that are read at one index, which is why neighbours are copied
 * next to each other first.
 */
final class PlainPairs implements PairKernel {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Twice this makes any positive number infinite. */
  private static final float LARGE = 0x1p100f;

  /** A float of this size holds 8 binary places behind the point in its low bits. */
  private static final float PLACES = 0x1p15f;

  private static final int PLACES_BITS = Float.floatToRawIntBits(PLACES);
  private static final int ONE = 256;
  private static final int RED_BLUE = 0xff00ff;
  private static final int GREEN = 0xff00;
  private static final int HALF_RED_BLUE = 0x80_0080;
  private static final int HALF_GREEN = 0x8000;
  private static final int CHUNK = 640;

  private final int width;
  private final float[] before = new float[3 * CHUNK];
  private final float[] own = new float[3 * CHUNK];
  private final float[] secondBefore = new float[CHUNK];
  private final float[] secondOwn = new float[CHUNK];
  private final float[] scratch = new float[3 * CHUNK];
  private final float[] fraction = new float[CHUNK];
  private final float[] coverage = new float[CHUNK];
  private final float[] disparity = new float[CHUNK];
  private final float[] mixedColors = new float[3 * CHUNK];
  private final int[] levelsBefore = new int[CHUNK + 2];
  private final int[] levelsOwn = new int[CHUNK + 2];
  private final int[] weight = new int[CHUNK];
  private final int[] mixed = new int[CHUNK + 1];
  private final byte[] mixedLevels = new byte[3 * CHUNK + Long.BYTES];

  /** Whole and broken parts of the motion of the pixels of the row; NaN where it is not finite. */
  private final float[] whole;

  private final float[] second;

  PlainPairs(int width) {
    this.width = width;
    this.whole = new float[width];
    this.second = new float[width];
  }

  @Override
  public void move(float[] px, int from, float shift, RowRuns runs) {
    System.arraycopy(px, from, second, 0, width);
    move(width, shift, whole, second);
    runs.find(whole);
  }

  private static void move(int width, float shift, float[] whole, float[] second) {
    for (int x = 0; x < width; x++) {
      float motion = second[x] * shift;
      float nearest = (motion + RowWeights.ROUNDING) - RowWeights.ROUNDING;
      float rest = motion - nearest;
      // 1 if the rest is negative, else 0
      float down = Math.min((Math.abs(rest) - rest) * LARGE * LARGE, 1f);
      float floor = nearest - down;
      whole[x] = floor;
      second[x] = motion - floor;
    }
  }

  @Override
  public boolean mix(Pairs pairs, float[] colors, int from, float[] out, int to) {
    boolean all = true;
    int run = 0;
    for (int x = 1; x < width; x += CHUNK) {
      int count = Math.min(CHUNK, width - x);
      all &= weigh(pairs, x, count);
      blend(colors, from + 3 * x, count);
      run = pairs.runs().firstBehind(run, x);
      for (int r = run; r < pairs.runs().count() && pairs.runs().start(r) + 1 < x + count; r++) {
        int j = Math.max(pairs.runs().start(r) + 1, x) - x;
        int n = copy(pairs, r, x, j, count);
        System.arraycopy(mixedColors, 3 * j, out, to + 3 * (j + x + pairs.runs().motion(r)), 3 * n);
      }
    }
    return all;
  }

  @Override
  public boolean mix(Pairs pairs, byte[] levels, int from, byte[] out, int to) {
    boolean all = true;
    int run = 0;
    for (int x = 1; x < width; x += CHUNK) {
      int count = Math.min(CHUNK, width - x);
      all &= weigh(pairs, x, count);
      blend(levels, from + 3 * x, count);
      run = pairs.runs().firstBehind(run, x);
      for (int r = run; r < pairs.runs().count() && pairs.runs().start(r) + 1 < x + count; r++) {
        int j = Math.max(pairs.runs().start(r) + 1, x) - x;
        int n = copy(pairs, r, x, j, count);
        System.arraycopy(mixedLevels, 3 * j, out, to + 3 * (j + x + pairs.runs().motion(r)), 3 * n);
      }
    }
    return all;
  }

  /**
   * Copies coverages and disparities of the pairs of a run that lie in a chunk.
   *
   * @param x pixel of the first pair of the chunk
   * @param j first pair of the run
   * @return number of pairs; 0 for short runs
   */
  private int copy(Pairs pairs, int run, int x, int j, int count) {
    RowRuns runs = pairs.runs();
    int n = Math.min(runs.end(run), x + count) - x - j;
    if (n <= 0 || runs.end(run) - runs.start(run) < SHORTEST_RUN) {
      return 0;
    }
    int at = pairs.to() + x + j + runs.motion(run);
    System.arraycopy(coverage, j, pairs.coverage(), at, n);
    System.arraycopy(disparity, j, pairs.disparity(), at, n);
    return n;
  }

  private boolean weigh(Pairs pairs, int x, int count) {
    System.arraycopy(pairs.px(), pairs.from() + x - 1, before, 0, count);
    System.arraycopy(pairs.px(), pairs.from() + x, own, 0, count);
    System.arraycopy(second, x - 1, secondBefore, 0, count);
    System.arraycopy(second, x, secondOwn, 0, count);
    weigh(before, own, pairs.exponentPerPx() * QUARTER_LN2, count, scratch, disparity);
    cover(secondBefore, secondOwn, count, coverage);
    divide(secondBefore, secondOwn, scratch, disparity, count, fraction);
    mean(before, own, fraction, count, disparity);
    raise(fraction, coverage, pairs.leastCoverage(), count, scratch);
    return places(scratch, count);
  }

  /** Two numbers whose quotient is that of the weights of a pixel and the one before it. */
  private static void weigh(
      float[] before, float[] own, float scale, int count, float[] up, float[] down) {
    for (int j = 0; j < count; j++) {
      float g = (own[j] - before[j]) * scale;
      float q = (g * g) * THIRD_OF_SQUARE + 1;
      float more = q + g;
      float less = q - g;
      up[j] = more * more;
      down[j] = less * less;
    }
  }

  private static void cover(float[] secondBefore, float[] second, int count, float[] out) {
    for (int j = 0; j < count; j++) {
      out[j] = secondBefore[j] + (1 - second[j]);
    }
  }

  private static void divide(
      float[] secondBefore, float[] second, float[] up, float[] down, int count, float[] out) {
    for (int j = 0; j < count; j++) {
      float weight = secondBefore[j] * down[j];
      out[j] = weight / ((1 - second[j]) * up[j] + weight);
    }
  }

  private static void mean(float[] before, float[] own, float[] fraction, int count, float[] out) {
    for (int j = 0; j < count; j++) {
      out[j] = own[j] - (own[j] - before[j]) * fraction[j];
    }
  }

  /** Fractions with all places at the end; far too small where coverage is. */
  private static void raise(
      float[] fraction, float[] coverage, float least, int count, float[] out) {
    for (int j = 0; j < count; j++) {
      float more = coverage[j] - least;
      out[j] = (fraction[j] + PLACES) - (Math.abs(more) - more) * LARGE;
    }
  }

  /** Takes fractions as whole numbers out of the bits of floats. */
  private boolean places(float[] raised, int count) {
    int[] out = weight;
    int any = 0;
    for (int j = 0; j < count; j++) {
      int places = Float.floatToRawIntBits(raised[j]) - PLACES_BITS;
      out[j] = places;
      any |= places;
    }
    return (any & -(2 * ONE)) == 0;
  }

  private void blend(float[] colors, int from, int count) {
    float[] each = scratch;
    for (int j = 0; j < count; j++) {
      float f = fraction[j];
      each[3 * j] = f;
      each[3 * j + 1] = f;
      each[3 * j + 2] = f;
    }
    System.arraycopy(colors, from - 3, before, 0, 3 * count);
    System.arraycopy(colors, from, own, 0, 3 * count);
    mean(before, own, each, 3 * count, mixedColors);
  }

  private void blend(byte[] levels, int from, int count) {
    load(levels, from - 3, count + 1);
    System.arraycopy(levelsBefore, 1, levelsOwn, 0, count);
    mixRedBlue(levelsBefore, levelsOwn, weight, count, mixed);
    mixGreen(levelsBefore, levelsOwn, weight, count, mixed);
    store(count);
  }

  /** Reads two pixels at a time, as {@code red | green << 8 | blue << 16}. */
  private void load(byte[] levels, int from, int count) {
    int[] out = levelsBefore;
    int safe = Math.min(count, (levels.length - from - 2) / 3) - 1;
    int j = 0;
    for (; j < safe; j += 2) {
      long two = (long) LONG.get(levels, from + 3 * j);
      out[j] = (int) two;
      out[j + 1] = (int) (two >>> 24);
    }
    for (; j < count; j++) {
      int i = from + 3 * j;
      out[j] = levels[i] & 0xff | (levels[i + 1] & 0xff) << 8 | (levels[i + 2] & 0xff) << 16;
    }
  }

  /** {@code (before (256 - f) + own f + 128) >> 8} in both channels. */
  private static void mixRedBlue(int[] before, int[] own, int[] weight, int count, int[] out) {
    for (int j = 0; j < count; j++) {
      int a = own[j] & RED_BLUE;
      int step = ((before[j] & RED_BLUE) - a) * weight[j];
      out[j] = (((a << 8) + step + HALF_RED_BLUE) >>> 8) & RED_BLUE;
    }
  }

  /** Adds the third channel. */
  private static void mixGreen(int[] before, int[] own, int[] weight, int count, int[] out) {
    for (int j = 0; j < count; j++) {
      int a = own[j] & GREEN;
      int step = ((before[j] & GREEN) - a) * weight[j];
      out[j] |= (((a << 8) + step + HALF_GREEN) >>> 8) & GREEN;
    }
  }

  /** Writes two pixels at a time and the first bytes behind them, which the next ones replace. */
  private void store(int count) {
    int[] in = mixed;
    byte[] out = mixedLevels;
    for (int j = 0; j < count; j += 2) {
      LONG.set(out, 3 * j, in[j] & 0xffffffL | (long) in[j + 1] << 24);
    }
  }
}
