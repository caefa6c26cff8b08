package org.stereo4d.videoloop.mpi;

/** What interpolated texels pass through. */
public enum Activation {
  /** The logistic function, all channels. */
  LOGISTIC,
  /**
   * The logistic function for alpha and label; colours as they are, so pictures are linear in them.
   */
  LINEAR_COLOR,
  /** Nothing: texels hold values in [0, 1], as in exported textures. */
  NONE;

  boolean isLogistic(int channel) {
    return this == LOGISTIC || (this == LINEAR_COLOR && channel >= 3);
  }
}
