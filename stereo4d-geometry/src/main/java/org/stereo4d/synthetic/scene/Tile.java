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
  static final int SIDE = Shading.CAPACITY;

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
  private final Shading shading = new Shading();
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
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; ) {
        int i = (y + 1) * w + x + 1;
        if (surface[i] == Hit.NOTHING) {
          x++;
        } else if (isOutline(i, w)) {
          addOutline(scene, i, w, weight, 3 * (y * width + x));
          x++;
        } else {
          x += addRun(scene, i, i + width - x, w, weight);
        }
      }
    }
  }

  /** Adds the pixels from one on, up to the first on an outline; returns how many. */
  private int addRun(Snapshot scene, int first, int end, int w, float weight) {
    for (int i = first; i < end && !isOutline(i, w); i++) {
      aimAtCenter(i);
      int object = surface[i] < 0 ? surface[i] : surface[i] / FACES;
      scene.resolve(ray, object, rangeMeters[i], hit);
      shading.add(scene, ray, hit, pixelRadians[i]);
    }
    int count = shading.count();
    float[] rgb = shading.finish(scene.texture(hit.object, hit.face), scene.timeSeconds());
    int o = 3 * ((first / w - 1) * width + first % w - 1);
    for (int k = 0; k < 3 * count; k++) {
      color[o + k] += weight * rgb[k];
    }
    return count;
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

  private void addOutline(Snapshot scene, int i, int w, float weight, int o) {
    for (int sy = 0; sy < SUB; sy++) {
      double v = (sy + 0.5) / SUB - 0.5;
      for (int sx = 0; sx < SUB; sx++) {
        double u = (sx + 0.5) / SUB - 0.5;
        aim(i, w, u, v);
        scene.cast(ray, candidates, candidateCount, hit);
        float[] rgb = shading.colorOf(scene, ray, hit, pixelRadians[i]);
        for (int c = 0; c < 3; c++) {
          color[o + c] += weight / (SUB * SUB) * rgb[c];
        }
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
