package org.stereo4d.synthetic;

/** Which eye's picture stands where. */
public enum EyeLayout {
  /** Left eye on the left. */
  LEFT_RIGHT,
  /** The left eye's picture twice, bit for bit: no disparity anywhere. */
  MONO,
  /** Right eye on the left: every disparity is negative. */
  SWAPPED
}
