package org.stereo4d.stereocrafter.splat.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
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
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final int LANES = 8;

  /** Pairs of levels at a time, or up to twice as many, whose buffers the nearest cache holds. */
  private static final int STRIP = 320;

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

  /** Fractions of the pairs that were weighed last. */
  private final float[] fractions;

  /** Fractions of their samples 0, 2, ..., and of samples 1, 3, .... */
  private final short[] even;

  private final short[] odd;

  private VectorPairs(int width) {
    this.width = width;
    this.lastRow = new byte[3 * width + BYTES.length()];
    this.fractions = new float[width + LANES];
    this.even = new short[3 * width / 2 + 4 * LANES];
    this.odd = new short[3 * width / 2 + 4 * LANES];
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
  public void move(float[] px, int from, float shift, RowRuns runs) {
    runs.clear();
    int start = 0;
    float whole = RowWeights.floor(px[from] * shift);
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector motion = FloatVector.fromArray(FLOATS, px, from + x).mul(shift);
      FloatVector down = motion.add(RowWeights.ROUNDING).sub(RowWeights.ROUNDING);
      down = down.sub(1f, down.compare(VectorOperators.GT, motion));
      VectorMask<Float> other = down.compare(VectorOperators.NE, whole);
      if (other.anyTrue() && !runs.areTooMany()) {
        int first = other.firstTrue();
        runs.add(start, x + first, whole);
        start = x + first;
        whole = RowWeights.floor(px[from + start] * shift);
        boolean one = down.compare(VectorOperators.NE, whole).trueCount() == first;
        for (int i = one ? x + LANES : start + 1; i < x + LANES; i++) {
          float own = RowWeights.floor(px[from + i] * shift);
          if (own != whole) {
            runs.add(start, i, whole);
            start = i;
            whole = own;
          }
        }
      }
    }
    for (; x < width; x++) {
      float own = RowWeights.floor(px[from + x] * shift);
      if (own != whole) {
        runs.add(start, x, whole);
        start = x;
        whole = own;
      }
    }
    runs.add(start, width, whole);
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
        int motion = runs.motion(r);
        int end = runs.end(r);
        for (int start = runs.start(r) + 1; start < end; ) {
          int count = end - start < 2 * STRIP ? end - start : STRIP;
          all &= weigh(pairs, start, count, motion);
          spread(count);
          blend(row, first + 3 * start, out, to + 3 * (start + motion), 3 * count);
          start += count;
        }
      }
    }
    return all;
  }

  /** Fractions of the samples of the pairs that were weighed last. */
  private void spread(int count) {
    int eights = (count + LANES - 1) / LANES;
    for (int i = 0; i < eights; i++) {
      FloatVector raised = FloatVector.fromArray(FLOATS, fractions, i * LANES).add(PLACES);
      IntVector places = raised.reinterpretAsInts();
      IntVector low = places.sub(PLACES_BITS);
      IntVector high = places.lanewise(VectorOperators.LSHL, 16);
      int to = i * (3 * LANES / 2);
      IntVector evens = low.rearrange(EVEN_LOW).or(high.rearrange(EVEN_HIGH));
      evens.reinterpretAsShorts().intoArray(even, to);
      IntVector odds = low.rearrange(ODD_LOW).or(high.rearrange(ODD_HIGH));
      odds.reinterpretAsShorts().intoArray(odd, to);
    }
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

  /** {@code right + (left - right) f} of 32 samples. */
  private ByteVector blend(byte[] levels, int i, int half) {
    ShortVector left = ByteVector.fromArray(BYTES, levels, i - 3).reinterpretAsShorts();
    ShortVector right = ByteVector.fromArray(BYTES, levels, i).reinterpretAsShorts();
    ShortVector evens =
        left.and(LOW)
            .sub(right.and(LOW))
            .mul(ShortVector.fromArray(SHORTS, even, half))
            .add(right.lanewise(VectorOperators.LSHL, 8))
            .add(HALF)
            .lanewise(VectorOperators.LSHR, 8);
    ShortVector odds =
        left.lanewise(VectorOperators.LSHR, 8)
            .sub(right.lanewise(VectorOperators.LSHR, 8))
            .mul(ShortVector.fromArray(SHORTS, odd, half))
            .add(right.and(HIGH))
            .add(HALF)
            .and(HIGH);
    return evens.or(odds).reinterpretAsBytes();
  }

  /** Fractions, coverages and disparities of the pairs from pixel {@code start} on. */
  private boolean weigh(Pairs pairs, int start, int count, int motion) {
    int eights = count & -LANES;
    boolean all = weigh(pairs, start, 0, eights, motion);
    return eights == count ? all : all & weigh(pairs, start, count - LANES, count, motion);
  }

  /** The same from the first of these pairs to another; a whole number of eights. */
  private boolean weigh(Pairs pairs, int start, int first, int end, int motion) {
    float[] px = pairs.px();
    float[] coverage = pairs.coverage();
    float[] disparity = pairs.disparity();
    float shift = pairs.shift();
    float leastCoverage = pairs.leastCoverage();
    float scale = pairs.exponentPerPx() * QUARTER_LN2;
    int from = pairs.from() + start;
    int to = pairs.to() + start + motion;
    IntVector scant = IntVector.zero(INTS);
    for (int i = first; i < end; i += LANES) {
      FloatVector before = FloatVector.fromArray(FLOATS, px, from + i - 1);
      FloatVector own = FloatVector.fromArray(FLOATS, px, from + i);
      FloatVector secondBefore = before.mul(shift).sub(motion);
      FloatVector share = FloatVector.broadcast(FLOATS, 1f).sub(own.mul(shift).sub(motion));
      FloatVector covered = secondBefore.add(share);
      covered.intoArray(coverage, to + i);
      scant = scant.or(covered.sub(leastCoverage).reinterpretAsInts());
      FloatVector step = own.sub(before);
      FloatVector g = step.mul(scale);
      FloatVector q = g.mul(g).mul(THIRD_OF_SQUARE).add(1f);
      FloatVector up = q.add(g);
      FloatVector down = q.sub(g);
      FloatVector weight = secondBefore.mul(down.mul(down));
      FloatVector f = weight.div(share.mul(up.mul(up)).add(weight));
      f.intoArray(fractions, i);
      own.sub(step.mul(f)).intoArray(disparity, to + i);
    }
    return scant.lanewise(VectorOperators.ASHR, 31).eq(0).allTrue();
  }

  @Override
  public boolean mix(Pairs pairs, float[] colors, int from, float[] out, int to) {
    RowRuns runs = pairs.runs();
    boolean all = true;
    for (int r = 0; r < runs.count(); r++) {
      if (runs.end(r) - runs.start(r) >= SHORTEST_RUN) {
        int motion = runs.motion(r);
        int start = runs.start(r) + 1;
        int count = runs.end(r) - start;
        all &= weigh(pairs, start, count, motion);
        blend(colors, from + 3 * start, out, to + 3 * (start + motion), count);
      }
    }
    return all;
  }

  private void blend(float[] colors, int from, float[] out, int to, int count) {
    int last = count - LANES;
    for (int x = 0; x < count; x += LANES) {
      int i = Math.min(x, last);
      FloatVector f = FloatVector.fromArray(FLOATS, fractions, i);
      int at = from + 3 * i;
      int into = to + 3 * i;
      FloatVector right = FloatVector.fromArray(FLOATS, colors, at);
      FloatVector step = FloatVector.fromArray(FLOATS, colors, at - 3).sub(right);
      step.mul(f.rearrange(FIRST)).add(right).intoArray(out, into);
      right = FloatVector.fromArray(FLOATS, colors, at + LANES);
      step = FloatVector.fromArray(FLOATS, colors, at + LANES - 3).sub(right);
      step.mul(f.rearrange(SECOND)).add(right).intoArray(out, into + LANES);
      right = FloatVector.fromArray(FLOATS, colors, at + 2 * LANES);
      step = FloatVector.fromArray(FLOATS, colors, at + 2 * LANES - 3).sub(right);
      step.mul(f.rearrange(THIRD)).add(right).intoArray(out, into + 2 * LANES);
    }
  }
}
