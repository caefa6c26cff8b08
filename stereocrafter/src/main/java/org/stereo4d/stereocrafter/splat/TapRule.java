package org.stereo4d.stereocrafter.splat;

/** Which taps of a splatted pixel count when its footprint leaves the picture. */
public enum TapRule {
  /** Each tap that lies inside counts on its own, so that no motion is the identity. */
  PER_TAP,
  /**
   * A pixel counts only when its whole 2x2 footprint lies inside. This is the reference's rule; it
   * loses the last row and column even without motion.
   */
  WHOLE_FOOTPRINT
}
