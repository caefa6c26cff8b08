package org.stereo4d.tracking;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.track.Tracks3d;

/**
 * How far each point moved in the picture over the last frames, the camera's motion taken out (spec
 * F.3): {@code m(i, t) = max over s in [t - 16, t - 1] of |x_s - x_t|}, where x is the projection
 * into the camera of frame t; 0 where nothing can be compared.
 */
public final class MotionMagnitude {
  /** Frames that are looked back. */
  public static final int WINDOW_FRAMES = 16;

  /** A track that exceeds this is dynamic (spec F.6), px. */
  public static final double DYNAMIC_PX = 16;

  private static final int BLOCK = 64;
  private static final double NEAREST_METERS = 0.01;

  private final int frameCount;
  private final float[] px;

  private MotionMagnitude(int frameCount, float[] px) {
    this.frameCount = frameCount;
    this.px = px;
  }

  /**
   * Motion of tracks.
   *
   * @param tracks visibility before any erosion
   * @param worldFromCameras one pose per frame
   */
  public static MotionMagnitude of(
      Tracks3d tracks, PinholeCamera camera, List<Rigid3> worldFromCameras) {
    Check.that(
        worldFromCameras.size() == tracks.frameCount(),
        "tracks of %s frames need as many poses, had %s",
        tracks.frameCount(),
        worldFromCameras.size());
    double[][] cameraFromWorld =
        worldFromCameras.stream().map(p -> p.inverse().toMatrix34()).toArray(double[][]::new);
    float[] px = new float[tracks.visible().length];
    Parallel.blocks(
        tracks.count(),
        BLOCK,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            ofTrack(tracks, i, camera, cameraFromWorld, px);
          }
        });
    return new MotionMagnitude(tracks.frameCount(), px);
  }

  private static void ofTrack(
      Tracks3d tracks, int track, PinholeCamera camera, double[][] cameraFromWorld, float[] px) {
    int row = track * tracks.frameCount();
    boolean[] visible = tracks.visible();
    double[] xy = new double[2];
    for (int t = 1; t < tracks.frameCount(); t++) {
      if (!visible[row + t] || !project(tracks.xyz(), row + t, camera, cameraFromWorld[t], xy)) {
        continue;
      }
      double x = xy[0];
      double y = xy[1];
      double largest = 0;
      for (int s = Math.max(0, t - WINDOW_FRAMES); s < t; s++) {
        if (visible[row + s] && project(tracks.xyz(), row + s, camera, cameraFromWorld[t], xy)) {
          double dx = xy[0] - x;
          double dy = xy[1] - y;
          largest = Math.max(largest, dx * dx + dy * dy);
        }
      }
      px[row + t] = (float) Math.sqrt(largest);
    }
  }

  private static boolean project(
      float[] xyz, int entry, PinholeCamera camera, double[] m, double[] xyPx) {
    double x = xyz[3 * entry];
    double y = xyz[3 * entry + 1];
    double z = xyz[3 * entry + 2];
    double depth = m[8] * x + m[9] * y + m[10] * z + m[11];
    if (!(depth > NEAREST_METERS)) {
      return false;
    }
    double scale = 1 / depth;
    xyPx[0] =
        camera.focalXPx() * (m[0] * x + m[1] * y + m[2] * z + m[3]) * scale + camera.centerXPx();
    xyPx[1] =
        camera.focalYPx() * (m[4] * x + m[5] * y + m[6] * z + m[7]) * scale + camera.centerYPx();
    return camera.seesProjection(xyPx[0], xyPx[1], depth);
  }

  /** Number of tracks. */
  public int count() {
    return px.length / frameCount;
  }

  /** m of an entry, pixels. */
  public float px(int track, int frame) {
    return px[track * frameCount + frame];
  }

  /** n x T values in pixels, not copied. */
  public float[] array() {
    return px;
  }

  /**
   * Percentile of a track over the frames of a mask, linear between order statistics; NaN when the
   * mask has none.
   *
   * @param mask n x T flags
   * @param share in [0, 1]; 0.9 for the weight of the dynamic term
   */
  public double percentilePx(int track, boolean[] mask, double share) {
    Check.that(
        mask.length == px.length, "mask must hold %s flags, held %s", px.length, mask.length);
    Check.that(share >= 0 && share <= 1, "share must be in [0, 1], was %s", share);
    float[] sorted = new float[frameCount];
    int n = 0;
    for (int k = track * frameCount; k < (track + 1) * frameCount; k++) {
      if (mask[k]) {
        sorted[n++] = px[k];
      }
    }
    if (n == 0) {
      return Double.NaN;
    }
    Arrays.sort(sorted, 0, n);
    double position = share * (n - 1);
    int below = (int) position;
    int above = Math.min(n - 1, below + 1);
    return sorted[below] + (position - below) * (sorted[above] - (double) sorted[below]);
  }

  /** Largest m of a track, pixels. */
  public float largestPx(int track) {
    float largest = 0;
    for (int k = track * frameCount; k < (track + 1) * frameCount; k++) {
      largest = Math.max(largest, px[k]);
    }
    return largest;
  }

  /** Which tracks exceed a limit at any frame; {@link #DYNAMIC_PX} is the reference's. */
  public boolean[] dynamic(double limitPx) {
    boolean[] out = new boolean[count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = largestPx(i) > limitPx;
    }
    return out;
  }
}
