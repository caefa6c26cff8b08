package org.stereo4d.synthetic.scene;

import java.util.Arrays;
import org.stereo4d.synthetic.scene.Snapshot.Hit;

/** Points of one surface waiting for their colours; reused from run to run. */
final class Shading {
  /** Most points of a run. */
  static final int CAPACITY = 32;

  /** Weight of the light baked into every body, in its own frame so that it never changes. */
  private static final double LIGHT = 0.15;

  private static final double LIGHT_X = -0.4;
  private static final double LIGHT_Y = -0.8;
  private static final double LIGHT_Z = -Math.sqrt(1 - LIGHT_X * LIGHT_X - LIGHT_Y * LIGHT_Y);

  /** Slant beyond which the footprint of a pixel no longer grows. */
  private static final double SMALLEST_COSINE = 0.1;

  private final double[] xyz = new double[3 * CAPACITY];
  private final double[] footprintMeters = new double[CAPACITY];
  private final float[] light = new float[CAPACITY];
  private final double[] normal = new double[3];
  private final float[] rgb = new float[3 * CAPACITY];
  private int count;

  /** Adds the place where a ray ended; all of a run lie on one face, or all on the sky. */
  void add(Snapshot scene, double[] ray, Hit hit, double pixelRadians) {
    int i = count++;
    if (hit.object < 0) {
      System.arraycopy(ray, 3, xyz, 3 * i, 3);
      footprintMeters[i] = pixelRadians;
      light[i] = hit.object == Hit.SKY ? 1 : 0;
      return;
    }
    xyz[3 * i] = hit.x;
    xyz[3 * i + 1] = hit.y;
    xyz[3 * i + 2] = hit.z;
    double[] n = normal;
    scene.shape(hit.object).normal(hit.x, hit.y, hit.z, n);
    double[] d = hit.localRay;
    double cosine = Math.abs(n[0] * d[3] + n[1] * d[4] + n[2] * d[5]);
    footprintMeters[i] = hit.rangeMeters * pixelRadians / Math.max(cosine, SMALLEST_COSINE);
    double towardLight = n[0] * LIGHT_X + n[1] * LIGHT_Y + n[2] * LIGHT_Z;
    light[i] = (float) (1 - LIGHT + LIGHT * towardLight);
  }

  int count() {
    return count;
  }

  /** Colours of the run, which is then empty; the array is used again. */
  float[] finish(Texture texture, double timeSeconds) {
    texture.rgb(count, xyz, footprintMeters, timeSeconds, rgb);
    for (int i = 0; i < count; i++) {
      rgb[3 * i] *= light[i];
      rgb[3 * i + 1] *= light[i];
      rgb[3 * i + 2] *= light[i];
    }
    count = 0;
    return rgb;
  }

  /** Colour where a single ray ended. */
  float[] colorOf(Snapshot scene, double[] ray, Hit hit, double pixelRadians) {
    if (hit.object == Hit.NOTHING) {
      Arrays.fill(rgb, 0, 3, 0);
      return rgb;
    }
    add(scene, ray, hit, pixelRadians);
    return finish(scene.texture(hit.object, hit.face), scene.timeSeconds());
  }
}
