package org.stereo4d.camera;

import org.stereo4d.image.ImageSize;

/** A central camera: pixels to rays and back, in its own frame. */
public sealed interface Camera permits PinholeCamera, EquirectCamera, FisheyeCamera {
  /** Image size. */
  ImageSize size();

  /**
   * The unit ray seen by a raster point.
   *
   * @return components NaN when the point sees nothing
   */
  Vec3 ray(double xPx, double yPx);

  /**
   * Projects a point of the camera frame.
   *
   * @param xyPx receives raster x and y, which may lie outside the image; NaN when the model cannot
   *     see the direction
   */
  void project(double x, double y, double z, double[] xyPx);

  /** Projects a point of the camera frame to raster x and y; see the other method. */
  default double[] project(Vec3 pointCamera) {
    double[] xyPx = new double[2];
    project(pointCamera.x(), pointCamera.y(), pointCamera.z(), xyPx);
    return xyPx;
  }
}
