package org.stereo4d.warp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.stereo4d.image.ByteImage;

/**
 * Reads the two taps of a source row, six bytes, as one long: {@code r0 g0 b0 r1 g1 b1}. Even and
 * odd bytes are spread over 16-bit lanes, where {@code top (256 - f) + bottom f + 128} never
 * overflows, so that six multiplications do the work of eighteen. Four bytes are stored per pixel;
 * the next pixel overwrites the last one.
 */
final class PlainBilinearRun implements BilinearRun {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVEN = 0x00ff_00ff_00ffL;
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
    // lanes: even = r0 b0 g1, odd = g0 r1 b1
    long even = (top & EVEN) * (256 - fy) + (bottom & EVEN) * fy + HALF;
    long odd = ((top >>> 8) & EVEN) * (256 - fy) + ((bottom >>> 8) & EVEN) * fy + HALF;
    long bytes = ((even >>> 8) & EVEN) | (odd & EVEN << 8);
    long left = bytes & 0xff_ffff;
    long right = bytes >>> 24;
    // lanes: r b g
    long first = (left & 0xff00ff) | ((left & 0xff00) << 24);
    long second = (right & 0xff00ff) | ((right & 0xff00) << 24);
    long mixed = first * (256 - fx) + second * fx + HALF;
    return (int) (((mixed >>> 8) & 0xff00ff) | ((mixed >>> 32) & 0xff00));
  }
}
