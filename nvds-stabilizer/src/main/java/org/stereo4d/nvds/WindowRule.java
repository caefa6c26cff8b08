package org.stereo4d.nvds;

/** From which position on the references of a window are {@code clipStep} frames apart. */
public enum WindowRule {
  /** Position 9, as in the first script of the reference; steps above 3 would leave the clip. */
  FIXED,
  /** Position 4 clipStep, as in the newer one. */
  SCALED;

  int limit(int clipStep) {
    return switch (this) {
      case FIXED -> 9;
      case SCALED -> 4 * clipStep;
    };
  }
}
