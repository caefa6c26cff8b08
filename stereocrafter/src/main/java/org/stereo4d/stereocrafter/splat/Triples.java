package org.stereo4d.stereocrafter.splat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Rows of RGB levels as whole numbers, {@code red | green << 8 | blue << 16}, so that a pixel is
 * read and written at once. The highest byte of a number does not count.
 */
public final class Triples {
  /** Added to a level it leaves the nearest whole number in the low bits of the float. */
  public static final float ROUNDING = 0x1p23f;

  /** The bits of a float that holds a level in its low bits. */
  public static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Triples() {}

  /** Reads a row. */
  public static void load(byte[] samples, int from, int[] out, int width) {
    int last = width - 1;
    for (int x = 0; x < last; x++) {
      out[x] = (int) INT.get(samples, from + 3 * x);
    }
    int i = from + 3 * last;
    out[last] = samples[i] & 0xff | (samples[i + 1] & 0xff) << 8 | (samples[i + 2] & 0xff) << 16;
  }

  /** Writes a row, and nothing behind it. */
  public static void store(int[] triples, byte[] samples, int from, int width) {
    int last = width - 1;
    for (int x = 0; x < last; x++) {
      INT.set(samples, from + 3 * x, triples[x]);
    }
    for (int c = 0; c < 3; c++) {
      samples[from + 3 * last + c] = (byte) (triples[last] >>> 8 * c);
    }
  }
}
