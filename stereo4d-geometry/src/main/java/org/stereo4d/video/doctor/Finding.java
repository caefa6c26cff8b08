package org.stereo4d.video.doctor;

/**
 * One thing worth knowing about a video.
 *
 * @param code what it is
 * @param severity how bad it is
 * @param message the figures
 * @param advice what to do
 */
public record Finding(Code code, Severity severity, String message, String advice) {
  /** How bad a finding is. */
  public enum Severity {
    /** Results may be worse. */
    WARNING,
    /** Results would be wrong. */
    ERROR
  }

  /** What can be found. */
  public enum Code {
    /** Left and right half show one picture. */
    MONO,
    /** The eyes are above each other. */
    TOP_BOTTOM,
    /** Neither half looks like the other. */
    NOT_STEREO,
    /** The left eye is on the right. */
    EYES_SWAPPED,
    /** The eyes are not level. */
    VERTICAL_DISPARITY,
    /** Fewer rows than a VR source has. */
    LOW_RESOLUTION,
    /** A frame rate that real cameras do not have. */
    FRAME_RATE,
    /** Frames do not follow each other evenly. */
    UNEVEN_TIMES,
    /** Too little texture to judge. */
    NO_TEXTURE,
    /** No frame could be read. */
    EMPTY
  }
}
