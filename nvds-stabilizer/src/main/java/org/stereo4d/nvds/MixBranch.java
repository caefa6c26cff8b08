package org.stereo4d.nvds;

/** Which result a mix took. */
public enum MixBranch {
  /** Both passes, weighted alike. */
  AVERAGE,
  /** The forward pass. */
  FORWARD,
  /** The backward pass. */
  BACKWARD,
  /** Both passes, weighted by motion. */
  FLOW_ADAPTIVE;

  /**
   * The choice of the reference by mean warping errors.
   *
   * <p>Where an error is NaN nothing counts as better: the average of both passes is taken, while
   * the reference keeps no pass at all and fails.
   */
  public static MixBranch ofErrors(double initial, double forward, double backward) {
    if (forward < initial && backward < initial || Double.isNaN(initial + forward + backward)) {
      return AVERAGE;
    }
    return forward < backward ? FORWARD : BACKWARD;
  }
}
