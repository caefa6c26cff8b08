package org.stereo4d.nvds.metric;

/** What a prediction of 0 or less counts as. */
public enum InlierRule {
  /** An outlier. */
  POSITIVE_ONLY,
  /**
   * What its ratios say: an inlier when negative. The reference, for comparison with its numbers.
   */
  REFERENCE
}
