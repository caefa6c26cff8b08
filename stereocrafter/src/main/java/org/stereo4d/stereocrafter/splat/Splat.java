package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * A view made by moving the pixels of another.
 *
 * @param image weighted mean of what arrived; black where nothing did
 * @param coverage sum of the bilinear weights that arrived, one channel, >= 0; may exceed 1
 * @param disparity weighted mean of the disparities that arrived; unknown where nothing did
 */
public record Splat(FloatImage image, FloatImage coverage, DisparityMap disparity) {
  /** Coverage under which a pixel is a hole to be filled. */
  public static final float HOLE_COVERAGE = 0.5f;

  /** Checks that all are of one size. */
  public Splat {
    Check.that(
        image.size().equals(coverage.size()) && image.size().equals(disparity.size()),
        "image %s, coverage %s and disparity %s must have one size",
        image.size(),
        coverage.size(),
        disparity.size());
    Check.that(
        coverage.channels() == 1, "coverage must have 1 channel, had %s", coverage.channels());
  }

  /** How much of each pixel is missing: {@code 1 - min(coverage, 1)}. */
  public FloatImage occlusion() {
    FloatImage out = FloatImage.create(coverage.size(), 1);
    float[] covered = coverage.contiguous();
    for (int i = 0; i < covered.length; i++) {
      out.array()[i] = 1 - Math.min(covered[i], 1);
    }
    return out;
  }

  /** Pixels of coverage under one half. */
  public Mask holes() {
    float[] covered = coverage.contiguous();
    boolean[] out = new boolean[covered.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = covered[i] < HOLE_COVERAGE;
    }
    return Mask.wrap(out, coverage.size());
  }
}
