package org.stereo4d.nvds;

/** How the forward and the backward pass become one. */
public enum MixPolicy {
  /**
   * By warping errors, as the reference: the average when both passes are steadier than the input,
   * else the steadier pass.
   */
  REFERENCE,
  /** The average. */
  AVERAGE,
  /** The forward pass alone, which needs no frame of the future. */
  FORWARD_ONLY,
  /** Weighted per pixel in favour of the direction with less motion. */
  FLOW_ADAPTIVE
}
