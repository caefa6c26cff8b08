package org.stereo4d.tracking.klt;

import java.util.ArrayList;
import java.util.List;

/** A brightness picture at halved sizes; each pixel is the mean of four. */
final class Pyramid {
  /** The coarsest level keeps at least this many pixels on its shorter side. */
  private static final int MIN_SIDE = 24;

  /** One size. */
  record Level(float[] luma, int width, int height) {
    private Level halved() {
      int w = width / 2;
      int h = height / 2;
      float[] out = new float[w * h];
      for (int y = 0; y < h; y++) {
        for (int x = 0, i = 2 * y * width; x < w; x++, i += 2) {
          out[y * w + x] = 0.25f * (luma[i] + luma[i + 1] + luma[i + width] + luma[i + width + 1]);
        }
      }
      return new Level(out, w, h);
    }
  }

  private final List<Level> levels = new ArrayList<>();

  Pyramid(LumaFrame frame) {
    Level level = new Level(frame.levels(), frame.width(), frame.height());
    levels.add(level);
    while (Math.min(level.width, level.height) >= 2 * MIN_SIDE) {
      level = level.halved();
      levels.add(level);
    }
  }

  /** Number of sizes. */
  int count() {
    return levels.size();
  }

  /** A size; 0 is the finest. */
  Level level(int index) {
    return levels.get(index);
  }
}
