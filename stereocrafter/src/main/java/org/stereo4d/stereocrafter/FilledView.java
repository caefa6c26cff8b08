package org.stereo4d.stereocrafter;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Parallel;

/**
 * Joins a view with all its bits and a fill that knows 8. Where the fill left the 8-bit view as it
 * was splatted, the pixel is that of the floats; where it changed any of the three colours, it is
 * the fill's. No mask is needed, so each fill says itself how far it reaches beyond the holes.
 */
final class FilledView {
  private FilledView() {}

  /**
   * Puts what was filled into a view.
   *
   * @param view RGB in [0, 1]; changed
   * @param seen the same view of 8 bits, before it was filled
   * @param filled and after
   */
  static void join(FloatImage view, ByteImage seen, ByteImage filled) {
    float[] out = view.array();
    byte[] before = seen.array();
    byte[] after = filled.array();
    Parallel.rows(
        view.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            int i = view.index(0, y);
            int s = seen.index(0, y);
            int f = filled.index(0, y);
            for (int x = 0; x < view.width(); x++, i += 3, s += 3, f += 3) {
              if (before[s] != after[f]
                  || before[s + 1] != after[f + 1]
                  || before[s + 2] != after[f + 2]) {
                out[i] = (after[f] & 0xff) / 255f;
                out[i + 1] = (after[f + 1] & 0xff) / 255f;
                out[i + 2] = (after[f + 2] & 0xff) / 255f;
              }
            }
          }
        });
  }
}
