package org.stereo4d.optim.track;

/** Which energy is minimised, and how far. */
public enum SolverMode {
  /** Adam on the reference's schedule: reproduces its results. */
  REFERENCE,
  /** The reference's energy at its minimum. */
  REFERENCE_CONVERGED,
  /** Test of staticness, disparity likelihood, sigma of every point: the most accurate. */
  CALIBRATED
}
