package org.stereo4d.stereocrafter.splat;

/** Which eyes are made from the source picture. */
public enum View {
  /** The source is the left eye; the right one is made. */
  RIGHT(0, -1),
  /** The source is the right eye; the left one is made. */
  LEFT(1, 0),
  /** The source lies between the eyes and both are made: half the hole width in each. */
  BOTH(0.5, -0.5);

  private final double leftShift;
  private final double rightShift;

  View(double leftShift, double rightShift) {
    this.leftShift = leftShift;
    this.rightShift = rightShift;
  }

  /**
   * Motion to the right of a source pixel in the left eye, in disparities; 0 = it is the source.
   */
  public double leftShift() {
    return leftShift;
  }

  /** Motion to the right of a source pixel in the right eye, in disparities. */
  public double rightShift() {
    return rightShift;
  }
}
