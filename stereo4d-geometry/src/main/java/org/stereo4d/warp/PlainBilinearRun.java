package org.stereo4d.warp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.stereo4d.image.ByteImage;

/**
 * Gathers the four taps of a chunk of pixels as integers {@code b << 16 | g << 8 | r}, mixes the
 * upper with the lower ones, then the left with the right ones. The mixing loops have the shape
 * that the compiler turns into vector instructions: one operation on whole arrays, with red and
 * blue in the two 16-bit halves of a lane. Four bytes are stored per pixel; the next pixel
 * overwrites the last one.
 */
final class PlainBilinearRun implements BilinearRun {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int CHUNK = 256;
  private static final int RED_BLUE = 0xff00ff;
  private static final int GREEN = 0xff00;
  private static final int HALF_RED_BLUE = 0x80_0080;
  private static final int HALF_GREEN = 0x8000;

  /** One per worker, so that it stays in the first-level cache. */
  private static final ThreadLocal<Taps> SCRATCH = ThreadLocal.withInitial(Taps::new);

  private static final class Taps {
    final int[] topLeft = new int[CHUNK];
    final int[] topRight = new int[CHUNK];
    final int[] bottomLeft = new int[CHUNK];
    final int[] bottomRight = new int[CHUNK];
    final int[] fractions = new int[CHUNK];
    final int[] redBlue = new int[CHUNK];
  }

  @Override
  public void run(
      ByteImage source, int[] offsets, short[] fractions, int start, int end, byte[] out) {
    Taps taps = SCRATCH.get();
    for (int at = start; at < end; at += CHUNK) {
      int count = Math.min(CHUNK, end - at);
      gather(source, offsets, at, count, taps);
      for (int j = 0; j < count; j++) {
        taps.fractions[j] = fractions[at + j];
      }
      mix(taps.topLeft, taps.bottomLeft, taps.fractions, 8, taps.redBlue, count);
      mix(taps.topRight, taps.bottomRight, taps.fractions, 8, taps.redBlue, count);
      mix(taps.topLeft, taps.topRight, taps.fractions, 0, taps.redBlue, count);
      store(taps.topLeft, count, out, 3 * at);
    }
  }

  private static void gather(ByteImage source, int[] offsets, int at, int count, Taps taps) {
    byte[] in = source.array();
    int base = source.offset();
    int stride = source.stride();
    int[] topLeft = taps.topLeft;
    int[] topRight = taps.topRight;
    int[] bottomLeft = taps.bottomLeft;
    int[] bottomRight = taps.bottomRight;
    for (int j = 0; j < count; j++) {
      int i = base + offsets[at + j];
      long top = (long) LONG.get(in, i);
      long bottom = (long) LONG.get(in, i + stride);
      topLeft[j] = (int) top;
      topRight[j] = (int) (top >>> 24);
      bottomLeft[j] = (int) bottom;
      bottomRight[j] = (int) (bottom >>> 24);
    }
  }

  /** {@code first = (first (256 - f) + second f + 128) >> 8} in each channel. */
  private static void mix(
      int[] first, int[] second, int[] fractions, int shift, int[] redBlue, int count) {
    for (int j = 0; j < count; j++) {
      int a = first[j] & RED_BLUE;
      int step = ((second[j] & RED_BLUE) - a) * ((fractions[j] >>> shift) & 255);
      redBlue[j] = (((a << 8) + step + HALF_RED_BLUE) >>> 8) & RED_BLUE;
    }
    for (int j = 0; j < count; j++) {
      int a = first[j] & GREEN;
      int step = ((second[j] & GREEN) - a) * ((fractions[j] >>> shift) & 255);
      first[j] = redBlue[j] | ((((a << 8) + step + HALF_GREEN) >>> 8) & GREEN);
    }
  }

  private static void store(int[] pixels, int count, byte[] out, int at) {
    int o = at;
    for (int j = 0; j < count - 1; j++, o += 3) {
      INT.set(out, o, pixels[j]);
    }
    int last = pixels[count - 1];
    out[o] = (byte) last;
    out[o + 1] = (byte) (last >> 8);
    out[o + 2] = (byte) (last >> 16);
  }
}
