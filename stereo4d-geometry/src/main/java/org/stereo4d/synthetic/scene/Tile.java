package org.stereo4d.synthetic.scene;

import java.util.Arrays;
import org.stereo4d.synthetic.scene.Snapshot.Hit;

/**
 * Draws square blocks of a picture; scratch memory of one task.
 *
 * <p>Each pixel gets one ray through its centre. Where the surface differs from that of a
 * neighbour, the colour is the mean of {@value #SUB} x {@value #SUB} rays, so that outlines have no
 * steps. Bodies that no ray of the block can meet are left out beforehand.
 */
final class Tile {
  /** Pixels per side. */
  static final int SIDE = 32;

  private static final int SUB = 3;
  private static final int WIDE = SIDE + 2; // with a rim of one pixel
  private static final int FACES = 8; // more than any shape has

  private final double[] direction = new double[3 * WIDE * WIDE];
  private final double[] pixelRadians = new double[WIDE * WIDE];
  private final double[] rangeMeters = new double[WIDE * WIDE];
  private final int[] surface = new int[WIDE * WIDE];
  private final float[] color = new float[3 * SIDE * SIDE];
  private final double[] ray = new double[6];
  private final double[] cone = new double[7];
  private final float[] rgb = new float[3];
  private final Hit hit = new Hit();
  private int[] candidates = new int[0];
  private int candidateCount;
  private int width;
  private int height;

  /** Starts a block with black pixels. */
  void start(int blockWidth, int blockHeight) {
    width = blockWidth;
    height = blockHeight;
    Arrays.fill(color, 0, 3 * blockWidth * blockHeight, 0);
  }

  /** Red, green and blue of each pixel of the block. */
  float[] color() {
    return color;
  }

  /** Adds a picture of a scene with a weight. */
  void add(Snapshot scene, PixelRays rays, int x0, int y0, float weight) {
    int w = width + 2;
    int h = height + 2;
    rays.fill(x0 - 1, y0 - 1, w, h, direction, pixelRadians);
    rays.startRay(ray);
    choose(scene, w * h);
    for (int i = 0; i < w * h; i++) {
      surface[i] = cast(scene, i);
    }
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++, o += 3) {
        int i = (y + 1) * w + x + 1;
        if (surface[i] <= Hit.NOTHING) {
          continue;
        }
        if (isOutline(i, w)) {
          addOutline(scene, i, w, weight, o);
        } else {
          aimAtCenter(i);
          scene.resolve(ray, surface[i] < 0 ? surface[i] : surface[i] / FACES, rangeMeters[i], hit);
          addShaded(scene, i, weight, o);
        }
      }
    }
  }

  private void choose(Snapshot scene, int count) {
    if (candidates.length < scene.objectCount()) {
      candidates = new int[scene.objectCount()];
    }
    double x = 0;
    double y = 0;
    double z = 0;
    for (int i = 0; i < 3 * count; i += 3) {
      x += direction[i];
      y += direction[i + 1];
      z += direction[i + 2];
    }
    double norm = Math.sqrt(x * x + y * y + z * z);
    double cosine = 1;
    for (int i = 0; i < 3 * count; i += 3) {
      cosine =
          Math.min(cosine, (x * direction[i] + y * direction[i + 1] + z * direction[i + 2]) / norm);
    }
    System.arraycopy(ray, 0, cone, 0, 3);
    cone[3] = x / norm;
    cone[4] = y / norm;
    cone[5] = z / norm;
    // a block with pixels that see nothing has no cone: test every body
    cone[6] = cosine >= -1 ? Math.acos(Math.min(1, cosine)) : Math.PI;
    candidateCount = cosine >= -1 ? scene.within(cone, candidates) : allOf(scene.objectCount());
  }

  private int allOf(int count) {
    for (int k = 0; k < count; k++) {
      candidates[k] = k;
    }
    return count;
  }

  private void aimAtCenter(int i) {
    ray[3] = direction[3 * i];
    ray[4] = direction[3 * i + 1];
    ray[5] = direction[3 * i + 2];
  }

  private int cast(Snapshot scene, int i) {
    aimAtCenter(i);
    scene.cast(ray, candidates, candidateCount, hit);
    rangeMeters[i] = hit.rangeMeters;
    return hit.object < 0 ? hit.object : hit.object * FACES + hit.face;
  }

  private boolean isOutline(int i, int w) {
    int s = surface[i];
    return surface[i - 1] != s
        || surface[i + 1] != s
        || surface[i - w] != s
        || surface[i + w] != s
        || surface[i - w - 1] != s
        || surface[i - w + 1] != s
        || surface[i + w - 1] != s
        || surface[i + w + 1] != s;
  }

  private void addShaded(Snapshot scene, int i, float weight, int o) {
    scene.shade(ray, hit, pixelRadians[i], rgb);
    color[o] += weight * rgb[0];
    color[o + 1] += weight * rgb[1];
    color[o + 2] += weight * rgb[2];
  }

  private void addOutline(Snapshot scene, int i, int w, float weight, int o) {
    for (int sy = 0; sy < SUB; sy++) {
      double v = (sy + 0.5) / SUB - 0.5;
      for (int sx = 0; sx < SUB; sx++) {
        double u = (sx + 0.5) / SUB - 0.5;
        aim(i, w, u, v);
        scene.cast(ray, candidates, candidateCount, hit);
        addShaded(scene, i, weight / (SUB * SUB), o);
      }
    }
  }

  /** A ray beside the centre of a pixel, from the rays of its neighbours. */
  private void aim(int i, int w, double u, double v) {
    double norm = 0;
    for (int c = 0; c < 3; c++) {
      double center = direction[3 * i + c];
      double right = direction[3 * (i + 1) + c];
      double left = direction[3 * (i - 1) + c];
      double below = direction[3 * (i + w) + c];
      double above = direction[3 * (i - w) + c];
      double d = center + 0.5 * (u * (right - left) + v * (below - above));
      d = Double.isNaN(d) ? center : d; // beside pixels that see nothing
      ray[3 + c] = d;
      norm += d * d;
    }
    double k = 1 / Math.sqrt(norm);
    ray[3] *= k;
    ray[4] *= k;
    ray[5] *= k;
  }
}
