package org.stereo4d.nvds.metric;

/** Which pixels a warping error is made of. */
public enum OpwVariant {
  /** All, with zeros where the flow leaves the picture; the reference. */
  ALL_PIXELS,
  /** Those whose flow stays between the centres of the border pixels. */
  VALID_ONLY
}
