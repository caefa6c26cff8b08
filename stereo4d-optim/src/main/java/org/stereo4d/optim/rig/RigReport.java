package org.stereo4d.optim.rig;

/**
 * How the poses of a clip were found.
 *
 * @param termination why the work ended
 * @param matches stereo matches the rig rotation is made of
 * @param inlierShare share of them that agree
 * @param verticalBeforePx median |vertical error| of matches before rectification, at 512 px and 60
 *     degrees
 * @param verticalAfterPx the same after
 * @param leftRotationDegrees angle of the left eye against the rectified frame
 * @param rightRotationDegrees angle of the right eye
 * @param baselineSigmaDegrees how sure the direction of the baseline is
 * @param solvedShare share of frames with a pose of their own
 * @param medianErrorPx median reprojection error after bundle adjustment; NaN without it
 * @param pathMeters length of the estimated path
 * @param still whether the camera stood still
 */
public record RigReport(
    Termination termination,
    int matches,
    double inlierShare,
    double verticalBeforePx,
    double verticalAfterPx,
    double leftRotationDegrees,
    double rightRotationDegrees,
    double baselineSigmaDegrees,
    double solvedShare,
    double medianErrorPx,
    double pathMeters,
    boolean still) {
  /** Why the work ended. */
  public enum Termination {
    /** Poses were found. */
    SOLVED,
    /** Too few matches between the eyes. */
    TOO_FEW_MATCHES,
    /** Everything is too far: no point can be triangulated. */
    NO_PARALLAX,
    /** Both eyes show one picture. */
    MONO_INPUT,
    /** The left eye is on the right. */
    EYES_SWAPPED,
    /** Fewer than half of the frames could be solved. */
    DIVERGED
  }

  /** Whether poses were found. */
  public boolean isSolved() {
    return termination == Termination.SOLVED;
  }
}
