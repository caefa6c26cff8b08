package org.stereo4d.flow;

import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Backward warping: {@code out(p) = source(p + F(p))}, bilinear.
 *
 * <p>Pixel p of the flow is the index pair (x, y), so zero flow is the identity. Each of the four
 * taps follows the border rule; a tap of weight 0 is not read. Unknown flow gives NaN. Coordinates
 * and sums are double, results float.
 */
public final class FlowWarp {
  private static final double FAR = 1e9; // outside every image and inside the range of int

  private final Border border;

  /** A warp that reads outside the source by a rule. */
  public FlowWarp(Border border) {
    this.border = border;
  }

  /** The source seen from the grid of the flow; of the flow's size and the source's channels. */
  public FloatImage warp(FloatImage source, FlowField flow) {
    Check.that(
        source.size().equals(flow.size()),
        "source %s and flow %s must have one size",
        source.size(),
        flow.size());
    FloatImage out = FloatImage.create(flow.size(), source.channels());
    Parallel.rows(
        out.height(),
        (start, end) -> {
          double[] pixel = new double[source.channels()];
          for (int y = start; y < end; y++) {
            warpRow(source, flow.px(), y, pixel, out);
          }
        });
    return out;
  }

  private void warpRow(FloatImage source, FloatImage flow, int y, double[] pixel, FloatImage out) {
    float[] displacement = flow.array();
    for (int x = 0; x < out.width(); x++) {
      int from = flow.index(x, y);
      int to = out.index(x, y);
      sample(source, x + (double) displacement[from], y + (double) displacement[from + 1], pixel);
      for (int c = 0; c < pixel.length; c++) {
        out.array()[to + c] = (float) pixel[c];
      }
    }
  }

  /**
   * One bilinear sample.
   *
   * @param xIndex index coordinate, centre of the first pixel at 0
   * @param yIndex index coordinate
   * @param pixel receives one value per channel
   */
  void sample(FloatImage source, double xIndex, double yIndex, double[] pixel) {
    boolean known = Double.isFinite(xIndex) && Double.isFinite(yIndex);
    for (int c = 0; c < pixel.length; c++) {
      pixel[c] = known ? 0 : Double.NaN;
    }
    if (!known) {
      return;
    }
    double xIn = Math.max(-FAR, Math.min(FAR, xIndex));
    double yIn = Math.max(-FAR, Math.min(FAR, yIndex));
    int x = (int) Math.floor(xIn);
    int y = (int) Math.floor(yIn);
    double tx = xIn - x;
    double ty = yIn - y;
    boolean inside = x >= 0 && x < source.width() - 1 && y >= 0 && y < source.height() - 1;
    if (inside && tx > 0 && ty > 0) {
      sampleInside(source, source.index(x, y), tx, ty, pixel);
      return;
    }
    add(source, x, y, (1 - tx) * (1 - ty), pixel);
    add(source, x + 1, y, tx * (1 - ty), pixel);
    add(source, x, y + 1, (1 - tx) * ty, pixel);
    add(source, x + 1, y + 1, tx * ty, pixel);
  }

  /** All four taps lie inside and count. */
  private static void sampleInside(
      FloatImage source, int index, double tx, double ty, double[] pixel) {
    float[] array = source.array();
    int channels = source.channels();
    int below = index + source.stride();
    double w00 = (1 - tx) * (1 - ty);
    double w10 = tx * (1 - ty);
    double w01 = (1 - tx) * ty;
    double w11 = tx * ty;
    for (int c = 0; c < pixel.length; c++) {
      pixel[c] =
          w00 * array[index + c]
              + w10 * array[index + channels + c]
              + w01 * array[below + c]
              + w11 * array[below + channels + c];
    }
  }

  private void add(FloatImage source, int x, int y, double weight, double[] pixel) {
    if (weight == 0) {
      return;
    }
    int xIn = border.index(x, source.width());
    int yIn = border.index(y, source.height());
    if (xIn >= 0 && yIn >= 0) {
      int from = source.index(xIn, yIn);
      for (int c = 0; c < pixel.length; c++) {
        pixel[c] += weight * source.array()[from + c];
      }
    } else if (border == Border.NAN) {
      for (int c = 0; c < pixel.length; c++) {
        pixel[c] = Double.NaN;
      }
    }
  }
}
