package org.stereo4d.nvds.flowfilter;

import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Parallel;

/**
 * One step of the recursive filter (step 3 of the package): a frame is drawn to the filtered frame
 * before it where flow, colour and depth agree.
 */
final class RecursiveFilter {
  private final double keepMost;
  private final double colorFactor;

  RecursiveFilter(FlowFilterOptions options) {
    this.keepMost = options.keepMost();
    this.colorFactor = -options.colorAlpha() / (255.0 * 255.0);
  }

  /** What one step reads of the frame before and of the way there. */
  record Source(float[] filtered, ByteImage rgb, FlowField flow, Mask valid) {}

  /**
   * Filters one frame.
   *
   * @param tau depth change that halves the weight of the past
   */
  float[] step(Source previous, float[] map, ByteImage rgb, double tau) {
    float[] out = map.clone();
    ImageSize size = rgb.size();
    byte[] from = previous.rgb().contiguous();
    byte[] to = rgb.contiguous();
    float[] flow = previous.flow().px().contiguous();
    Parallel.rows(
        size.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            row(previous, from, to, flow, size, y, tau, out);
          }
        });
    return out;
  }

  private void row(
      Source previous,
      byte[] from,
      byte[] to,
      float[] flow,
      ImageSize size,
      int y,
      double tau,
      float[] out) {
    boolean[] valid = previous.valid().array();
    float[] past = previous.filtered();
    int width = size.width();
    int lastX = width - 1;
    int lastY = size.height() - 1;
    for (int x = 0, p = y * width; x < width; x++, p++) {
      if (!valid[p]) {
        continue;
      }
      double xIndex = Math.max(0, Math.min(lastX, x + (double) flow[2 * p]));
      double yIndex = Math.max(0, Math.min(lastY, y + (double) flow[2 * p + 1]));
      int x0 = (int) xIndex;
      int y0 = (int) yIndex;
      double tx = xIndex - x0;
      double ty = yIndex - y0;
      int a = y0 * width + x0;
      int b = a + (x0 < lastX ? 1 : 0);
      int c = a + (y0 < lastY ? width : 0);
      int d = b + c - a;
      double w11 = tx * ty;
      double w10 = tx - w11;
      double w01 = ty - w11;
      double w00 = 1 - tx - w01;
      double squares = 0;
      for (int k = 0; k < 3; k++) {
        double color =
            w00 * (from[3 * a + k] & 0xff)
                + w10 * (from[3 * b + k] & 0xff)
                + w01 * (from[3 * c + k] & 0xff)
                + w11 * (from[3 * d + k] & 0xff);
        double difference = color - (to[3 * p + k] & 0xff);
        squares += difference * difference;
      }
      double warped = w00 * past[a] + w10 * past[b] + w01 * past[c] + w11 * past[d];
      double change = (warped - out[p]) / tau;
      double keep = keepMost * Math.exp(colorFactor * squares) / (1 + change * change);
      out[p] = (float) ((1 - keep) * out[p] + keep * warped);
    }
  }
}
