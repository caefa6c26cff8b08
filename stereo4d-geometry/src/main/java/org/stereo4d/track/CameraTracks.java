package org.stereo4d.track;

import org.stereo4d.run.Check;

/**
 * Points followed through time in the frame of the camera that sees them, in double precision: what
 * the TAPVid-3D benchmark compares.
 *
 * <p>Entry (i, t) is at {@code xyz()[3 * (i * T + t)]}. Hidden entries have positions too: the
 * benchmark knows where occluded points are.
 */
public final class CameraTracks {
  private final int frameCount;
  private final double[] xyz;
  private final boolean[] visible;

  private CameraTracks(int frameCount, double[] xyz, boolean[] visible) {
    this.frameCount = frameCount;
    this.xyz = xyz;
    this.visible = visible;
  }

  /**
   * Tracks on the given arrays, which are not copied.
   *
   * @param frameCount T, > 0
   * @param xyz n x T x 3, metres
   * @param visible n x T
   */
  public static CameraTracks wrap(int frameCount, double[] xyz, boolean[] visible) {
    Check.that(frameCount > 0, "frameCount must be > 0, was %s", frameCount);
    Check.that(
        visible.length % frameCount == 0 && xyz.length == 3L * visible.length,
        "arrays must hold n x %s x 3 and n x %s numbers, held %s and %s",
        frameCount,
        frameCount,
        xyz.length,
        visible.length);
    return new CameraTracks(frameCount, xyz, visible);
  }

  /** Number of tracks n. */
  public int count() {
    return visible.length / frameCount;
  }

  /** Number of frames T. */
  public int frameCount() {
    return frameCount;
  }

  /** Positions, n x T x 3, metres, not copied. */
  public double[] xyz() {
    return xyz;
  }

  /** Visibility, n x T, not copied. */
  public boolean[] visible() {
    return visible;
  }

  /** Depth of an entry. */
  double z(int entry) {
    return xyz[3 * entry + 2];
  }

  /** Distance of an entry from the camera. */
  double norm(int entry) {
    double x = xyz[3 * entry];
    double y = xyz[3 * entry + 1];
    double z = xyz[3 * entry + 2];
    return Math.sqrt(x * x + y * y + z * z);
  }
}
