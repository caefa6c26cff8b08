package org.stereo4d.videoloop.loss;

/** Which of equally good patches is chosen. */
public enum TieRule {
  /** The earliest: what the reference does on a CPU. */
  FIRST_INDEX,
  /** The one at the smallest distance, then the earliest: the limit of rho towards 0. */
  SMALLEST_DISTANCE
}
