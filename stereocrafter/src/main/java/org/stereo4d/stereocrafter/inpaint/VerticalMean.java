package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/** Takes the stripes out of holes that were filled row by row. */
final class VerticalMean {
  private static final int RADIUS = 2;

  private VerticalMean() {}

  /** Inside holes the mean of five rows, of those of them that are holes too. */
  static FloatImage inside(Mask holes, FloatImage filled) {
    FloatImage out = filled.copy();
    int width = filled.width();
    int channels = filled.channels();
    float[] in = filled.contiguous();
    for (int y = 0; y < filled.height(); y++) {
      for (int x = 0; x < width; x++) {
        if (!holes.array()[y * width + x]) {
          continue;
        }
        int first = Math.max(0, y - RADIUS);
        int last = Math.min(filled.height() - 1, y + RADIUS);
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          int count = 0;
          for (int row = first; row <= last; row++) {
            if (holes.array()[row * width + x]) {
              sum += in[(row * width + x) * channels + c];
              count++;
            }
          }
          out.array()[(y * width + x) * channels + c] = sum / count;
        }
      }
    }
    return out;
  }
}
