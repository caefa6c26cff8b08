package org.stereo4d.warp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;

/**
 * Bilinear interpolation of bytes in 1/256 px.
 *
 * <p>The inner loop of three channels reads the two taps of a source row, six bytes, as one long:
 * {@code r0 g0 b0 r1 g1 b1}. Even and odd bytes are spread over 16-bit lanes, where {@code top (256
 * - fy) + bottom fy} never overflows, so four multiplications interpolate all six values
 * vertically; three more finish horizontally. Per pixel it moves 12 bytes of source, 6 of table and
 * 3 of target.
 */
final class BilinearBytes implements ByteRows {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVEN = 0x00ff_00ff_00ffL;

  private final ByteImage source;
  private final PackedTaps packed;
  private final Border border;
  private final ByteImage target;

  private BilinearBytes(ByteImage source, PackedTaps packed, Border border, ByteImage target) {
    this.source = source;
    this.packed = packed;
    this.border = border;
    this.target = target;
  }

  static ByteRows of(ByteImage source, RemapTable table, Border border, ByteImage target) {
    return new BilinearBytes(source, table.packed(), border, target);
  }

  @Override
  public void run(int startRow, int endRow) {
    int width = target.width();
    for (int y = startRow; y < endRow; y++) {
      int done = 0;
      int[] runs = packed.insideRuns[y];
      for (int r = 0; r < runs.length; r += 2) {
        edge(y, done, runs[r]);
        if (source.channels() == 3) {
          insideRgb(y * width + runs[r], y * width + runs[r + 1]);
        } else {
          inside(y * width + runs[r], y * width + runs[r + 1]);
        }
        done = runs[r + 1];
      }
      edge(y, done, width);
    }
  }

  private void insideRgb(int start, int end) {
    byte[] in = source.array();
    byte[] out = target.array();
    int[] taps = packed.taps;
    short[] fractions = packed.fractions;
    int stride = source.stride();
    int base = source.offset();
    int o = 3 * start;
    for (int k = start; k < end; k++, o += 3) {
      int tap = taps[k];
      int fraction = fractions[k];
      int i = base + (tap >> 16) * stride + 3 * (tap & 0xffff);
      long top = (long) LONG.get(in, i);
      long bottom = (long) LONG.get(in, i + stride);
      int fx = fraction & 255;
      int fy = (fraction >> 8) & 255;
      // lanes: even = r0 b0 g1, odd = g0 r1 b1
      long even = (top & EVEN) * (256 - fy) + (bottom & EVEN) * fy;
      long odd = ((top >>> 8) & EVEN) * (256 - fy) + ((bottom >>> 8) & EVEN) * fy;
      int r0 = (int) even & 0xffff;
      int b0 = (int) even >>> 16;
      int g1 = (int) (even >>> 32);
      int g0 = (int) odd & 0xffff;
      int r1 = (int) odd >>> 16;
      int b1 = (int) (odd >>> 32);
      out[o] = (byte) ((r0 * 256 + (r1 - r0) * fx + 32768) >> 16);
      out[o + 1] = (byte) ((g0 * 256 + (g1 - g0) * fx + 32768) >> 16);
      out[o + 2] = (byte) ((b0 * 256 + (b1 - b0) * fx + 32768) >> 16);
    }
  }

  private void inside(int start, int end) {
    byte[] in = source.array();
    byte[] out = target.array();
    int channels = source.channels();
    int stride = source.stride();
    for (int k = start; k < end; k++) {
      int tap = packed.taps[k];
      int fx = packed.fractions[k] & 255;
      int fy = (packed.fractions[k] >> 8) & 255;
      int i = source.offset() + (tap >> 16) * stride + channels * (tap & 0xffff);
      for (int c = 0; c < channels; c++, i++) {
        int left = (in[i] & 0xff) * (256 - fy) + (in[i + stride] & 0xff) * fy;
        int right =
            (in[i + channels] & 0xff) * (256 - fy) + (in[i + channels + stride] & 0xff) * fy;
        out[k * channels + c] = (byte) ((left * 256 + (right - left) * fx + 32768) >> 16);
      }
    }
  }

  /** Pixels with a tap outside, or near the end of the source. */
  private void edge(int y, int startX, int endX) {
    int channels = source.channels();
    for (int x = startX; x < endX; x++) {
      int k = y * target.width() + x;
      int tapX = (short) packed.taps[k];
      int tapY = packed.taps[k] >> 16;
      int fx = packed.fractions[k] & 255;
      int fy = (packed.fractions[k] >> 8) & 255;
      for (int c = 0; c < channels; c++) {
        int left = at(tapX, tapY, c) * (256 - fy) + at(tapX, tapY + 1, c) * fy;
        int right = at(tapX + 1, tapY, c) * (256 - fy) + at(tapX + 1, tapY + 1, c) * fy;
        target.array()[k * channels + c] =
            (byte) ((left * 256 + (right - left) * fx + 32768) >> 16);
      }
    }
  }

  private int at(int x, int y, int channel) {
    int column = border.index(x, source.width());
    int row = border.index(y, source.height());
    return column < 0 || row < 0 ? 0 : source.array()[source.index(column, row) + channel] & 0xff;
  }
}
