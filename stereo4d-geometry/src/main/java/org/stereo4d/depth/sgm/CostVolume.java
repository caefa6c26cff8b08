package org.stereo4d.depth.sgm;

import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Parallel;

/**
 * {@code C(x, y, d)} as bytes 0..127 at {@code (y * width + x) * range + d}: Hamming distance of
 * the census words plus the mean colour difference, truncated.
 */
public final class CostVolume {
  /** Pixels per row. */
  public final int width;

  /** Rows. */
  public final int height;

  /** Disparities. */
  public final int range;

  /** The costs, at least width x height x range bytes. */
  public final byte[] cost;

  private CostVolume(int width, int height, int range, byte[] cost) {
    this.width = width;
    this.height = height;
    this.range = range;
    this.cost = cost;
  }

  static long cells(ByteImage left, int range) {
    return (long) left.size().area() * range;
  }

  static CostVolume of(CostInputs inputs, int range, byte[] buffer, SgmKernel kernel) {
    ByteImage left = inputs.left();
    CostVolume out = new CostVolume(left.width(), left.height(), range, buffer);
    Parallel.blocks(
        left.height(),
        8,
        (start, end) -> {
          for (int y = start; y < end; y++) {
            kernel.costs(inputs, y, out);
          }
        });
    return out;
  }
}
