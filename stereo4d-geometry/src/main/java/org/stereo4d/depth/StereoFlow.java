package org.stereo4d.depth;

import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * Dense matches between the views of a rectified pair, both ways. {@code leftToRight.x = xRight -
 * xLeft = -disparity}; NaN = no match.
 *
 * @param leftToRight on the grid of the left view
 * @param rightToLeft on the grid of the right view
 */
public record StereoFlow(FlowField leftToRight, FlowField rightToLeft) {
  /** Checks that both fields have one size. */
  public StereoFlow {
    Check.that(
        leftToRight.size().equals(rightToLeft.size()),
        "both fields must have one size, had %s and %s",
        leftToRight.size(),
        rightToLeft.size());
  }

  /** From disparities of both views, {@code xLeft - xRight} in each. */
  public static StereoFlow ofDisparities(DisparityMap left, DisparityMap right) {
    return new StereoFlow(horizontal(left, -1), horizontal(right, 1));
  }

  private static FlowField horizontal(DisparityMap map, int sign) {
    FloatImage out = FloatImage.create(map.size(), 2);
    float[] in = map.px().contiguous();
    for (int k = 0; k < in.length; k++) {
      out.array()[2 * k] = sign * in[k];
      out.array()[2 * k + 1] = Float.isNaN(in[k]) ? Float.NaN : 0;
    }
    return new FlowField(out);
  }
}
