package org.stereo4d.stereocrafter.splat.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Rows of RGB levels as whole numbers, {@code red | green << 8 | blue << 16}, so that a pixel is
 * read and written at once. The highest byte of a number does not count.
 */
final class Triples {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Triples() {}

  /** Reads a row. */
  static void load(byte[] samples, int from, int[] out, int width) {
    int last = width - 1;
    for (int x = 0; x < last; x++) {
      out[x] = (int) INT.get(samples, from + 3 * x);
    }
    int i = from + 3 * last;
    out[last] = samples[i] & 0xff | (samples[i + 1] & 0xff) << 8 | (samples[i + 2] & 0xff) << 16;
  }

  /** Writes a row, and nothing behind it. */
  static void store(int[] triples, byte[] samples, int from, int width) {
    int last = width - 1;
    for (int x = 0; x < last; x++) {
      INT.set(samples, from + 3 * x, triples[x]);
    }
    for (int c = 0; c < 3; c++) {
      samples[from + 3 * last + c] = (byte) (triples[last] >>> 8 * c);
    }
  }
}
