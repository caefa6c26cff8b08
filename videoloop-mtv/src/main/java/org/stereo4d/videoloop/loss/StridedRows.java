package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Parallel;

/**
 * A clip with the columns of each row sorted by their remainder modulo the step, so that sums over
 * a step of columns are sums of whole runs: column x lies at {@code (x mod s) run + x / s}. The
 * channels of a row follow each other.
 */
final class StridedRows {
  final float[] values;
  final int run;
  final int rowFloats;
  private final int height;

  private StridedRows(float[] values, int run, int rowFloats, int height) {
    this.values = values;
    this.run = run;
    this.rowFloats = rowFloats;
    this.height = height;
  }

  static StridedRows of(ColorClip clip, int frames, PatchGrid grid) {
    int stride = grid.options().stridePx();
    int run = (grid.width() + stride - 1) / stride;
    int rowFloats = run * stride;
    float[] values = new float[frames * grid.height() * 3 * rowFloats];
    StridedRows out = new StridedRows(values, run, rowFloats, grid.height());
    Parallel.blocks(
        frames,
        4,
        (start, end) -> {
          for (int t = start; t < end; t++) {
            out.fill(clip, t, grid.width(), stride);
          }
        });
    return out;
  }

  private void fill(ColorClip clip, int t, int width, int stride) {
    for (int y = 0; y < height; y++) {
      for (int c = 0; c < 3; c++) {
        int from = clip.index(t, c, y);
        int to = index(t, y) + c * rowFloats;
        for (int x = 0; x < width; x++) {
          values[to + x % stride * run + x / stride] = clip.values()[from + x];
        }
      }
    }
  }

  /** First value of the red channel; green and blue follow after {@link #rowFloats} each. */
  int index(int frame, int y) {
    return (frame * height + y) * 3 * rowFloats;
  }
}
