package org.stereo4d.warp;

import org.stereo4d.run.Parallel;

/**
 * A table in six bytes per pixel: the top-left tap and the fractions in 1/256 px, with the runs of
 * each row whose four taps lie inside the source.
 */
final class PackedTaps {
  static final PackedTaps NONE = new PackedTaps(new int[0], new short[0], new int[0][]);

  private static final int ONE = 256;

  /** {@code (y << 16) | (x & 0xffff)} of the top-left tap. */
  final int[] taps;

  /** {@code (fy << 8) | fx} in 1/256 px. */
  final short[] fractions;

  private volatile Offsets offsets = new Offsets(0, 0, new int[0]);

  /** Per row start and end of each run whose taps are all inside. */
  final int[][] insideRuns;

  private PackedTaps(int[] taps, short[] fractions, int[][] insideRuns) {
    this.taps = taps;
    this.fractions = fractions;
    this.insideRuns = insideRuns;
  }

  static PackedTaps of(RemapTable table) {
    int width = table.targetSize().width();
    int height = table.targetSize().height();
    int[] taps = new int[width * height];
    short[] fractions = new short[width * height];
    int[][] runs = new int[height][];
    Parallel.rows(
        height,
        (start, end) -> {
          int[] buffer = new int[2 * width + 2];
          for (int y = start; y < end; y++) {
            runs[y] = packRow(table, y, taps, fractions, buffer);
          }
        });
    return new PackedTaps(taps, fractions, runs);
  }

  /** Array offsets of the top-left taps for pictures of one layout. */
  private record Offsets(int stride, int channels, int[] values) {}

  /** Offset of each top-left tap in a picture; kept for the next picture of the same layout. */
  int[] offsets(int stride, int channels) {
    Offsets known = offsets;
    if (known.stride() != stride || known.channels() != channels) {
      int[] values = new int[taps.length];
      for (int k = 0; k < values.length; k++) {
        values[k] = (taps[k] >> 16) * stride + (short) taps[k] * channels;
      }
      known = new Offsets(stride, channels, values);
      offsets = known;
    }
    return known.values();
  }

  private static int[] packRow(
      RemapTable table, int y, int[] taps, short[] fractions, int[] buffer) {
    int width = table.targetSize().width();
    int sourceWidth = table.sourceSize().width();
    int sourceHeight = table.sourceSize().height();
    int used = 0;
    boolean inRun = false;
    for (int x = 0; x < width; x++) {
      int k = y * width + x;
      int u = fixed(table.xIndex()[k], sourceWidth);
      int v = fixed(table.yIndex()[k], sourceHeight);
      int tapX = u >> 8;
      int tapY = v >> 8;
      taps[k] = (tapY << 16) | (tapX & 0xffff);
      fractions[k] = (short) ((v & 255) << 8 | (u & 255));
      // kernels read eight bytes at a tap, so the last few pixels of the source count as edge
      boolean inside =
          tapX >= 0
              && tapY >= 0
              && tapX < sourceWidth - 1
              && (tapY < sourceHeight - 2 || (tapY == sourceHeight - 2 && tapX < sourceWidth - 8));
      if (inside != inRun) {
        buffer[used++] = x;
        inRun = inside;
      }
    }
    if (inRun) {
      buffer[used++] = width;
    }
    return java.util.Arrays.copyOf(buffer, used);
  }

  /** 1/256 px, clamped to two pixels outside; NaN lands outside. */
  private static int fixed(float index, int size) {
    float clamped = index >= -2 ? Math.min(index, size + 1) : -2;
    return (int) Math.floor((double) clamped * ONE + 0.5);
  }
}
