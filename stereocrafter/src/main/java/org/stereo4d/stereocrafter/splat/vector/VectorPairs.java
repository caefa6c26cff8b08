package org.stereo4d.stereocrafter.splat.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
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
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final int LANES = 8;

  /** Samples 0, 2, ... 30 of interleaved pixels: those of the low and the high half of a lane. */
  private static final VectorShuffle<Integer> EVEN_LOW =
      VectorShuffle.fromOp(INTS, i -> 4 * i / 3 % LANES);

  private static final VectorShuffle<Integer> EVEN_HIGH =
      VectorShuffle.fromOp(INTS, i -> (4 * i + 2) / 3 % LANES);

  /** The same of samples 1, 3, ... 31. */
  private static final VectorShuffle<Integer> ODD_LOW =
      VectorShuffle.fromOp(INTS, i -> (4 * i + 1) / 3 % LANES);

  private static final VectorShuffle<Integer> ODD_HIGH =
      VectorShuffle.fromOp(INTS, i -> (4 * i + 3) / 3 % LANES);

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
  private static final short LOW = 0xff;
  private static final short HIGH = (short) 0xff00;
  private static final short HALF = 0x80;

  private final int width;
  private final byte[] bytes = new byte[BYTES.length()];

  /** A row with room behind it. */
  private final byte[] lastRow;

  /** Fractions of samples 0, 2, ... of a run, and of samples 1, 3, .... */
  private final short[] even;

  private final short[] odd;
  private final float[] fractions;

  private VectorPairs(int width) {
    this.width = width;
    this.lastRow = new byte[3 * width + BYTES.length()];
    this.even = new short[3 * width / 2 + 4 * LANES];
    this.odd = new short[3 * width / 2 + 4 * LANES];
    this.fractions = new float[width + 2 * LANES];
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
  public float[] move(float[] px, int from, float shift, float[] whole, float[] second) {
    FloatVector low = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
    FloatVector high = low.neg();
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, px, from + x);
      low = low.blend(p, p.compare(VectorOperators.LT, low));
      high = high.blend(p, p.compare(VectorOperators.GT, high));
      FloatVector motion = p.mul(shift);
      FloatVector down = motion.add(RowWeights.ROUNDING).sub(RowWeights.ROUNDING);
      down = down.sub(1f, down.compare(VectorOperators.GT, motion));
      down.intoArray(whole, x);
      motion.sub(down).intoArray(second, x);
    }
    float least = low.reduceLanes(VectorOperators.MIN);
    float largest = high.reduceLanes(VectorOperators.MAX);
    for (; x < width; x++) {
      float p = px[from + x];
      least = p < least ? p : least;
      largest = p > largest ? p : largest;
      float motion = p * shift;
      float down = (motion + RowWeights.ROUNDING) - RowWeights.ROUNDING;
      down = down > motion ? down - 1 : down;
      whole[x] = down;
      second[x] = motion - down;
    }
    boolean finite = least > Float.NEGATIVE_INFINITY && largest < Float.POSITIVE_INFINITY;
    return finite && least <= largest
        ? new float[] {least, largest}
        : RowWeights.range(px, from, from + width);
  }

  @Override
  public boolean mix(Pairs pairs, byte[] levels, int from, byte[] out, int to) {
    byte[] row = levels;
    int first = from;
    if (from + 3 * width + BYTES.length() > levels.length) {
      System.arraycopy(levels, from, lastRow, 0, 3 * width);
      row = lastRow;
      first = 0;
    }
    RowRuns runs = pairs.runs();
    boolean all = true;
    for (int r = 0; r < runs.count(); r++) {
      if (runs.end(r) - runs.start(r) >= SHORTEST_RUN) {
        int start = runs.start(r) + 1;
        int end = runs.end(r);
        all &= weigh(pairs, start, end, runs.motion(r));
        spread(start, end);
        blend(row, first + 3 * start, out, to + 3 * (start + runs.motion(r)), 3 * (end - start));
      }
    }
    return all;
  }

  /** Fractions of the samples of pixels {@code [start, end)}. */
  private void spread(int start, int end) {
    int eights = (end - start + LANES - 1) / LANES;
    for (int i = 0; i < eights; i++) {
      FloatVector raised = FloatVector.fromArray(FLOATS, fractions, start + i * LANES).add(PLACES);
      IntVector places = (IntVector) raised.reinterpretShape(INTS, 0);
      IntVector low = places.sub(PLACES_BITS);
      IntVector high = places.lanewise(VectorOperators.LSHL, 16);
      int to = i * (3 * LANES / 2);
      shorts(low.rearrange(EVEN_LOW).or(high.rearrange(EVEN_HIGH))).intoArray(even, to);
      shorts(low.rearrange(ODD_LOW).or(high.rearrange(ODD_HIGH))).intoArray(odd, to);
    }
  }

  private static ShortVector shorts(Vector<?> bits) {
    return (ShortVector) bits.reinterpretShape(SHORTS, 0);
  }

  private void blend(byte[] levels, int from, byte[] out, int to, int count) {
    int half = 0;
    for (; half <= count / 2 - SHORTS.length(); half += SHORTS.length()) {
      blend(levels, from + 2 * half, half).intoArray(out, to + 2 * half);
    }
    if (2 * half < count) {
      blend(levels, from + 2 * half, half).intoArray(bytes, 0);
      System.arraycopy(bytes, 0, out, to + 2 * half, count - 2 * half);
    }
  }

  /** {@code left + (right - left) f} of 32 samples. */
  private ByteVector blend(byte[] levels, int i, int half) {
    ShortVector left = shorts(ByteVector.fromArray(BYTES, levels, i - 3));
    ShortVector right = shorts(ByteVector.fromArray(BYTES, levels, i));
    ShortVector evens =
        right
            .and(LOW)
            .sub(left.and(LOW))
            .mul(ShortVector.fromArray(SHORTS, even, half))
            .add(left.lanewise(VectorOperators.LSHL, 8))
            .add(HALF)
            .lanewise(VectorOperators.LSHR, 8);
    ShortVector odds =
        right
            .lanewise(VectorOperators.LSHR, 8)
            .sub(left.lanewise(VectorOperators.LSHR, 8))
            .mul(ShortVector.fromArray(SHORTS, odd, half))
            .add(left.and(HIGH))
            .add(HALF)
            .and(HIGH);
    return (ByteVector) evens.or(odds).reinterpretShape(BYTES, 0);
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
    int rest = (end - start) % LANES;
    boolean all = weighEights(pairs, start, end - rest, motion);
    return rest == 0 ? all : all & weighEights(pairs, end - LANES, end, motion);
  }

  private boolean weighEights(Pairs pairs, int start, int end, int motion) {
    float[] px = pairs.px();
    float[] second = pairs.second();
    float[] coverage = pairs.coverage();
    float[] disparity = pairs.disparity();
    float leastCoverage = pairs.leastCoverage();
    int from = pairs.from();
    int to = pairs.to() + motion;
    float scale = pairs.exponentPerPx() * QUARTER_LN2;
    IntVector scant = IntVector.zero(INTS);
    for (int x = start; x < end; x += LANES) {
      FloatVector before = FloatVector.fromArray(FLOATS, px, from + x - 1);
      FloatVector own = FloatVector.fromArray(FLOATS, px, from + x);
      FloatVector g = own.sub(before).mul(scale);
      FloatVector q = g.mul(g).mul(THIRD_OF_SQUARE).add(1f);
      FloatVector up = q.add(g);
      FloatVector down = q.sub(g);
      FloatVector secondBefore = FloatVector.fromArray(FLOATS, second, x - 1);
      FloatVector first =
          FloatVector.broadcast(FLOATS, 1f).sub(FloatVector.fromArray(FLOATS, second, x));
      FloatVector covered = secondBefore.add(first);
      covered.intoArray(coverage, to + x);
      scant = scant.or(covered.sub(leastCoverage).reinterpretShape(INTS, 0));
      FloatVector weight = first.mul(up.mul(up));
      FloatVector f = weight.div(secondBefore.mul(down.mul(down)).add(weight));
      f.intoArray(fractions, x);
      before
          .mul(FloatVector.broadcast(FLOATS, 1f).sub(f))
          .add(own.mul(f))
          .intoArray(disparity, to + x);
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
