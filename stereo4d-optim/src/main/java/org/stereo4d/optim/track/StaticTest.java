package org.stereo4d.optim.track;

import java.util.Arrays;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Parallel;

/**
 * Is a track one constant point? Fits a world point to the pixels and disparities of its valid
 * frames by robust Gauss-Newton and returns the root mean square of the image residual, pixels.
 */
final class StaticTest {
  private static final int ITERATIONS = 8;
  private static final double PIXEL_SIGMA = 0.15;
  private static final double HUBER = 2;
  private static final double MIN_DEPTH_METERS = 0.05;

  private final TrackProblem problem;
  private final double disparitySigmaPx;
  private final double[][] cameraFromWorld;

  StaticTest(TrackProblem problem, double disparitySigmaPx) {
    this.problem = problem;
    this.disparitySigmaPx = disparitySigmaPx;
    this.cameraFromWorld =
        problem.worldFromCameras().stream()
            .map(Rigid3::inverse)
            .map(Rigid3::toMatrix34)
            .toArray(double[][]::new);
  }

  /** Residual of every track; NaN for those with fewer than two valid frames. */
  double[] residualsPx() {
    double[] out = new double[problem.raw().count()];
    Parallel.blocks(
        out.length,
        64,
        (start, end) -> {
          Fit fit = new Fit();
          for (int i = start; i < end; i++) {
            out[i] = fit.residual(i);
          }
        });
    return out;
  }

  /** Median of the lower half of the residuals, kept in a plausible range. */
  static double noisePx(double[] residualsPx) {
    double[] sorted = Arrays.stream(residualsPx).filter(r -> !Double.isNaN(r)).sorted().toArray();
    double quarter = sorted.length == 0 ? PIXEL_SIGMA : sorted[(sorted.length - 1) / 4];
    return Math.max(0.05, Math.min(0.6, quarter));
  }

  /** Scratch of one thread. */
  private final class Fit {
    private final int frames = problem.raw().frameCount();
    private final double[] xPx = new double[frames];
    private final double[] yPx = new double[frames];
    private final double[] disparityPx = new double[frames];
    private final int[] frame = new int[frames];
    private final double[] point = new double[3];
    private final double[] normal = new double[9];
    private final double[] right = new double[3];
    private int count;

    double residual(int track) {
      observe(track);
      if (count < 2) {
        return Double.NaN;
      }
      for (int i = 0; i < ITERATIONS; i++) {
        if (!improve()) {
          break;
        }
      }
      return rms();
    }

    private void observe(int track) {
      PinholeCamera view = problem.rig().view();
      double scale = view.focalXPx() * problem.rig().baselineMeters();
      float[] xyz = problem.raw().xyz();
      count = 0;
      Arrays.fill(point, 0);
      double weights = 0;
      for (int t = 0; t < frames; t++) {
        int k = track * frames + t;
        if (!problem.mask()[k]) {
          continue;
        }
        double[] m = cameraFromWorld[t];
        double x = xyz[3 * k];
        double y = xyz[3 * k + 1];
        double z = xyz[3 * k + 2];
        double depth = m[8] * x + m[9] * y + m[10] * z + m[11];
        if (!(depth > MIN_DEPTH_METERS)) {
          continue;
        }
        xPx[count] =
            view.focalXPx() * (m[0] * x + m[1] * y + m[2] * z + m[3]) / depth + view.centerXPx();
        yPx[count] =
            view.focalYPx() * (m[4] * x + m[5] * y + m[6] * z + m[7]) / depth + view.centerYPx();
        disparityPx[count] = scale / depth;
        frame[count++] = t;
        // the depth of a far point scatters with the square of its depth
        double weight = 1 / (depth * depth * depth * depth);
        weights += weight;
        point[0] += weight * x;
        point[1] += weight * y;
        point[2] += weight * z;
      }
      for (int i = 0; i < 3; i++) {
        point[i] /= weights;
      }
    }

    private boolean improve() {
      Arrays.fill(normal, 0);
      Arrays.fill(right, 0);
      for (int i = 0; i < count; i++) {
        accumulate(i);
      }
      double[] step = solve3();
      double length = Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
      if (!Double.isFinite(length)) {
        return false;
      }
      double limit = length > 2 ? 2 / length : 1;
      for (int i = 0; i < 3; i++) {
        point[i] += limit * step[i];
      }
      return length > 1e-7;
    }

    private void accumulate(int i) {
      PinholeCamera view = problem.rig().view();
      double[] m = cameraFromWorld[frame[i]];
      double x = m[0] * point[0] + m[1] * point[1] + m[2] * point[2] + m[3];
      double y = m[4] * point[0] + m[5] * point[1] + m[6] * point[2] + m[7];
      double z =
          Math.max(MIN_DEPTH_METERS, m[8] * point[0] + m[9] * point[1] + m[10] * point[2] + m[11]);
      double fx = view.focalXPx();
      double fy = view.focalYPx();
      double b = fx * problem.rig().baselineMeters();
      double ex = xPx[i] - (fx * x / z + view.centerXPx());
      double ey = yPx[i] - (fy * y / z + view.centerYPx());
      double ed = disparityPx[i] - b / z;
      double pixelWeight = 1 / (PIXEL_SIGMA * PIXEL_SIGMA);
      double sigmas = Math.abs(ed) / disparitySigmaPx;
      double depthWeight =
          (sigmas > HUBER ? HUBER / sigmas : 1) / (disparitySigmaPx * disparitySigmaPx);
      add(m, fx / z, 0, -fx * x / (z * z), ex, pixelWeight);
      add(m, 0, fy / z, -fy * y / (z * z), ey, pixelWeight);
      add(m, 0, 0, -b / (z * z), ed, depthWeight);
    }

    /** One residual with its derivative by the point in the camera frame. */
    private void add(double[] m, double dx, double dy, double dz, double error, double weight) {
      double a = dx * m[0] + dy * m[4] + dz * m[8];
      double b = dx * m[1] + dy * m[5] + dz * m[9];
      double c = dx * m[2] + dy * m[6] + dz * m[10];
      normal[0] += weight * a * a;
      normal[1] += weight * a * b;
      normal[2] += weight * a * c;
      normal[4] += weight * b * b;
      normal[5] += weight * b * c;
      normal[8] += weight * c * c;
      right[0] += weight * a * error;
      right[1] += weight * b * error;
      right[2] += weight * c * error;
    }

    private double[] solve3() {
      double a = normal[0] * (1 + 1e-9);
      double e = normal[4] * (1 + 1e-9);
      double i = normal[8] * (1 + 1e-9);
      double b = normal[1];
      double c = normal[2];
      double f = normal[5];
      double det = a * (e * i - f * f) - b * (b * i - f * c) + c * (b * f - e * c);
      double x = right[0];
      double y = right[1];
      double z = right[2];
      return new double[] {
        (x * (e * i - f * f) - b * (y * i - f * z) + c * (y * f - e * z)) / det,
        (a * (y * i - f * z) - x * (b * i - f * c) + c * (b * z - y * c)) / det,
        (a * (e * z - y * f) - b * (b * z - y * c) + x * (b * f - e * c)) / det
      };
    }

    private double rms() {
      PinholeCamera view = problem.rig().view();
      double sum = 0;
      for (int i = 0; i < count; i++) {
        double[] m = cameraFromWorld[frame[i]];
        double z = m[8] * point[0] + m[9] * point[1] + m[10] * point[2] + m[11];
        double x = m[0] * point[0] + m[1] * point[1] + m[2] * point[2] + m[3];
        double y = m[4] * point[0] + m[5] * point[1] + m[6] * point[2] + m[7];
        double ex = xPx[i] - (view.focalXPx() * x / z + view.centerXPx());
        double ey = yPx[i] - (view.focalYPx() * y / z + view.centerYPx());
        sum += ex * ex + ey * ey;
      }
      return Math.sqrt(sum / Math.max(1, 2 * count - 3));
    }
  }
}
