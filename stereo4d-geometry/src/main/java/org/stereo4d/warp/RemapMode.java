package org.stereo4d.warp;

/** How a raw eye becomes a view. */
public enum RemapMode {
  /** One table from the view to the raw eye: one interpolation, no picture in between. */
  COMPOSED,
  /**
   * The reference's way: an 8-bit rectified eye of full size, then the view from it, both by its
   * fixed-point rule. Identical to the reference's pictures.
   */
  TWO_PASS
}
