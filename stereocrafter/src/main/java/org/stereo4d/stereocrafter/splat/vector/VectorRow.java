package org.stereo4d.stereocrafter.splat.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.stereocrafter.splat.RowKernel;
import org.stereo4d.stereocrafter.splat.RowWeights;
import org.stereo4d.stereocrafter.splat.SourceRow;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.SplatRow;
import org.stereo4d.stereocrafter.splat.TapRule;

/**
 * Splats an RGB row in four sweeps: motion and weight of each pixel; for each pixel what it and the
 * pixel before would add to one cell if they moved alike; runs of pixels that do move alike, added
 * to their cells as they are; quotients. Only the ends of runs are done one by one. Same bits as
 * the plain kernel.
 */
final class VectorRow implements RowKernel {
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= 8
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_256;
  private static final int LANES = FLOATS.length();
  private static final int ROUNDING_BITS = Float.floatToRawIntBits(RowWeights.ROUNDING);

  /** Steps of a pixel that takes no part; farther than any picture is wide. */
  private static final int NO_RUN = 1 << 22;

  /** 0, 1, 2 and so on. */
  private static final FloatVector LANE = FloatVector.zero(FLOATS).addIndex(1);

  /** Lanes of pixels repeated for their three samples. */
  private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(FLOATS, i -> i / 3);

  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromOp(FLOATS, i -> (i + LANES) / 3);
  private static final VectorShuffle<Float> THIRD =
      VectorShuffle.fromOp(FLOATS, i -> (i + 2 * LANES) / 3);

  private final int width;
  private final int lowest;
  private final int highest;
  private final float sliver;

  /** Of pixel x. */
  private final float[] px;

  private final int[] whole;
  private final float[] second;
  private final float[] weight1;
  private final float[] weight2;

  /** What pixel x adds to its first cell and pixel x - 1 to its second. */
  private final float[] color;

  private final float[] weight;
  private final float[] near;
  private final float[] cover;

  /** Of cell k, which is column k - 1. */
  private final float[] colorSum;

  private final float[] weightSum;
  private final float[] nearSum;
  private final float[] coverSum;

  VectorRow(int width, SplatOptions options) {
    this.width = width;
    boolean perTap = options.tapRule() == TapRule.PER_TAP;
    this.lowest = perTap ? -1 : 0;
    this.highest = perTap ? width - 1 : width - 2;
    this.sliver = (float) options.sliverThreshold();
    int length = width + 2 + 2 * LANES;
    this.px = new float[length];
    this.whole = new int[length];
    this.second = new float[length];
    this.weight1 = new float[length];
    this.weight2 = new float[length];
    this.color = new float[3 * length];
    this.weight = new float[length];
    this.near = new float[length];
    this.cover = new float[length];
    this.colorSum = new float[3 * length];
    this.weightSum = new float[length];
    this.nearSum = new float[length];
    this.coverSum = new float[length];
    Arrays.fill(px, Float.NaN);
  }

  @Override
  public void run(SourceRow source, SplatRow target) {
    System.arraycopy(source.px(), source.from(), px, 0, width);
    weigh(source);
    pair(source.colors());
    int x = 0;
    while (x < width) {
      int run = whole[x];
      int start = x++;
      while (x < width && whole[x] == run) {
        x++;
      }
      if (run != NO_RUN) {
        add(
            source.colors(),
            Math.max(start, lowest - run),
            Math.min(x, highest - run + 1),
            run + 1);
      }
    }
    divide(source.leastWeight(), target);
  }

  /** Whole and broken part of the motion, and both weights, of each pixel. */
  private void weigh(SourceRow source) {
    float shift = source.shift();
    float middle = source.middle();
    float exponentPerPx = source.exponentPerPx();
    for (int x = 0; x < width; x += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, px, x);
      FloatVector motion = p.mul(shift);
      FloatVector down = motion.add(RowWeights.ROUNDING).sub(RowWeights.ROUNDING);
      down = down.sub(1f, down.compare(VectorOperators.GT, motion));
      VectorMask<Float> inside = motion.abs().compare(VectorOperators.LE, (float) width);
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

  /** Sums of each pixel's first tap and the second tap of the pixel before. */
  private void pair(float[] colors) {
    for (int x = 1; x < width; x += LANES) {
      FloatVector own = FloatVector.fromArray(FLOATS, weight1, x);
      FloatVector before = FloatVector.fromArray(FLOATS, weight2, x - 1);
      before.add(own).intoArray(weight, x);
      before
          .mul(FloatVector.fromArray(FLOATS, px, x - 1))
          .add(own.mul(FloatVector.fromArray(FLOATS, px, x)))
          .intoArray(near, x);
      FloatVector fraction = FloatVector.fromArray(FLOATS, second, x);
      FloatVector.fromArray(FLOATS, second, x - 1)
          .add(FloatVector.broadcast(FLOATS, 1f).sub(fraction))
          .intoArray(cover, x);
      int i = 3 * x;
      before
          .rearrange(FIRST)
          .mul(FloatVector.fromArray(FLOATS, colors, i - 3))
          .add(own.rearrange(FIRST).mul(FloatVector.fromArray(FLOATS, colors, i)))
          .intoArray(color, i);
      i += LANES;
      before
          .rearrange(SECOND)
          .mul(FloatVector.fromArray(FLOATS, colors, i - 3))
          .add(own.rearrange(SECOND).mul(FloatVector.fromArray(FLOATS, colors, i)))
          .intoArray(color, i);
      i += LANES;
      before
          .rearrange(THIRD)
          .mul(FloatVector.fromArray(FLOATS, colors, i - 3))
          .add(own.rearrange(THIRD).mul(FloatVector.fromArray(FLOATS, colors, i)))
          .intoArray(color, i);
    }
  }

  /** Adds pixels {@code [start, end)} that move alike to cells from {@code start + base} on. */
  private void add(float[] colors, int start, int end, int base) {
    if (start >= end) {
      return;
    }
    int first = start + base;
    float w = weight1[start];
    colorSum[3 * first] += w * colors[3 * start];
    colorSum[3 * first + 1] += w * colors[3 * start + 1];
    colorSum[3 * first + 2] += w * colors[3 * start + 2];
    weightSum[first] += w;
    nearSum[first] += w * px[start];
    coverSum[first] += 1 - second[start];
    accumulate(color, 3 * start + 3, 3 * end, colorSum, 3 * base);
    accumulate(weight, start + 1, end, weightSum, base);
    accumulate(near, start + 1, end, nearSum, base);
    accumulate(cover, start + 1, end, coverSum, base);
    int last = end - 1;
    int past = end + base;
    w = weight2[last];
    colorSum[3 * past] += w * colors[3 * last];
    colorSum[3 * past + 1] += w * colors[3 * last + 1];
    colorSum[3 * past + 2] += w * colors[3 * last + 2];
    weightSum[past] += w;
    nearSum[past] += w * px[last];
    coverSum[past] += second[last];
  }

  private static void accumulate(float[] from, int start, int end, float[] into, int base) {
    int i = start;
    for (; i <= end - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, into, i + base)
          .add(FloatVector.fromArray(FLOATS, from, i))
          .intoArray(into, i + base);
    }
    if (i < end) {
      // lanes past the end are stored as they were
      FloatVector sum = FloatVector.fromArray(FLOATS, into, i + base);
      sum.blend(
              sum.add(FloatVector.fromArray(FLOATS, from, i)),
              LANE.compare(VectorOperators.LT, (float) (end - i)))
          .intoArray(into, i + base);
    }
  }

  /** Writes quotients and clears the sums for the next row. */
  private void divide(float least, SplatRow target) {
    float[] out = target.colors();
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
      FloatVector scale = inverse.blend(0f, covered.compare(VectorOperators.LT, sliver));
      int i = 3 * x;
      scale.rearrange(FIRST).mul(FloatVector.fromArray(FLOATS, colorSum, i + 3)).intoArray(out, i);
      i += LANES;
      scale.rearrange(SECOND).mul(FloatVector.fromArray(FLOATS, colorSum, i + 3)).intoArray(out, i);
      i += LANES;
      scale.rearrange(THIRD).mul(FloatVector.fromArray(FLOATS, colorSum, i + 3)).intoArray(out, i);
    }
    for (; x < width; x++) {
      divideOne(x, least, target);
    }
    Arrays.fill(colorSum, 0);
    Arrays.fill(weightSum, 0);
    Arrays.fill(nearSum, 0);
    Arrays.fill(coverSum, 0);
  }

  private void divideOne(int x, float least, SplatRow target) {
    float sum = weightSum[x + 1];
    float inverse = 1 / (sum > least ? sum : least);
    float scale = coverSum[x + 1] < sliver ? 0 : inverse;
    for (int c = 0; c < 3; c++) {
      target.colors()[3 * x + c] = colorSum[3 * x + 3 + c] * scale;
    }
    float near = nearSum[x + 1];
    target.coverage()[target.from() + x] = coverSum[x + 1];
    target.disparity()[target.from() + x] =
        sum > least ? near * inverse : sum > 0 ? near / sum : Float.NaN;
  }
}
