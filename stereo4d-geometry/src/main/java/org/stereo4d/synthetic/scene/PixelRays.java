package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FisheyeCamera;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;

/**
 * Unit world rays through the pixels of a posed camera, filled into arrays without allocation, and
 * one pixel beyond the picture on each side.
 */
final class PixelRays {
  private final View view;
  private final double[] rotation; // world from camera
  private final double[] origin;
  private final double[] sineYaw;
  private final double[] cosineYaw;
  private final double[] sineTilt;
  private final double[] cosineTilt;

  PixelRays(View view) {
    this.view = view;
    this.rotation = view.worldFromCamera().rotation().toMatrix();
    Vec3 center = view.worldFromCamera().translation();
    this.origin = new double[] {center.x(), center.y(), center.z()};
    boolean equirect = view.camera() instanceof EquirectCamera;
    ImageSize size = view.camera().size();
    this.sineYaw = new double[equirect ? size.width() + 2 : 0];
    this.cosineYaw = new double[sineYaw.length];
    this.sineTilt = new double[equirect ? size.height() + 2 : 0];
    this.cosineTilt = new double[sineTilt.length];
    if (view.camera() instanceof EquirectCamera camera) {
      for (int i = 0; i < sineYaw.length; i++) {
        sineYaw[i] = Math.sin(camera.yawRadians(i - 0.5));
        cosineYaw[i] = Math.cos(camera.yawRadians(i - 0.5));
      }
      for (int i = 0; i < sineTilt.length; i++) {
        sineTilt[i] = Math.sin(camera.tiltRadians(i - 0.5));
        cosineTilt[i] = Math.cos(camera.tiltRadians(i - 0.5));
      }
    }
  }

  ImageSize size() {
    return view.camera().size();
  }

  /** Puts the camera centre into the first three numbers of a ray. */
  void startRay(double[] ray) {
    System.arraycopy(origin, 0, ray, 0, 3);
  }

  /** Puts centre and direction of any raster point into a ray; returns radians per pixel there. */
  double ray(double xPx, double yPx, double[] ray) {
    startRay(ray);
    Vec3 d = view.worldFromCamera().rotation().apply(view.camera().ray(xPx, yPx));
    ray[3] = d.x();
    ray[4] = d.y();
    ray[5] = d.z();
    return radiansPerPixel(xPx, yPx);
  }

  private double radiansPerPixel(double xPx, double yPx) {
    if (view.camera() instanceof PinholeCamera pinhole) {
      return pinhole.ray(xPx, yPx).z() / Math.min(pinhole.focalXPx(), pinhole.focalYPx());
    }
    if (view.camera() instanceof EquirectCamera equirect) {
      double yaw = equirect.yawStepRadians() * Math.abs(Math.cos(equirect.tiltRadians(yPx)));
      return Math.max(yaw, equirect.tiltStepRadians());
    }
    return 1 / ((FisheyeCamera) view.camera()).focalPx();
  }

  /**
   * Fills a block of pixels, which may reach one pixel beyond the picture.
   *
   * @param direction receives x, y, z of each pixel, row after row; NaN where it sees nothing
   * @param pixelRadians receives the angle from one pixel to the next
   */
  void fill(int x0, int y0, int width, int height, double[] direction, double[] pixelRadians) {
    if (view.camera() instanceof PinholeCamera pinhole) {
      fillPinhole(pinhole, new Block(x0, y0, width, height), direction, pixelRadians);
    } else if (view.camera() instanceof EquirectCamera equirect) {
      fillEquirect(equirect, new Block(x0, y0, width, height), direction, pixelRadians);
    } else {
      fillFisheye(
          (FisheyeCamera) view.camera(), new Block(x0, y0, width, height), direction, pixelRadians);
    }
  }

  private record Block(int x0, int y0, int width, int height) {}

  private void fillPinhole(PinholeCamera c, Block b, double[] direction, double[] pixelRadians) {
    double perFocal = 1 / Math.min(c.focalXPx(), c.focalYPx());
    for (int y = 0, i = 0; y < b.height; y++) {
      double v = (b.y0 + y + 0.5 - c.centerYPx()) / c.focalYPx();
      for (int x = 0; x < b.width; x++, i++) {
        double u = (b.x0 + x + 0.5 - c.centerXPx()) / c.focalXPx();
        double k = 1 / Math.sqrt(u * u + v * v + 1);
        turn(u * k, v * k, k, direction, 3 * i);
        pixelRadians[i] = k * perFocal;
      }
    }
  }

  private void fillEquirect(EquirectCamera c, Block b, double[] direction, double[] pixelRadians) {
    double yawStep = c.yawStepRadians();
    double tiltStep = c.tiltStepRadians();
    for (int y = 0, i = 0; y < b.height; y++) {
      double sine = sineTilt[b.y0 + y + 1];
      double cosine = cosineTilt[b.y0 + y + 1];
      double step = Math.max(tiltStep, yawStep * Math.abs(cosine));
      for (int x = 0; x < b.width; x++, i++) {
        int column = b.x0 + x + 1;
        turn(cosine * sineYaw[column], sine, cosine * cosineYaw[column], direction, 3 * i);
        pixelRadians[i] = step;
      }
    }
  }

  private void fillFisheye(FisheyeCamera c, Block b, double[] direction, double[] pixelRadians) {
    for (int y = 0, i = 0; y < b.height; y++) {
      double v = (b.y0 + y + 0.5 - c.centerYPx()) / c.focalPx();
      for (int x = 0; x < b.width; x++, i++) {
        double u = (b.x0 + x + 0.5 - c.centerXPx()) / c.focalPx();
        double theta = Math.sqrt(u * u + v * v);
        double k = theta < 1e-9 ? 1 : Math.sin(theta) / theta;
        double forward = theta > Math.PI ? Double.NaN : Math.cos(theta);
        turn(k * u, k * v, forward, direction, 3 * i);
        pixelRadians[i] = 1 / c.focalPx();
      }
    }
  }

  private void turn(double x, double y, double z, double[] out, int at) {
    double[] r = rotation;
    out[at] = r[0] * x + r[1] * y + r[2] * z;
    out[at + 1] = r[3] * x + r[4] * y + r[5] * z;
    out[at + 2] = r[6] * x + r[7] * y + r[8] * z;
  }

  /** Raster position of a world point, NaN where the camera cannot see it. */
  void project(Vec3 pointWorld, double[] xyPx) {
    projectDirection(
        pointWorld.x() - origin[0], pointWorld.y() - origin[1], pointWorld.z() - origin[2], xyPx);
  }

  /** Raster position of a point at infinity in a world direction. */
  void projectDirection(double x, double y, double z, double[] xyPx) {
    double[] r = rotation; // its transpose is camera from world
    view.camera()
        .project(
            r[0] * x + r[3] * y + r[6] * z,
            r[1] * x + r[4] * y + r[7] * z,
            r[2] * x + r[5] * y + r[8] * z,
            xyPx);
  }

  /** Depth along the axis of a point at a distance along a world direction. */
  double depthMeters(double rangeMeters, double dx, double dy, double dz) {
    return rangeMeters * (rotation[2] * dx + rotation[5] * dy + rotation[8] * dz);
  }

  /** Whether a raster point lies inside the picture. */
  boolean inside(double[] xyPx) {
    ImageSize size = size();
    return xyPx[0] >= 0 && xyPx[0] < size.width() && xyPx[1] >= 0 && xyPx[1] < size.height();
  }
}
