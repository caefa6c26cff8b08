package org.stereo4d.stereocrafter.inpaint;

import java.util.Arrays;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.Mask;
import org.stereo4d.stereocrafter.splat.RowFill;

/** What lies behind each run of holes: the farther of the disparities beside it. */
final class BackgroundDisparity {
  private BackgroundDisparity() {}

  /** One value per pixel, NaN outside holes and in rows without any visible pixel. */
  static float[] of(DisparityMap disparity, Mask holes) {
    int width = holes.size().width();
    float[] out = new float[holes.array().length];
    Arrays.fill(out, Float.NaN);
    for (int y = 0; y < holes.size().height(); y++) {
      int x = 0;
      while (x < width) {
        int end = x;
        while (end < width && holes.array()[y * width + end]) {
          end++;
        }
        if (end > x) {
          int from = RowFill.backgroundColumn(disparity, x, end, y);
          float behind = from < 0 ? Float.NaN : disparity.at(from, y);
          Arrays.fill(out, y * width + x, y * width + end, behind);
        }
        x = end + 1;
      }
    }
    return out;
  }
}
