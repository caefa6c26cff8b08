package org.stereo4d.warp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.stereo4d.image.ByteImage;

/**
 * Reads the two taps of a source row, six bytes, as one long: {@code r0 g0 b0 r1 g1 b1}. Even and
 * odd bytes are spread over 16-bit lanes, where {@code 256 top + (bottom - top) f + 128} never
 * overflows, so that three multiplications do the work of eighteen. Four bytes are stored per
 * pixel; the next pixel overwrites the last one.
 */
final class PlainBilinearRun implements BilinearRun {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVEN = 0x00ff_00ff_00ffL;
  private static final long ODD = EVEN << 8;
  private static final long HALF = 0x0080_0080_0080L;

  @Override
  public void run(
      ByteImage source, int[] offsets, short[] fractions, int start, int end, byte[] out) {
    if (start >= end) {
      return;
    }
    byte[] in = source.array();
    int base = source.offset();
    int stride = source.stride();
    int o = 3 * start;
    for (int k = start; k < end - 1; k++, o += 3) {
      INT.set(out, o, pixel(in, base + offsets[k], stride, fractions[k]));
    }
    int last = pixel(in, base + offsets[end - 1], stride, fractions[end - 1]);
    out[o] = (byte) last;
    out[o + 1] = (byte) (last >> 8);
    out[o + 2] = (byte) (last >> 16);
  }

  private static int pixel(byte[] in, int i, int stride, int fraction) {
    long top = (long) LONG.get(in, i);
    long bottom = (long) LONG.get(in, i + stride);
    int fx = fraction & 255;
    int fy = (fraction >> 8) & 255;
    // lanes r0 b0 g1 start at bit 0, lanes g0 r1 b1 at bit 8; 256 a + (b - a) f stays in its lane
    long topEven = top & EVEN;
    long even = ((topEven << 8) + ((bottom & EVEN) - topEven) * fy + HALF) >>> 8;
    long topOdd = top & ODD;
    long odd = (topOdd << 8) + ((bottom & ODD) - topOdd) * fy + (HALF << 8);
    // lanes: r b g
    long first = (even & 0xff00ff) | ((odd & 0xff_0000) << 16);
    long second = ((odd >>> 32) & 0xff00ff) | (even & 0xff_0000_0000L);
    long mixed = (first << 8) + (second - first) * fx + HALF;
    return (int) (((mixed >>> 8) & 0xff00ff) | ((mixed >>> 32) & 0xff00));
  }
}
