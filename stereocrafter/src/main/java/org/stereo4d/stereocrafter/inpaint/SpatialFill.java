package org.stereo4d.stereocrafter.inpaint;

/**
 * What fills holes whose background no other frame shows. All begin with the background beside the
 * hole, smoothed over rows; near pixels never take part.
 */
public enum SpatialFill {
  /** The background beside the hole as it is. */
  BACKGROUND,
  /** The mean with a membrane spanned between it and what other frames showed nearby. */
  MEMBRANE,
  /**
   * The mean with lines continued into the hole by {@link
   * org.stereo4d.stereocrafter.opencv.NavierStokesFill}: needs OpenCV, and takes longer.
   */
  NAVIER_STOKES
}
