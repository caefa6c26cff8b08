package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.stereocrafter.splat.DepthOrderWarp;

/**
 * Holes of a view at places of the picture itself: nearness is warped to the other side and back,
 * so that what the way back cannot see lies beside near outlines, on the background side, as in a
 * real view. There the truth is known.
 */
public final class RoundTripHoles {
  private RoundTripHoles() {}

  /**
   * 1 where nothing arrived, 0.5 where background shone through, else 0.
   *
   * @param disparity of the picture, known everywhere
   * @param shift motion to the right in disparities on the way back; negative for right views
   */
  public static FloatImage raw(DisparityMap disparity, double shift) {
    DepthOrderWarp warp = new DepthOrderWarp();
    FloatImage away = warp.warp(disparity.px(), disparity, -shift).image();
    return warp.warp(away, new DisparityMap(away), shift).holes();
  }

  /** Both kinds of holes, small gaps closed. */
  public static Mask of(DisparityMap disparity, double shift) {
    float[] raw = raw(disparity, shift).array();
    boolean[] holes = new boolean[raw.length];
    for (int i = 0; i < raw.length; i++) {
      holes[i] = raw[i] > 0;
    }
    return HoleShape.closed(Mask.wrap(holes, disparity.size()));
  }
}
