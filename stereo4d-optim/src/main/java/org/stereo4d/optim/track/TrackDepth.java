package org.stereo4d.optim.track;

import java.util.Arrays;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks3d;

/**
 * Sparse depth maps from tracks (spec F.7): every visible point that the camera sees writes its z
 * at pixel {@code (floor x, floor y)}. Where several points meet the nearest wins; the reference
 * has no such test and keeps the last one.
 */
public enum TrackDepth {
  /** The nearest point of a pixel. */
  NEAREST,
  /** The point of the last track, as in the reference. */
  LAST;

  /**
   * Depth of one frame.
   *
   * @param t frame
   * @param worldFromCamera pose of that frame
   * @return NaN where no point falls
   */
  public DepthMap at(int t, Tracks3d tracks, PinholeCamera camera, Rigid3 worldFromCamera) {
    Check.that(
        t >= 0 && t < tracks.frameCount(),
        "frame must be in [0, %s), was %s",
        tracks.frameCount(),
        t);
    int width = camera.size().width();
    float[] meters = new float[camera.size().area()];
    Arrays.fill(meters, Float.NaN);
    double[] m = worldFromCamera.inverse().toMatrix34();
    float[] xyz = tracks.xyz();
    for (int i = 0; i < tracks.count(); i++) {
      if (!tracks.isVisible(i, t)) {
        continue;
      }
      int k = 3 * (i * tracks.frameCount() + t);
      double z = m[8] * xyz[k] + m[9] * xyz[k + 1] + m[10] * xyz[k + 2] + m[11];
      double u = (m[0] * xyz[k] + m[1] * xyz[k + 1] + m[2] * xyz[k + 2] + m[3]) / z;
      double v = (m[4] * xyz[k] + m[5] * xyz[k + 1] + m[6] * xyz[k + 2] + m[7]) / z;
      double x = camera.focalXPx() * u + camera.centerXPx();
      double y = camera.focalYPx() * v + camera.centerYPx();
      if (camera.seesProjection(x, y, z)) {
        int at = (int) y * width + (int) x;
        if (this == LAST || !(meters[at] <= z)) {
          meters[at] = (float) z;
        }
      }
    }
    return new DepthMap(FloatImage.wrap(meters, camera.size(), 1));
  }
}
