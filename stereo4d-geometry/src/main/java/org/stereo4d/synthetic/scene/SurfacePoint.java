package org.stereo4d.synthetic.scene;

import org.stereo4d.synthetic.scene.Snapshot.Hit;

/**
 * A point fixed to a body, or a point of the sky.
 *
 * @param object index of the body, {@link Hit#SKY} or {@link Hit#NOTHING}
 * @param x place in the body's frame, metres; for the sky the world direction
 * @param y likewise
 * @param z likewise
 */
record SurfacePoint(int object, double x, double y, double z) {
  /** A point counts as seen when nothing is nearer by more than this share of its distance. */
  private static final double DEPTH_TOLERANCE = 1e-6;

  static SurfacePoint of(Hit hit, double[] ray) {
    return hit.object >= 0
        ? new SurfacePoint(hit.object, hit.x, hit.y, hit.z)
        : new SurfacePoint(hit.object, ray[3], ray[4], ray[5]);
  }

  /**
   * Whether a camera sees this point.
   *
   * @param xyzWorld receives the place at the moment of the snapshot; NaN without a body
   * @param xyPx receives the projection; NaN where the model has none
   */
  boolean seenBy(Snapshot scene, PixelRays rays, double[] xyzWorld, double[] xyPx) {
    double[] ray = new double[6];
    rays.startRay(ray);
    double distance = Double.POSITIVE_INFINITY;
    if (object >= 0) {
      scene.toWorld(object, x, y, z, xyzWorld);
      double dx = xyzWorld[0] - ray[0];
      double dy = xyzWorld[1] - ray[1];
      double dz = xyzWorld[2] - ray[2];
      distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
      ray[3] = dx / distance;
      ray[4] = dy / distance;
      ray[5] = dz / distance;
    } else {
      xyzWorld[0] = Double.NaN;
      xyzWorld[1] = Double.NaN;
      xyzWorld[2] = Double.NaN;
      ray[3] = object == Hit.SKY ? x : Double.NaN;
      ray[4] = y;
      ray[5] = z;
    }
    rays.projectDirection(ray[3], ray[4], ray[5], xyPx);
    if (!rays.inside(xyPx)) {
      return false;
    }
    Hit hit = new Hit();
    scene.cast(ray, hit);
    return hit.rangeMeters >= distance * (1 - DEPTH_TOLERANCE);
  }
}
