package org.stereo4d.tracking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;

/**
 * Draws the last 16 frames of tracks over a frame (spec D.4, F.8).
 *
 * <p>Track i of n has the colour {@code i / (n - 1)} of the cyclic map. The k-th of L - 1 pieces of
 * a trail has opacity {@code (k + 1) / (L - 1)}, rising toward the present; every visible point
 * ends in a dot. Lines are 0.9 px wide, dots 2.8 px. No tracks give the frame itself.
 */
public final class TrailOverlay {
  /** Frames a trail reaches back. */
  public static final int TRAIL_FRAMES = 16;

  /** Most tracks the reference draws. */
  public static final int MOST_TRACKS = 4096;

  private static final double LINE_PX = 0.9;
  private static final double DOT_PX = 2.8;

  private TrailOverlay() {}

  /**
   * A random choice of tracks; all of them when there are not more.
   *
   * @param most number to choose; >= 0
   */
  public static boolean[] sample(int count, int most, long seed) {
    Check.that(most >= 0, "most must be >= 0, was %s", most);
    boolean[] out = new boolean[count];
    if (count <= most) {
      Arrays.fill(out, true);
      return out;
    }
    SplittableRandom random = new SplittableRandom(seed);
    int open = most;
    for (int i = 0; i < count; i++) {
      out[i] = random.nextInt(count - i) < open; // each choice is equally likely
      open -= out[i] ? 1 : 0;
    }
    return out;
  }

  /** Trails of tracks of the picture itself; a piece needs both of its ends visible. */
  public static ByteImage draw(ByteImage frame, int t, Tracks2d tracks) {
    checkFrame(t, tracks.frameCount());
    Canvas canvas = Canvas.over(frame);
    canvas.pen(LINE_PX, false);
    int first = Math.max(0, t - TRAIL_FRAMES);
    for (int i = 0; i < tracks.count(); i++) {
      int color = Canvas.cyclic(i, tracks.count());
      for (int s = first; s < t; s++) {
        if (tracks.isVisible(i, s) && tracks.isVisible(i, s + 1)) {
          canvas.ink(color, (s - first + 1) / (double) (t - first));
          canvas.line(
              tracks.xPx(i, s), tracks.yPx(i, s), tracks.xPx(i, s + 1), tracks.yPx(i, s + 1));
        }
      }
      if (tracks.isVisible(i, t)) {
        canvas.ink(color, 1);
        canvas.dot(tracks.xPx(i, t), tracks.yPx(i, t), DOT_PX);
      }
    }
    return canvas.finish();
  }

  /**
   * Trails of world points seen by the camera of the frame, so that only their own motion shows. A
   * piece needs its point visible at both ends and at present, and both projections valid.
   *
   * @param worldFromCamera pose of frame t
   */
  public static ByteImage draw(
      ByteImage frame, int t, Tracks3d tracks, PinholeCamera camera, Rigid3 worldFromCamera) {
    checkFrame(t, tracks.frameCount());
    Canvas canvas = Canvas.over(frame);
    canvas.pen(LINE_PX, false);
    double[] cameraFromWorld = worldFromCamera.inverse().toMatrix34();
    int first = Math.max(0, t - TRAIL_FRAMES);
    double[] xy = new double[2 * (t - first + 1)];
    boolean[] valid = new boolean[t - first + 1];
    for (int i = 0; i < tracks.count(); i++) {
      if (!tracks.isVisible(i, t)) {
        continue;
      }
      for (int s = first; s <= t; s++) {
        valid[s - first] = project(tracks, i, s, camera, cameraFromWorld, xy, s - first);
      }
      int color = Canvas.cyclic(i, tracks.count());
      int last = t - first;
      for (int k = 0; k < last && valid[last]; k++) {
        if (valid[k] && valid[k + 1]) {
          canvas.ink(color, (k + 1) / (double) last);
          canvas.line(xy[2 * k], xy[2 * k + 1], xy[2 * k + 2], xy[2 * k + 3]);
        }
      }
      if (valid[last]) {
        canvas.ink(color, 1);
        canvas.dot(xy[2 * last], xy[2 * last + 1], DOT_PX);
      }
    }
    return canvas.finish();
  }

  /**
   * The tracks worth showing: at most so many of the dynamic ones, sorted by the world y of their
   * first visible point. A clip without any gives none, where the reference fails.
   *
   * @return indices of tracks
   */
  public static int[] dynamicByHeight(
      Tracks3d tracks, MotionMagnitude motion, int most, long seed) {
    boolean[] dynamic = motion.dynamic(MotionMagnitude.DYNAMIC_PX);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < dynamic.length; i++) {
      if (dynamic[i]) {
        all.add(i);
      }
    }
    boolean[] chosen = sample(all.size(), most, seed);
    List<Integer> out = new ArrayList<>();
    for (int k = 0; k < chosen.length; k++) {
      if (chosen[k]) {
        out.add(all.get(k));
      }
    }
    out.sort(Comparator.comparingDouble(i -> firstHeight(tracks, i)));
    return out.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double firstHeight(Tracks3d tracks, int track) {
    for (int t = 0; t < tracks.frameCount(); t++) {
      if (tracks.isVisible(track, t)) {
        return tracks.point(track, t).y();
      }
    }
    return 0;
  }

  private static void checkFrame(int t, int frameCount) {
    Check.that(t >= 0 && t < frameCount, "frame must be in [0, %s), was %s", frameCount, t);
  }

  private static boolean project(
      Tracks3d tracks, int i, int s, PinholeCamera camera, double[] m, double[] xy, int to) {
    if (!tracks.isVisible(i, s)) {
      return false;
    }
    int k = 3 * (i * tracks.frameCount() + s);
    double x = tracks.xyz()[k];
    double y = tracks.xyz()[k + 1];
    double z = tracks.xyz()[k + 2];
    double depth = m[8] * x + m[9] * y + m[10] * z + m[11];
    double u = (m[0] * x + m[1] * y + m[2] * z + m[3]) / depth;
    double v = (m[4] * x + m[5] * y + m[6] * z + m[7]) / depth;
    xy[2 * to] = camera.focalXPx() * u + camera.centerXPx();
    xy[2 * to + 1] = camera.focalYPx() * v + camera.centerYPx();
    return camera.seesProjection(xy[2 * to], xy[2 * to + 1], depth);
  }
}
