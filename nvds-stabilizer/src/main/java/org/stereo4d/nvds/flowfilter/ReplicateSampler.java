package org.stereo4d.nvds.flowfilter;

import org.stereo4d.image.ImageSize;

/**
 * Bilinear samples of one-channel arrays along a flow, with coordinates clamped into the picture:
 * what {@code FlowWarp} with a replicated border computes, for one pixel.
 */
final class ReplicateSampler {
  private final int width;
  private final int lastX;
  private final int lastY;

  ReplicateSampler(ImageSize size) {
    this.width = size.width();
    this.lastX = size.width() - 1;
    this.lastY = size.height() - 1;
  }

  /** The value where the flow of a pixel leads. */
  double at(float[] values, float[] flow, int pixel) {
    return at(values, flow, pixel % width, pixel / width);
  }

  /** The value where the flow of pixel (x, y) leads. */
  double at(float[] values, float[] flow, int x, int y) {
    int pixel = y * width + x;
    double xIndex = Math.max(0, Math.min(lastX, x + (double) flow[2 * pixel]));
    double yIndex = Math.max(0, Math.min(lastY, y + (double) flow[2 * pixel + 1]));
    int x0 = (int) xIndex;
    int y0 = (int) yIndex;
    double tx = xIndex - x0;
    double ty = yIndex - y0;
    int i = y0 * width + x0;
    int right = x0 < lastX ? 1 : 0;
    int below = y0 < lastY ? width : 0;
    double top = values[i] + tx * ((double) values[i + right] - values[i]);
    double bottom =
        values[i + below] + tx * ((double) values[i + below + right] - values[i + below]);
    return top + ty * (bottom - top);
  }
}
