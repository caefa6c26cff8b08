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
  private static final double PIXEL_WEIGHT = 1 / (PIXEL_SIGMA * PIXEL_SIGMA);
  private static final double HUBER = 2;

  /** Moves a pixel by far less than a hundredth at any depth that is kept. */
  private static final double CONVERGED_METERS = 1e-6;

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
      return length > CONVERGED_METERS;
    }

    /** Adds one frame: weights and derivatives in the camera's frame, turned into the world's. */
    private void accumulate(int i) {
      PinholeCamera view = problem.rig().view();
      double[] m = cameraFromWorld[frame[i]];
      double depth = m[8] * point[0] + m[9] * point[1] + m[10] * point[2] + m[11];
      double inverse = 1 / Math.max(MIN_DEPTH_METERS, depth);
      double u = inverse * (m[0] * point[0] + m[1] * point[1] + m[2] * point[2] + m[3]);
      double v = inverse * (m[4] * point[0] + m[5] * point[1] + m[6] * point[2] + m[7]);
      double byX = view.focalXPx() * inverse;
      double byY = view.focalYPx() * inverse;
      double disparity = byX * problem.rig().baselineMeters();
      double byZ = disparity * inverse;
      double errorD = disparityPx[i] - disparity;
      double sigmas = Math.abs(errorD) / disparitySigmaPx;
      double depthWeight =
          (sigmas > HUBER ? HUBER / sigmas : 1) / (disparitySigmaPx * disparitySigmaPx);
      double rightX = PIXEL_WEIGHT * byX * (xPx[i] - view.focalXPx() * u - view.centerXPx());
      double rightY = PIXEL_WEIGHT * byY * (yPx[i] - view.focalYPx() * v - view.centerYPx());
      double rightZ = -u * rightX - v * rightY - depthWeight * byZ * errorD;
      double xx = PIXEL_WEIGHT * byX * byX;
      double yy = PIXEL_WEIGHT * byY * byY;
      double xz = -u * xx;
      double yz = -v * yy;
      double zz = u * u * xx + v * v * yy + depthWeight * byZ * byZ;
      for (int row = 0; row < 3; row++) {
        double x = m[row];
        double y = m[4 + row];
        double z = m[8 + row];
        right[row] += x * rightX + y * rightY + z * rightZ;
        double a = x * xx + z * xz;
        double b = y * yy + z * yz;
        double c = x * xz + y * yz + z * zz;
        for (int column = row; column < 3; column++) {
          normal[3 * row + column] += a * m[column] + b * m[4 + column] + c * m[8 + column];
        }
      }
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
