package org.stereo4d.warp;

import org.stereo4d.camera.Camera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;

/**
 * Where the pixels of one camera lie in the picture of another with the same centre.
 *
 * @param target camera of the picture to make
 * @param source camera of the picture to read
 * @param sourceFromTarget rotation of a ray
 */
public record CameraWarp(Camera target, Camera source, Rotation3 sourceFromTarget) {
  /**
   * Index coordinates of one target row in the source picture.
   *
   * @param y row of the target
   * @param xIndex receives a column per target pixel; NaN when it sees nothing
   * @param yIndex receives a row per target pixel
   */
  public void row(int y, double[] xIndex, double[] yIndex) {
    double[] m = sourceFromTarget.toMatrix();
    double[] xyPx = new double[2];
    for (int x = 0; x < target.size().width(); x++) {
      Vec3 d = target.ray(x + 0.5, y + 0.5);
      source.project(
          m[0] * d.x() + m[1] * d.y() + m[2] * d.z(),
          m[3] * d.x() + m[4] * d.y() + m[5] * d.z(),
          m[6] * d.x() + m[7] * d.y() + m[8] * d.z(),
          xyPx);
      xIndex[x] = xyPx[0] - 0.5;
      yIndex[x] = xyPx[1] - 0.5;
    }
  }
}
