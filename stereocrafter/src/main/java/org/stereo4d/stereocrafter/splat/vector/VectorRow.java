package org.stereo4d.stereocrafter.splat.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.stereocrafter.splat.RowKernel;
import org.stereo4d.stereocrafter.splat.RowWeights;
import org.stereo4d.stereocrafter.splat.SourceRow;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.SplatRow;
import org.stereo4d.stereocrafter.splat.TapRule;

/**
 * Splats an RGB row in three sweeps: motion and weights of each pixel; runs of pixels that move
 * alike, what a pixel and the one before it add to the cell between them going straight to its
 * place; quotients. Only the ends of runs, and what falls on earlier runs, is added one by one.
 * Same bits as the plain kernel.
 */
final class VectorRow implements RowKernel {
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= 8
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS =
      FLOATS.length() == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
  private static final int LANES = FLOATS.length();

  private static final int ROUNDING_BITS = Float.floatToRawIntBits(RowWeights.ROUNDING);

  /** Steps of a pixel that takes no part; farther than any picture is wide. */
  private static final int NO_RUN = 1 << 22;

  private final int width;
  private final int lowest;
  private final int highest;
  private final float sliver;

  /** Of pixel x. */
  private final float[][] colors;

  private final float[] px;
  private final int[] whole;
  private final float[] second;
  private final float[] weight1;
  private final float[] weight2;

  /** Of cell k, which is column k - 1. */
  private final float[][] colorSum;

  private final float[] weightSum;
  private final float[] nearSum;
  private final float[] coverSum;

  /** Of column x. */
  private final float[] scale;

  private final int[] triples;

  /** Last cell that holds a sum. */
  private int touched;

  VectorRow(int width, SplatOptions options) {
    this.width = width;
    boolean perTap = options.tapRule() == TapRule.PER_TAP;
    this.lowest = perTap ? -1 : 0;
    this.highest = perTap ? width - 1 : width - 2;
    this.sliver = (float) options.sliverThreshold();
    int length = width + 2 + 2 * LANES;
    this.colors = new float[3][length];
    this.px = new float[length];
    this.whole = new int[length];
    this.second = new float[length];
    this.weight1 = new float[length];
    this.weight2 = new float[length];
    this.colorSum = new float[3][length];
    this.weightSum = new float[length];
    this.nearSum = new float[length];
    this.coverSum = new float[length];
    this.scale = new float[length];
    this.triples = new int[length];
    Arrays.fill(px, Float.NaN);
  }

  @Override
  public float[] range(float[] px, int from) {
    FloatVector low = FloatVector.broadcast(FLOATS, Float.MAX_VALUE);
    FloatVector high = low.neg();
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, px, from + x);
      VectorMask<Float> finite = p.abs().compare(VectorOperators.LE, Float.MAX_VALUE);
      low = low.blend(p, p.compare(VectorOperators.LT, low).and(finite));
      high = high.blend(p, p.compare(VectorOperators.GT, high).and(finite));
    }
    float least = low.reduceLanes(VectorOperators.MIN);
    float largest = high.reduceLanes(VectorOperators.MAX);
    for (; x < width; x++) {
      float p = px[from + x];
      if (Math.abs(p) <= Float.MAX_VALUE) {
        least = Math.min(least, p);
        largest = Math.max(largest, p);
      }
    }
    return least <= largest ? new float[] {least, largest} : new float[2];
  }

  @Override
  public void run(SourceRow source, byte[] levels, int from, byte[] out, int to, SplatRow target) {
    read(levels, from);
    move(source);
    divide(source.leastWeight(), target);
    write(out, to);
  }

  @Override
  public void run(
      SourceRow source, float[] colors, int from, float[] out, int to, SplatRow target) {
    read(colors, from);
    move(source);
    divide(source.leastWeight(), target);
    write(out, to);
  }

  private void move(SourceRow source) {
    System.arraycopy(source.px(), source.from(), px, 0, width);
    weigh(source.shift(), source.middle(), source.exponentPerPx());
    touched = -1;
    int x = 0;
    while (x < width) {
      int run = whole[x];
      int start = x++;
      while (x < width && IntVector.fromArray(INTS, whole, x).eq(run).allTrue()) {
        x += LANES;
      }
      while (x < width && whole[x] == run) {
        x++;
      }
      x = Math.min(x, width);
      int first = Math.max(start, lowest - run);
      int end = Math.min(x, highest - run + 1);
      if (first < end) {
        clearUpTo(first + run + 1);
        add(first, end, run + 1);
      }
    }
    clearUpTo(width + 2);
  }

  private void read(byte[] levels, int from) {
    Triples.load(levels, from, triples, width);
    float[] red = colors[0];
    float[] green = colors[1];
    float[] blue = colors[2];
    for (int x = 0; x < width; x += LANES) {
      IntVector three = IntVector.fromArray(INTS, triples, x);
      level(three).intoArray(red, x);
      level(three.lanewise(VectorOperators.LSHR, 8)).intoArray(green, x);
      level(three.lanewise(VectorOperators.LSHR, 16)).intoArray(blue, x);
    }
  }

  private void read(float[] samples, int from) {
    float[] red = colors[0];
    float[] green = colors[1];
    float[] blue = colors[2];
    for (int x = 0; x < width; x++) {
      red[x] = samples[from + 3 * x];
      green[x] = samples[from + 3 * x + 1];
      blue[x] = samples[from + 3 * x + 2];
    }
  }

  private static FloatVector level(IntVector bits) {
    return bits.and(0xff)
        .or(RowWeights.LEVEL_ROUNDING_BITS)
        .reinterpretAsFloats()
        .sub(RowWeights.LEVEL_ROUNDING);
  }

  /** Whole and broken part of the motion, and both weights, of each pixel. */
  private void weigh(float shift, float middle, float exponentPerPx) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, px, x);
      FloatVector motion = p.mul(shift);
      FloatVector down = motion.add(RowWeights.ROUNDING).sub(RowWeights.ROUNDING);
      down = down.sub(1f, down.compare(VectorOperators.GT, motion));
      VectorMask<Float> inside = down.abs().compare(VectorOperators.LE, (float) width);
      FloatVector steps = FloatVector.broadcast(FLOATS, NO_RUN).blend(down, inside);
      steps.add(RowWeights.ROUNDING).reinterpretAsInts().sub(ROUNDING_BITS).intoArray(whole, x);
      FloatVector fraction = motion.sub(down);
      fraction.intoArray(second, x);
      FloatVector exponent = p.sub(middle).mul(exponentPerPx);
      FloatVector rounded = exponent.add(RowWeights.ROUNDING);
      FloatVector t = exponent.sub(rounded.sub(RowWeights.ROUNDING));
      FloatVector square = t.mul(t);
      FloatVector mantissa =
          t.mul(RowWeights.C5)
              .add(RowWeights.C4)
              .add(square.mul(RowWeights.C6))
              .mul(square)
              .add(t.mul(RowWeights.C3).add(RowWeights.C2))
              .mul(square)
              .add(t.mul(RowWeights.C1).add(1f));
      FloatVector w =
          mantissa
              .reinterpretAsInts()
              .add(
                  rounded
                      .reinterpretAsInts()
                      .lanewise(VectorOperators.LSHL, RowWeights.EXPONENT_BITS))
              .reinterpretAsFloats();
      FloatVector w2 = w.mul(fraction);
      w.sub(w2).intoArray(weight1, x);
      w2.intoArray(weight2, x);
    }
  }

  /** Clears cells that no run reached before a cell. */
  private void clearUpTo(int cell) {
    for (int k = touched + 1; k < cell; k++) {
      colorSum[0][k] = 0;
      colorSum[1][k] = 0;
      colorSum[2][k] = 0;
      weightSum[k] = 0;
      nearSum[k] = 0;
      coverSum[k] = 0;
    }
    touched = Math.max(touched, cell - 1);
  }

  /** Adds pixels {@code [start, end)} that move alike to cells from {@code start + base} on. */
  private void add(int start, int end, int base) {
    addTap(start, start + base, weight1[start], 1 - second[start]);
    int x = start + 1;
    for (; x < end && x + base <= touched; x++) {
      addPair(x, x + base);
    }
    // lanes past the end fall on cells that nothing was added to
    for (; x < end; x += LANES) {
      setPairs(x, x + base);
    }
    addTap(end - 1, end + base, weight2[end - 1], second[end - 1]);
    touched = Math.max(touched, end + base);
  }

  private void addTap(int x, int cell, float w, float cover) {
    boolean isNew = cell > touched;
    for (int c = 0; c < 3; c++) {
      float color = w * colors[c][x];
      colorSum[c][cell] = isNew ? color : colorSum[c][cell] + color;
    }
    float near = w * px[x];
    weightSum[cell] = isNew ? w : weightSum[cell] + w;
    nearSum[cell] = isNew ? near : nearSum[cell] + near;
    coverSum[cell] = isNew ? cover : coverSum[cell] + cover;
  }

  /** Adds the first tap of a pixel and the second tap of the one before. */
  private void addPair(int x, int cell) {
    float own = weight1[x];
    float before = weight2[x - 1];
    for (int c = 0; c < 3; c++) {
      colorSum[c][cell] += before * colors[c][x - 1] + own * colors[c][x];
    }
    weightSum[cell] += before + own;
    nearSum[cell] += before * px[x - 1] + own * px[x];
    coverSum[cell] += second[x - 1] + (1 - second[x]);
  }

  private void setPairs(int x, int cell) {
    FloatVector own = FloatVector.fromArray(FLOATS, weight1, x);
    FloatVector before = FloatVector.fromArray(FLOATS, weight2, x - 1);
    before.add(own).intoArray(weightSum, cell);
    before
        .mul(FloatVector.fromArray(FLOATS, px, x - 1))
        .add(own.mul(FloatVector.fromArray(FLOATS, px, x)))
        .intoArray(nearSum, cell);
    FloatVector fraction = FloatVector.fromArray(FLOATS, second, x);
    FloatVector.fromArray(FLOATS, second, x - 1)
        .add(FloatVector.broadcast(FLOATS, 1f).sub(fraction))
        .intoArray(coverSum, cell);
    for (int c = 0; c < 3; c++) {
      before
          .mul(FloatVector.fromArray(FLOATS, colors[c], x - 1))
          .add(own.mul(FloatVector.fromArray(FLOATS, colors[c], x)))
          .intoArray(colorSum[c], cell);
    }
  }

  /** Writes coverage and disparity and finds what colours are multiplied by. */
  private void divide(float least, SplatRow target) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, weightSum, x + 1);
      FloatVector nearer = FloatVector.fromArray(FLOATS, nearSum, x + 1);
      FloatVector covered = FloatVector.fromArray(FLOATS, coverSum, x + 1);
      VectorMask<Float> enough = sum.compare(VectorOperators.GT, least);
      FloatVector inverse =
          FloatVector.broadcast(FLOATS, 1f)
              .div(FloatVector.broadcast(FLOATS, least).blend(sum, enough));
      FloatVector disparity = nearer.mul(inverse);
      if (!enough.allTrue()) {
        FloatVector exact =
            FloatVector.broadcast(FLOATS, Float.NaN)
                .blend(nearer.div(sum), sum.compare(VectorOperators.GT, 0f));
        disparity = exact.blend(disparity, enough);
      }
      disparity.intoArray(target.disparity(), target.from() + x);
      covered.intoArray(target.coverage(), target.from() + x);
      inverse.blend(0f, covered.compare(VectorOperators.LT, sliver)).intoArray(scale, x);
    }
    for (; x < width; x++) {
      float sum = weightSum[x + 1];
      float inverse = 1 / (sum > least ? sum : least);
      float near = nearSum[x + 1];
      target.coverage()[target.from() + x] = coverSum[x + 1];
      target.disparity()[target.from() + x] =
          sum > least ? near * inverse : sum > 0 ? near / sum : Float.NaN;
      scale[x] = coverSum[x + 1] < sliver ? 0 : inverse;
    }
  }

  private void write(float[] samples, int from) {
    float[] red = colorSum[0];
    float[] green = colorSum[1];
    float[] blue = colorSum[2];
    for (int x = 0; x < width; x++) {
      samples[from + 3 * x] = red[x + 1] * scale[x];
      samples[from + 3 * x + 1] = green[x + 1] * scale[x];
      samples[from + 3 * x + 2] = blue[x + 1] * scale[x];
    }
  }

  private void write(byte[] samples, int from) {
    float[] red = colorSum[0];
    float[] green = colorSum[1];
    float[] blue = colorSum[2];
    for (int x = 0; x < width; x += LANES) {
      FloatVector factor = FloatVector.fromArray(FLOATS, scale, x);
      bits(red, x, factor)
          .or(bits(green, x, factor).lanewise(VectorOperators.LSHL, 8))
          .or(bits(blue, x, factor).lanewise(VectorOperators.LSHL, 16))
          .intoArray(triples, x);
    }
    Triples.store(triples, samples, from, width);
  }

  private static IntVector bits(float[] sums, int x, FloatVector factor) {
    return FloatVector.fromArray(FLOATS, sums, x + 1)
        .mul(factor)
        .add(RowWeights.LEVEL_ROUNDING)
        .reinterpretAsInts();
  }
}
