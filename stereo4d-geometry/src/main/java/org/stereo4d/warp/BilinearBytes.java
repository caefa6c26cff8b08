package org.stereo4d.warp;

import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.VectorTwins;

/**
 * Bilinear interpolation of bytes in 1/256 px, rounded to a level after each direction:
 *
 * <pre>
 * v(x) = (top (256 - fy) + bottom fy + 128) >> 8,   out = (v(x) (256 - fx) + v(x + 1) fx + 128) >> 8
 * </pre>
 *
 * Per pixel of three channels it moves 12 bytes of source, 6 of table and 3 of target.
 */
final class BilinearBytes implements ByteRows {
  private static final BilinearRun RGB =
      VectorTwins.load(BilinearRun.class, "org.stereo4d.warp.vector.VectorBilinearRun")
          .orElseGet(PlainBilinearRun::new);

  private final ByteImage source;
  private final PackedTaps packed;
  private final int[] offsets;
  private final Border border;
  private final ByteImage target;
  private final BilinearRun rgb;

  private BilinearBytes(
      ByteImage source, PackedTaps packed, Border border, ByteImage target, BilinearRun rgb) {
    this.source = source;
    this.packed = packed;
    this.offsets = packed.offsets(source.stride(), source.channels());
    this.border = border;
    this.target = target;
    this.rgb = rgb;
  }

  static ByteRows of(ByteImage source, RemapTable table, Border border, ByteImage target) {
    return of(source, table, border, target, RGB);
  }

  static ByteRows of(
      ByteImage source, RemapTable table, Border border, ByteImage target, BilinearRun rgb) {
    return new BilinearBytes(source, table.packed(), border, target, rgb);
  }

  @Override
  public void run(int startRow, int endRow) {
    int width = target.width();
    for (int y = startRow; y < endRow; y++) {
      int done = 0;
      int[] runs = packed.insideRuns[y];
      for (int r = 0; r < runs.length; r += 2) {
        edge(y, done, runs[r]);
        inside(y * width + runs[r], y * width + runs[r + 1]);
        done = runs[r + 1];
      }
      edge(y, done, width);
    }
  }

  private void inside(int start, int end) {
    if (source.channels() == 3) {
      rgb.run(source, offsets, packed.fractions, start, end, target.array());
      return;
    }
    byte[] in = source.array();
    byte[] out = target.array();
    int channels = source.channels();
    int stride = source.stride();
    for (int k = start; k < end; k++) {
      int fx = packed.fractions[k] & 255;
      int fy = (packed.fractions[k] >> 8) & 255;
      int i = source.offset() + offsets[k];
      for (int c = 0; c < channels; c++, i++) {
        int left = mix(in[i] & 0xff, in[i + stride] & 0xff, fy);
        int right = mix(in[i + channels] & 0xff, in[i + channels + stride] & 0xff, fy);
        out[k * channels + c] = (byte) mix(left, right, fx);
      }
    }
  }

  private static int mix(int first, int second, int fraction) {
    return (first * (256 - fraction) + second * fraction + 128) >> 8;
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
        int left = mix(at(tapX, tapY, c), at(tapX, tapY + 1, c), fy);
        int right = mix(at(tapX + 1, tapY, c), at(tapX + 1, tapY + 1, c), fy);
        target.array()[k * channels + c] = (byte) mix(left, right, fx);
      }
    }
  }

  private int at(int x, int y, int channel) {
    int column = border.index(x, source.width());
    int row = border.index(y, source.height());
    return column < 0 || row < 0 ? 0 : source.array()[source.index(column, row) + channel] & 0xff;
  }
}
