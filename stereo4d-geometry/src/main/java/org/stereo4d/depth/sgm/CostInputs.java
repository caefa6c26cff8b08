package org.stereo4d.depth.sgm;

import org.stereo4d.image.ByteImage;

/**
 * What costs are made of.
 *
 * @param left left view, gray or RGB
 * @param right right view of the same shape
 * @param leftLuma its brightness
 * @param rightLuma brightness of the right view
 * @param leftWords census words of the left view, row-major; empty for kernels that make their own
 * @param rightWords census words of the right view, or empty
 * @param minDisparity smallest disparity, pixels
 */
public record CostInputs(
    ByteImage left,
    ByteImage right,
    ByteImage leftLuma,
    ByteImage rightLuma,
    long[] leftWords,
    long[] rightWords,
    int minDisparity) {
  /** Cost of a partner beyond the edge of the other picture: neither good nor bad. */
  public static final byte OUTSIDE = 28;

  /** Largest part that colours add to a cost. */
  public static final int MAX_COLOR_COST = 24;

  /** Each colour difference is divided by four. */
  public static final int COLOR_SHIFT = 2;

  static CostInputs of(ByteImage left, ByteImage right, int minDisparity, SgmKernel kernel) {
    ByteImage leftLuma = left.luma();
    ByteImage rightLuma = right.luma();
    boolean words = kernel.needsCensusWords();
    return new CostInputs(
        left,
        right,
        leftLuma,
        rightLuma,
        words ? Census.of(leftLuma) : new long[0],
        words ? Census.of(rightLuma) : new long[0],
        minDisparity);
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
