package org.stereo4d.stereocrafter.inpaint;

import java.util.Arrays;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** Which pixels of a reduced picture belong to its farther half. */
final class FarPixels {
  private FarPixels() {}

  /** 1 where the disparity at the middle of a reduced pixel is at most the median, else 0. */
  static FloatImage of(DisparityMap disparity, ImageSize size) {
    float[] values = new float[size.area()];
    float[] sorted = new float[size.area()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      int x = (2 * (i % size.width()) + 1) * disparity.size().width() / (2 * size.width());
      int y = (2 * (i / size.width()) + 1) * disparity.size().height() / (2 * size.height());
      values[i] = disparity.at(x, y);
      if (!Float.isNaN(values[i])) {
        sorted[count++] = values[i];
      }
    }
    Arrays.sort(sorted, 0, count);
    float median = count == 0 ? 0 : sorted[count / 2];
    FloatImage out = FloatImage.create(size, 1);
    for (int i = 0; i < values.length; i++) {
      out.array()[i] = values[i] <= median ? 1 : 0;
    }
    return out;
  }
}
