package org.stereo4d.stereocrafter.splat.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.splat.PairKernel;
import org.stereo4d.stereocrafter.splat.RowRuns;
import org.stereo4d.stereocrafter.splat.RowWeights;

/**
 * Eight pairs at a time, run after run; the last eight of a run may be found twice. Same bits as
 * the plain kernel.
 */
public final class VectorPairs implements PairKernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final int LANES = 8;

  private static final VectorShuffle<Byte> UNPACK =
      VectorShuffle.fromOp(BYTES, i -> i % 4 == 3 ? 31 : i / 4 * 3 + i % 4);
  private static final VectorShuffle<Byte> PACK =
      VectorShuffle.fromOp(BYTES, i -> i < 24 ? i / 3 * 4 + i % 3 : 31);

  /** Each lane three times: the first, second and third eight of them. */
  private static final VectorShuffle<Float> FIRST =
      VectorShuffle.fromValues(FLOATS, 0, 0, 0, 1, 1, 1, 2, 2);

  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromValues(FLOATS, 2, 3, 3, 3, 4, 4, 4, 5);
  private static final VectorShuffle<Float> THIRD =
      VectorShuffle.fromValues(FLOATS, 5, 5, 6, 6, 6, 7, 7, 7);

  /** A float of this size holds 8 binary places behind the point in its low bits. */
  private static final float PLACES = 0x1p15f;

  private static final int PLACES_BITS = Float.floatToRawIntBits(PLACES);
  private static final int RED_BLUE = 0xff00ff;
  private static final int GREEN = 0xff00;
  private static final int HALF_RED_BLUE = 0x80_0080;
  private static final int HALF_GREEN = 0x8000;

  private final int width;
  private final byte[] bytes;
  private final int[] levels;
  private final int[] mixed;
  private final float[] fractions;

  private VectorPairs(int width) {
    this.width = width;
    this.bytes = new byte[3 * width + 4 * LANES * 2];
    this.levels = new int[width + LANES];
    this.mixed = new int[width + LANES];
    this.fractions = new float[width + LANES];
  }

  /** Makes the twin, for processors whose vectors hold eight floats. */
  public static final class Factory implements PairKernel.Factory {
    /** Creates a factory; refused, so that the plain kernel runs, where vectors are shorter. */
    public Factory() {
      int lanes = FloatVector.SPECIES_PREFERRED.length();
      Check.that(
          lanes >= LANES, "vectors must hold %s floats, this processor's hold %s", LANES, lanes);
    }

    @Override
    public PairKernel create(int width) {
      return new VectorPairs(width);
    }
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
  public void move(float[] px, int from, float shift, float[] whole, float[] second) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector motion = FloatVector.fromArray(FLOATS, px, from + x).mul(shift);
      FloatVector down = motion.add(RowWeights.ROUNDING).sub(RowWeights.ROUNDING);
      down = down.sub(1f, down.compare(VectorOperators.GT, motion));
      down.intoArray(whole, x);
      motion.sub(down).intoArray(second, x);
    }
    for (; x < width; x++) {
      float motion = px[from + x] * shift;
      float down = (motion + RowWeights.ROUNDING) - RowWeights.ROUNDING;
      down = down > motion ? down - 1 : down;
      whole[x] = down;
      second[x] = motion - down;
    }
  }

  @Override
  public boolean mix(Pairs pairs, byte[] levels, int from, byte[] out, int to) {
    unpack(levels, from);
    RowRuns runs = pairs.runs();
    boolean all = true;
    for (int r = 0; r < runs.count(); r++) {
      if (runs.end(r) - runs.start(r) >= SHORTEST_RUN) {
        all &= weigh(pairs, runs.start(r) + 1, runs.end(r), runs.motion(r));
        blend(runs.start(r) + 1, runs.end(r), runs.motion(r));
      }
    }
    pack(out, to);
    return all;
  }

  private void unpack(byte[] samples, int from) {
    System.arraycopy(samples, from, bytes, 0, 3 * width);
    for (int x = 0; x < width; x += LANES) {
      IntVector eight =
          (IntVector)
              ByteVector.fromArray(BYTES, bytes, 3 * x).rearrange(UNPACK).reinterpretShape(INTS, 0);
      eight.intoArray(levels, x);
    }
  }

  private void blend(int start, int end, int motion) {
    int last = end - LANES;
    for (int x = start; x < end; x += LANES) {
      int i = Math.min(x, last);
      FloatVector raised = FloatVector.fromArray(FLOATS, fractions, i).add(PLACES);
      IntVector f = (IntVector) raised.reinterpretShape(INTS, 0);
      f = f.sub(PLACES_BITS);
      IntVector left = IntVector.fromArray(INTS, levels, i - 1);
      IntVector right = IntVector.fromArray(INTS, levels, i);
      IntVector a = left.and(RED_BLUE);
      IntVector redBlue =
          right
              .and(RED_BLUE)
              .sub(a)
              .mul(f)
              .add(a.lanewise(VectorOperators.LSHL, 8))
              .add(HALF_RED_BLUE)
              .lanewise(VectorOperators.LSHR, 8)
              .and(RED_BLUE);
      a = left.and(GREEN);
      right
          .and(GREEN)
          .sub(a)
          .mul(f)
          .add(a.lanewise(VectorOperators.LSHL, 8))
          .add(HALF_GREEN)
          .lanewise(VectorOperators.LSHR, 8)
          .and(GREEN)
          .or(redBlue)
          .intoArray(mixed, i + motion);
    }
  }

  private void pack(byte[] out, int to) {
    for (int x = 0; x < width; x += LANES) {
      ByteVector eight =
          (ByteVector) IntVector.fromArray(INTS, mixed, x).reinterpretShape(BYTES, 0);
      eight.rearrange(PACK).intoArray(bytes, 3 * x);
    }
    System.arraycopy(bytes, 0, out, to, 3 * width);
  }

  @Override
  public boolean mix(Pairs pairs, float[] colors, int from, float[] out, int to) {
    RowRuns runs = pairs.runs();
    boolean all = true;
    for (int r = 0; r < runs.count(); r++) {
      if (runs.end(r) - runs.start(r) >= SHORTEST_RUN) {
        int start = runs.start(r) + 1;
        int end = runs.end(r);
        all &= weigh(pairs, start, end, runs.motion(r));
        blend(colors, from, start, end, out, to + 3 * runs.motion(r));
      }
    }
    return all;
  }

  /** Fractions, coverages and disparities of the pairs of pixels {@code [start, end)}. */
  private boolean weigh(Pairs pairs, int start, int end, int motion) {
    float[] px = pairs.px();
    float[] second = pairs.second();
    float[] coverage = pairs.coverage();
    float[] disparity = pairs.disparity();
    float leastCoverage = pairs.leastCoverage();
    int from = pairs.from();
    int to = pairs.to() + motion;
    float scale = pairs.exponentPerPx() * QUARTER_LN2;
    IntVector scant = IntVector.zero(INTS);
    int last = end - LANES;
    for (int x = start; x < end; x += LANES) {
      int i = Math.min(x, last);
      FloatVector before = FloatVector.fromArray(FLOATS, px, from + i - 1);
      FloatVector own = FloatVector.fromArray(FLOATS, px, from + i);
      FloatVector g = own.sub(before).mul(scale);
      FloatVector q = g.mul(g).mul(THIRD_OF_SQUARE).add(1f);
      FloatVector up = q.add(g);
      FloatVector down = q.sub(g);
      FloatVector secondBefore = FloatVector.fromArray(FLOATS, second, i - 1);
      FloatVector first =
          FloatVector.broadcast(FLOATS, 1f).sub(FloatVector.fromArray(FLOATS, second, i));
      FloatVector covered = secondBefore.add(first);
      covered.intoArray(coverage, to + i);
      scant = scant.or(covered.sub(leastCoverage).reinterpretShape(INTS, 0));
      FloatVector weight = first.mul(up.mul(up));
      FloatVector f = weight.div(secondBefore.mul(down.mul(down)).add(weight));
      f.intoArray(fractions, i);
      before
          .mul(FloatVector.broadcast(FLOATS, 1f).sub(f))
          .add(own.mul(f))
          .intoArray(disparity, to + i);
    }
    return scant.lanewise(VectorOperators.ASHR, 31).eq(0).allTrue();
  }

  private void blend(float[] colors, int from, int start, int end, float[] out, int to) {
    int last = end - LANES;
    for (int x = start; x < end; x += LANES) {
      int i = Math.min(x, last);
      FloatVector f = FloatVector.fromArray(FLOATS, fractions, i);
      FloatVector g = FloatVector.broadcast(FLOATS, 1f).sub(f);
      int at = from + 3 * i;
      int into = to + 3 * i;
      FloatVector.fromArray(FLOATS, colors, at - 3)
          .mul(g.rearrange(FIRST))
          .add(FloatVector.fromArray(FLOATS, colors, at).mul(f.rearrange(FIRST)))
          .intoArray(out, into);
      FloatVector.fromArray(FLOATS, colors, at + LANES - 3)
          .mul(g.rearrange(SECOND))
          .add(FloatVector.fromArray(FLOATS, colors, at + LANES).mul(f.rearrange(SECOND)))
          .intoArray(out, into + LANES);
      FloatVector.fromArray(FLOATS, colors, at + 2 * LANES - 3)
          .mul(g.rearrange(THIRD))
          .add(FloatVector.fromArray(FLOATS, colors, at + 2 * LANES).mul(f.rearrange(THIRD)))
          .intoArray(out, into + 2 * LANES);
    }
  }
}
