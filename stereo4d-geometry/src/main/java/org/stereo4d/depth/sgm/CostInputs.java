package org.stereo4d.depth.sgm;

import org.stereo4d.image.ByteImage;

/**
 * What costs are made of.
 *
 * @param left left view, gray or RGB
 * @param right right view of the same shape
 * @param leftWords census words of the left view, row-major
 * @param rightWords census words of the right view
 * @param minDisparity smallest disparity, pixels
 */
public record CostInputs(
    ByteImage left, ByteImage right, long[] leftWords, long[] rightWords, int minDisparity) {
  /** Cost of a partner beyond the edge of the other picture: neither good nor bad. */
  public static final byte OUTSIDE = 28;

  /** Largest part that colours add to a cost. */
  public static final int MAX_COLOR_COST = 24;

  /** Each colour difference is divided by four. */
  public static final int COLOR_SHIFT = 2;

  static CostInputs of(ByteImage left, ByteImage right, int minDisparity) {
    return new CostInputs(
        left, right, Census.of(left.luma()), Census.of(right.luma()), minDisparity);
  }

  /** First disparity step of a column whose partner lies inside the right view. */
  public int firstInside(int x) {
    return Math.max(0, x - minDisparity - (left.width() - 1));
  }

  /** One past the last disparity step whose partner lies inside the right view. */
  public int endInside(int x, int range) {
    return Math.min(range, x - minDisparity + 1);
  }
}
