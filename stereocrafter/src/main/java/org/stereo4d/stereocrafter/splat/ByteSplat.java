package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/**
 * A view of 8-bit samples made by moving the pixels of another.
 *
 * @param image weighted mean of what arrived, rounded; black where nothing did
 * @param coverage as in {@link Splat}
 * @param disparity as in {@link Splat}
 */
public record ByteSplat(ByteImage image, FloatImage coverage, DisparityMap disparity) {
  /** The same with float colours in [0, 1]. */
  public Splat toFloat() {
    return new Splat(image.toFloat(), coverage, disparity);
  }

  /** Pixels of coverage under one half. */
  public Mask holes() {
    boolean[] out = new boolean[coverage.size().area()];
    float[] covered = coverage.contiguous();
    for (int i = 0; i < out.length; i++) {
      out[i] = covered[i] < Splat.HOLE_COVERAGE;
    }
    return Mask.wrap(out, coverage.size());
  }
}
