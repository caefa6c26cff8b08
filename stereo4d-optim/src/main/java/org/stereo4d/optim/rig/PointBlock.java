package org.stereo4d.optim.rig;

import org.stereo4d.camera.Vec3;

/** Normal equations of one point: V (3x3), its right side, and W (6x3) to each observing pose. */
final class PointBlock {
  private static final int POSE = StereoProjection.POSE;

  final int point;
  final double[] right = new double[3];

  /** W of each observer, 6 x 3 row-major. */
  final double[] cross;

  private final double[] normal = new double[9];
  private final double[] inverse = new double[9];

  PointBlock(int point, int observers) {
    this.point = point;
    this.cross = new double[observers * POSE * 3];
  }

  void add(int observer, double[] byPose, double[] byPoint, double error, double weight) {
    for (int i = 0; i < 3; i++) {
      right[i] += weight * byPoint[i] * error;
      for (int j = 0; j < 3; j++) {
        normal[3 * i + j] += weight * byPoint[i] * byPoint[j];
      }
    }
    int base = observer * POSE * 3;
    for (int a = 0; a < POSE; a++) {
      for (int j = 0; j < 3; j++) {
        cross[base + 3 * a + j] += weight * byPose[a] * byPoint[j];
      }
    }
  }

  void eliminate(double damping) {
    double a = normal[0] * (1 + damping) + 1e-12;
    double e = normal[4] * (1 + damping) + 1e-12;
    double i = normal[8] * (1 + damping) + 1e-12;
    double b = normal[1];
    double c = normal[2];
    double f = normal[5];
    double det = a * (e * i - f * f) - b * (b * i - f * c) + c * (b * f - e * c);
    double scale = det > 0 ? 1 / det : 0;
    inverse[0] = (e * i - f * f) * scale;
    inverse[1] = (c * f - b * i) * scale;
    inverse[2] = (b * f - c * e) * scale;
    inverse[3] = inverse[1];
    inverse[4] = (a * i - c * c) * scale;
    inverse[5] = (b * c - a * f) * scale;
    inverse[6] = inverse[2];
    inverse[7] = inverse[5];
    inverse[8] = (a * e - b * b) * scale;
  }

  /** Row a of W V^-1 of an observer. */
  double[] timesInverse(int observer, int a) {
    int w = observer * POSE * 3 + 3 * a;
    double[] out = new double[3];
    for (int j = 0; j < 3; j++) {
      out[j] =
          cross[w] * inverse[j] + cross[w + 1] * inverse[3 + j] + cross[w + 2] * inverse[6 + j];
    }
    return out;
  }

  /** The point moved by V^-1 (b - W^T step). */
  Vec3 moved(Vec3 from, double[] poseStep, int[][] seenBy) {
    double[] rest = right.clone();
    int[] observers = seenBy[point];
    for (int o = 0; o < observers.length; o++) {
      if (observers[o] > 0) {
        for (int a = 0; a < POSE; a++) {
          double s = poseStep[POSE * (observers[o] - 1) + a];
          for (int j = 0; j < 3; j++) {
            rest[j] -= cross[o * POSE * 3 + 3 * a + j] * s;
          }
        }
      }
    }
    double[] step = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        step[i] += inverse[3 * i + j] * rest[j];
      }
    }
    return from.plus(new Vec3(step[0], step[1], step[2]));
  }
}
