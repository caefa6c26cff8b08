package org.stereo4d.track;

import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * World points followed through time: (n, T) positions in metres with a colour per track.
 *
 * <p>Entry (i, t) is at {@code xyz()[3 * (i * T + t)]}. Hidden entries hold 0.
 */
public final class Tracks3d {
  private final int frameCount;
  private final float[] xyz;
  private final boolean[] visible;
  private final byte[] rgb;

  private Tracks3d(int frameCount, float[] xyz, boolean[] visible, byte[] rgb) {
    this.frameCount = frameCount;
    this.xyz = xyz;
    this.visible = visible;
    this.rgb = rgb;
  }

  /**
   * Tracks on the given arrays, which are not copied except for one repair: an entry that is hidden
   * or not finite becomes 0 and hidden.
   *
   * @param frameCount T, > 0
   * @param xyz n x T x 3, metres, world frame
   * @param visible n x T
   * @param rgb n x 3
   */
  public static Tracks3d wrap(int frameCount, float[] xyz, boolean[] visible, byte[] rgb) {
    Check.that(frameCount > 0, "frameCount must be > 0, was %s", frameCount);
    long n = rgb.length / 3;
    Check.that(
        rgb.length % 3 == 0 && visible.length == n * frameCount && xyz.length == 3 * n * frameCount,
        "arrays must hold n x %s x 3, n x %s and n x 3 numbers, held %s, %s and %s",
        frameCount,
        frameCount,
        xyz.length,
        visible.length,
        rgb.length);
    for (int k = 0; k < visible.length; k++) {
      boolean finite =
          Float.isFinite(xyz[3 * k])
              && Float.isFinite(xyz[3 * k + 1])
              && Float.isFinite(xyz[3 * k + 2]);
      if (!visible[k] || !finite) {
        visible[k] = false;
        xyz[3 * k] = 0;
        xyz[3 * k + 1] = 0;
        xyz[3 * k + 2] = 0;
      }
    }
    return new Tracks3d(frameCount, xyz, visible, rgb);
  }

  /** Number of tracks n. */
  public int count() {
    return rgb.length / 3;
  }

  /** Number of frames T. */
  public int frameCount() {
    return frameCount;
  }

  /** Positions, n x T x 3, metres, not copied; 0 where hidden. */
  public float[] xyz() {
    return xyz;
  }

  /** Visibility, n x T, not copied. */
  public boolean[] visible() {
    return visible;
  }

  /** Colours, n x 3, not copied. */
  public byte[] rgb() {
    return rgb;
  }

  /** Position of an entry. */
  public Vec3 point(int track, int frame) {
    int k = 3 * (track * frameCount + frame);
    return new Vec3(xyz[k], xyz[k + 1], xyz[k + 2]);
  }

  /** Visibility of an entry. */
  public boolean isVisible(int track, int frame) {
    return visible[track * frameCount + frame];
  }

  /** Positions as n x T x 3 with NaN where hidden. */
  public float[] denseWithNaN() {
    float[] out = xyz.clone();
    for (int k = 0; k < visible.length; k++) {
      if (!visible[k]) {
        out[3 * k] = Float.NaN;
        out[3 * k + 1] = Float.NaN;
        out[3 * k + 2] = Float.NaN;
      }
    }
    return out;
  }

  /**
   * The entries whose neighbours in time are visible too (spec F.2).
   *
   * <p>Entry (i, t) stays when all frames of {@code [t - r, t + r]} inside the clip are visible,
   * with r half of the window. Frames beyond the clip count as visible, so its ends are not eroded.
   *
   * @param windowFrames odd, > 0; the reference uses 5
   * @return n x T flags
   */
  public boolean[] erodedVisibility(int windowFrames) {
    Check.that(
        windowFrames > 0 && windowFrames % 2 == 1,
        "windowFrames must be odd and > 0, was %s",
        windowFrames);
    int reach = windowFrames / 2;
    boolean[] out = new boolean[visible.length];
    for (int row = 0; row < visible.length; row += frameCount) {
      int clearFrom = -reach; // first frame of the visible run that t belongs to
      int ahead = 0;
      for (int t = 0; t < frameCount; t++) {
        for (int last = Math.min(frameCount - 1, t + reach); ahead <= last; ahead++) {
          if (!visible[row + ahead]) {
            clearFrom = ahead + 1;
          }
        }
        out[row + t] = t - reach >= clearFrom;
      }
    }
    return out;
  }

  /** The tracks with a flag, in order. */
  public Tracks3d select(boolean[] keep) {
    Check.that(keep.length == count(), "keep has %s flags for %s tracks", keep.length, count());
    int n = Tracks2d.countTrue(keep);
    float[] newXyz = new float[3 * n * frameCount];
    boolean[] newVisible = new boolean[n * frameCount];
    byte[] newRgb = new byte[3 * n];
    for (int i = 0, k = 0; i < keep.length; i++) {
      if (keep[i]) {
        System.arraycopy(xyz, 3 * i * frameCount, newXyz, 3 * k * frameCount, 3 * frameCount);
        System.arraycopy(visible, i * frameCount, newVisible, k * frameCount, frameCount);
        System.arraycopy(rgb, 3 * i, newRgb, 3 * k, 3);
        k++;
      }
    }
    return new Tracks3d(frameCount, newXyz, newVisible, newRgb);
  }

  /** The tracks of the given numbers, in their order. */
  public Tracks3d pick(int[] tracks) {
    float[] newXyz = new float[Math.multiplyExact(3 * frameCount, tracks.length)];
    boolean[] newVisible = new boolean[tracks.length * frameCount];
    byte[] newRgb = new byte[3 * tracks.length];
    for (int k = 0; k < tracks.length; k++) {
      int i = tracks[k];
      Check.that(i >= 0 && i < count(), "track must be in [0, %s), was %s", count(), i);
      System.arraycopy(xyz, 3 * i * frameCount, newXyz, 3 * k * frameCount, 3 * frameCount);
      System.arraycopy(visible, i * frameCount, newVisible, k * frameCount, frameCount);
      System.arraycopy(rgb, 3 * i, newRgb, 3 * k, 3);
    }
    return new Tracks3d(frameCount, newXyz, newVisible, newRgb);
  }
}
