package org.stereo4d.synthetic.scene;

import java.util.List;
import org.stereo4d.camera.Rigid3;

/** A scene at one moment, ready to be hit by rays. Immutable. */
final class Snapshot {
  /** Where a ray ends; reused from ray to ray. */
  static final class Hit {
    /** No body: the sky. */
    static final int SKY = -1;

    /** The pixel has no ray. */
    static final int NOTHING = -2;

    /** Index of the body, {@link #SKY} or {@link #NOTHING}. */
    int object;

    /** Distance along the unit ray, metres; infinity on the sky. */
    double rangeMeters;

    /** Face of the body; 0 without one. */
    int face;

    /** The point in the body's frame, metres. */
    double x;

    double y;
    double z;

    /** The ray in the body's frame. */
    final double[] localRay = new double[6];
  }

  private final Shape[] shape;
  private final Texture[][] texture; // per object and face
  private final Texture sky;
  private final double timeSeconds;
  private final double[] objectFromWorld; // 3x4 per object
  private final double[] worldFromObject; // 3x4 per object
  private final double[] radius;
  private final int[] all;

  Snapshot(SyntheticScene scene, double timeSeconds) {
    List<SceneObject> objects = scene.objects();
    this.sky = scene.sky();
    this.timeSeconds = timeSeconds;
    int n = objects.size();
    this.shape = new Shape[n];
    this.texture = new Texture[n][];
    this.objectFromWorld = new double[12 * n];
    this.worldFromObject = new double[12 * n];
    this.radius = new double[n];
    this.all = new int[n];
    for (int k = 0; k < n; k++) {
      Rigid3 pose = objects.get(k).motion().worldFromBody(timeSeconds);
      System.arraycopy(pose.toMatrix34(), 0, worldFromObject, 12 * k, 12);
      System.arraycopy(pose.inverse().toMatrix34(), 0, objectFromWorld, 12 * k, 12);
      shape[k] = objects.get(k).shape();
      texture[k] = new Texture[shape[k].faceCount()];
      for (int face = 0; face < texture[k].length; face++) {
        texture[k][face] = objects.get(k).surface(face).texture();
      }
      radius[k] = shape[k].boundingRadiusMeters();
      all[k] = k;
    }
  }

  int objectCount() {
    return shape.length;
  }

  double timeSeconds() {
    return timeSeconds;
  }

  Shape shape(int object) {
    return shape[object];
  }

  /** Texture of a face of a body, or of the sky. */
  Texture texture(int object, int face) {
    return object < 0 ? sky : texture[object][face];
  }

  /** Nearest body along a world ray with unit direction. */
  void cast(double[] ray, Hit hit) {
    cast(ray, all, all.length, hit);
  }

  /** Nearest of some bodies along a world ray with unit direction. */
  void cast(double[] ray, int[] candidates, int candidateCount, Hit hit) {
    double best = Double.POSITIVE_INFINITY;
    int object = Hit.SKY;
    for (int i = 0; i < candidateCount; i++) {
      int k = candidates[i];
      if (mayHit(k, ray, best)) {
        toObject(k, ray, hit.localRay);
        double t = shape[k].distance(hit.localRay);
        if (t < best) {
          best = t;
          object = k;
        }
      }
    }
    resolve(ray, Double.isNaN(ray[5]) ? Hit.NOTHING : object, best, hit);
  }

  /** Fills in the place where a ray is known to end. */
  void resolve(double[] ray, int object, double rangeMeters, Hit hit) {
    hit.object = object;
    hit.rangeMeters = rangeMeters;
    hit.face = 0;
    if (object >= 0) {
      toObject(object, ray, hit.localRay);
      hit.x = hit.localRay[0] + rangeMeters * hit.localRay[3];
      hit.y = hit.localRay[1] + rangeMeters * hit.localRay[4];
      hit.z = hit.localRay[2] + rangeMeters * hit.localRay[5];
      hit.face = shape[object].face(hit.x, hit.y, hit.z);
    }
  }

  private boolean mayHit(int k, double[] ray, double best) {
    double r = radius[k];
    if (r == Double.POSITIVE_INFINITY) {
      return true;
    }
    double cx = worldFromObject[12 * k + 3] - ray[0];
    double cy = worldFromObject[12 * k + 7] - ray[1];
    double cz = worldFromObject[12 * k + 11] - ray[2];
    double along = cx * ray[3] + cy * ray[4] + cz * ray[5];
    double px = cx - along * ray[3];
    double py = cy - along * ray[4];
    double pz = cz - along * ray[5];
    return px * px + py * py + pz * pz <= r * r && along + r >= 0 && along - r <= best;
  }

  private void toObject(int k, double[] ray, double[] local) {
    double ox = ray[0];
    double oy = ray[1];
    double oz = ray[2];
    double dx = ray[3];
    double dy = ray[4];
    double dz = ray[5];
    double[] r = objectFromWorld;
    int m = 12 * k;
    local[0] = r[m] * ox + r[m + 1] * oy + r[m + 2] * oz + r[m + 3];
    local[1] = r[m + 4] * ox + r[m + 5] * oy + r[m + 6] * oz + r[m + 7];
    local[2] = r[m + 8] * ox + r[m + 9] * oy + r[m + 10] * oz + r[m + 11];
    local[3] = r[m] * dx + r[m + 1] * dy + r[m + 2] * dz;
    local[4] = r[m + 4] * dx + r[m + 5] * dy + r[m + 6] * dz;
    local[5] = r[m + 8] * dx + r[m + 9] * dy + r[m + 10] * dz;
  }

  /**
   * Bodies that a cone of rays may meet.
   *
   * @param cone apex, unit axis, and the half angle in radians
   * @param candidates receives their indices, ascending
   * @return how many
   */
  int within(double[] cone, int[] candidates) {
    int n = 0;
    for (int k = 0; k < shape.length; k++) {
      double cx = worldFromObject[12 * k + 3] - cone[0];
      double cy = worldFromObject[12 * k + 7] - cone[1];
      double cz = worldFromObject[12 * k + 11] - cone[2];
      double distance = Math.sqrt(cx * cx + cy * cy + cz * cz);
      if (distance <= radius[k]
          || Math.acos(clamp((cx * cone[3] + cy * cone[4] + cz * cone[5]) / distance))
              <= cone[6] + Math.asin(radius[k] / distance)) {
        candidates[n++] = k;
      }
    }
    return n;
  }

  private static double clamp(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }

  /** World position, at this moment, of a point fixed to a body. */
  void toWorld(int object, double x, double y, double z, double[] xyz) {
    int m = 12 * object;
    for (int row = 0; row < 3; row++, m += 4) {
      xyz[row] =
          worldFromObject[m] * x
              + worldFromObject[m + 1] * y
              + worldFromObject[m + 2] * z
              + worldFromObject[m + 3];
    }
  }
}
