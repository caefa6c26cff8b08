package org.stereo4d.nvds;

/** Order in which the frames of a clip are processed. */
public enum Direction {
  /** First to last. */
  FORWARD,
  /** Last to first. */
  BACKWARD;

  /** The frame at a position of the processing order, and the position of a frame. */
  public int mirror(int index, int count) {
    return switch (this) {
      case FORWARD -> index;
      case BACKWARD -> count - 1 - index;
    };
  }
}
