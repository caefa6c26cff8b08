package org.stereo4d.warp.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.image.ByteImage;
import org.stereo4d.warp.BilinearRun;

/**
 * The arithmetic of the plain kernel on a pixel per 64-bit lane. Taps are gathered by plain loads,
 * which measured faster than gather instructions; the sixteen-bit multiplications then work on all
 * lanes at once; two pixels leave with each store. Same bits as the plain kernel.
 */
public final class VectorBilinearRun implements BilinearRun {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int CHUNK = 256;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = LONGS.length();
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, LONGS.vectorShape());

  /** As many shorts as there are lanes of 64 bits. */
  private static final VectorSpecies<Short> FRACTIONS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 4));

  /** Adding it to {@code fx ^ 0xffff} gives {@code 256 - fx} in the lane of green. */
  private static final long TURN_GREEN = 257L << 32;

  /** One per worker, so that it stays in the first-level cache. */
  private static final ThreadLocal<Taps> SCRATCH = ThreadLocal.withInitial(Taps::new);

  /** Upper taps, then lower taps: one array costs the compiler one bounds check. */
  private static final class Taps {
    final long[] rows = new long[2 * CHUNK];
    final short[] fractions = new short[CHUNK];
  }

  /** Creates the twin; fails on processors whose vectors are shorter than 256 bits. */
  public VectorBilinearRun() {}

  @Override
  public void run(
      ByteImage source, int[] offsets, short[] fractions, int start, int end, byte[] out) {
    Taps taps = SCRATCH.get();
    for (int at = start; at < end; at += CHUNK) {
      int count = Math.min(CHUNK, end - at);
      gather(source, offsets, at, count, taps.rows);
      System.arraycopy(fractions, at, taps.fractions, 0, count);
      mix(taps.rows, taps.fractions, (count + LANES - 1) / LANES * LANES);
      store(taps.rows, count, out, 3 * at);
    }
  }

  private static void gather(ByteImage source, int[] offsets, int at, int count, long[] rows) {
    byte[] in = source.array();
    int base = source.offset();
    int stride = source.stride();
    for (int j = 0; j < count; j++) {
      int i = base + offsets[at + j];
      rows[j] = (long) LONG.get(in, i);
      rows[CHUNK + j] = (long) LONG.get(in, i + stride);
    }
  }

  /**
   * Interpolates pixels {@code [0, end)} in place of their upper taps. Everything stands in this
   * one method: a vector that crosses a call which the compiler does not inline costs an object.
   */
  private static void mix(long[] rows, short[] fractions, int end) {
    ShortVector one = ShortVector.broadcast(SHORTS, (short) 256);
    ShortVector half = ShortVector.broadcast(SHORTS, (short) 128);
    ShortVector low = ShortVector.broadcast(SHORTS, (short) 255);
    ShortVector turn = LongVector.broadcast(LONGS, TURN_GREEN).reinterpretAsShorts();
    for (int j = 0; j < end; j += LANES) {
      // the weights of a pixel in all four shorts of its lane
      LongVector weight =
          (LongVector)
              ShortVector.fromArray(FRACTIONS, fractions, j)
                  .convertShape(VectorOperators.ZERO_EXTEND_S2L, LONGS, 0);
      weight = weight.or(weight.lanewise(VectorOperators.LSHL, 16));
      ShortVector weights =
          weight.or(weight.lanewise(VectorOperators.LSHL, 32)).reinterpretAsShorts();
      ShortVector fx = weights.and(low);
      ShortVector fy = weights.lanewise(VectorOperators.LSHR, 8);
      ShortVector gy = one.sub(fy);
      ShortVector top = LongVector.fromArray(LONGS, rows, j).reinterpretAsShorts();
      ShortVector bottom = LongVector.fromArray(LONGS, rows, CHUNK + j).reinterpretAsShorts();
      // lanes: even = r0 b0 g1, odd = g0 r1 b1
      ShortVector even =
          top.and(low)
              .mul(gy)
              .add(bottom.and(low).mul(fy))
              .add(half)
              .lanewise(VectorOperators.LSHR, 8);
      LongVector odd =
          top.lanewise(VectorOperators.LSHR, 8)
              .mul(gy)
              .add(bottom.lanewise(VectorOperators.LSHR, 8).mul(fy))
              .add(half)
              .lanewise(VectorOperators.LSHR, 8)
              .reinterpretAsLongs();
      // lanes: r1 b1 g0, opposite to even; green therefore takes the weight 256 - fx
      ShortVector other =
          odd.lanewise(VectorOperators.LSHR, 16)
              .and(0xffff_ffffL)
              .or(odd.lanewise(VectorOperators.LSHL, 32))
              .reinterpretAsShorts();
      ShortVector towards =
          fx.reinterpretAsLongs()
              .lanewise(VectorOperators.XOR, 0xffff_0000_0000L)
              .reinterpretAsShorts()
              .add(turn);
      LongVector mixed =
          other
              .sub(even)
              .mul(towards)
              .add(even.lanewise(VectorOperators.LSHL, 8))
              .add(half)
              .lanewise(VectorOperators.LSHR, 8)
              .reinterpretAsLongs();
      mixed
          .and(0xff00ffL)
          .or(mixed.lanewise(VectorOperators.LSHR, 24).and(0xff00L))
          .intoArray(rows, j);
    }
  }

  private static void store(long[] pixels, int count, byte[] out, int at) {
    int last = (count - 1) & ~1;
    for (int j = 0, o = at; j < last; j += 2, o += 6) {
      LONG.set(out, o, pixels[j] | pixels[j + 1] << 24);
    }
    long pair = pixels[last] | pixels[last + 1] << 24;
    for (int k = at + 3 * last; k < at + 3 * count; k++, pair >>= 8) {
      out[k] = (byte) pair;
    }
  }
}
