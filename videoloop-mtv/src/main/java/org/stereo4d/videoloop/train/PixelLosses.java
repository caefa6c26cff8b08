package org.stereo4d.videoloop.train;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.Rendering;

/** Losses on rendered pixels; each adds its gradient times a weight and returns its plain value. */
final class PixelLosses {
  private static final double LOG_FLOOR = 0.01;
  private static final double LEAST_LABEL = 0.001;

  private PixelLosses() {}

  /**
   * {@code (s + 3) / 4} with s the geometric mean ratio of target and rendering, frames averaged.
   */
  static double scale(Rendering rendering, float[] targetMean) {
    int width = rendering.size().width();
    int frames = rendering.frames();
    float[] color = rendering.color();
    double sum = 0;
    for (int i = 0; i < targetMean.length; i++) {
      double mean = 0;
      for (int t = 0; t < frames; t++) {
        mean += color[i * frames + t];
      }
      sum += Math.log((targetMean[i] + LOG_FLOOR) / (mean / frames + LOG_FLOOR));
    }
    Check.that(targetMean.length == 3 * width * rendering.size().height(), "target must fit");
    return (Math.exp(sum / targetMean.length) + 3) / 4;
  }

  /** A picture in the order of renderings, (row, channel, column). */
  static float[] byRow(FloatImage image) {
    int width = image.width();
    float[] out = new float[3 * width * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0, from = image.index(0, y); x < width; x++, from += 3) {
        for (int c = 0; c < 3; c++) {
          out[(y * 3 + c) * width + x] = image.array()[from + c];
        }
      }
    }
    return out;
  }

  /** Mean squared error of {@code scale * rgb}. */
  static double color(Rendering rendering, float[] target, double scale, PixelGradient gradient) {
    float[] color = rendering.color();
    double sum = 0;
    double slope = 2 * scale / color.length;
    for (int i = 0; i < color.length; i++) {
      double d = scale * color[i] - target[i];
      sum += d * d;
      gradient.color()[i] += (float) (slope * d);
    }
    return sum / color.length;
  }

  /** Mean binary cross entropy of the clamped label. */
  static double label(Rendering rendering, Mask loopable, PixelGradient gradient) {
    float[] label = rendering.label();
    boolean[] wanted = loopable.array();
    double sum = 0;
    for (int i = 0; i < label.length; i++) {
      double p = Math.max(LEAST_LABEL, Math.min(1 - LEAST_LABEL, label[i]));
      sum -= Math.log(wanted[i] ? p : 1 - p);
      if (p == label[i]) {
        gradient.label()[i] += (float) ((wanted[i] ? -1 / p : 1 / (1 - p)) / label.length);
      }
    }
    return sum / label.length;
  }

  /** {@code mean |alpha - 1|}; alpha never exceeds 1. */
  static double density(Rendering rendering, double weight, PixelGradient gradient) {
    float[] alpha = rendering.alpha();
    double sum = 0;
    float slope = (float) (-weight / alpha.length);
    for (int i = 0; i < alpha.length; i++) {
      sum += 1 - alpha[i];
      gradient.alpha()[i] += slope;
    }
    return sum / alpha.length;
  }

  /**
   * Smoothness of disparity {@code u (inverse depth) - v alpha}, away from colour edges.
   *
   * @param edgeScale weight of colour differences; 0 ignores them
   * @param perInverse factor u
   * @param perAlpha factor v
   */
  static double depthSmooth(
      Rendering rendering,
      double weight,
      double edgeScale,
      double perInverse,
      double perAlpha,
      PixelGradient gradient) {
    int width = rendering.size().width();
    int height = rendering.size().height();
    int frames = rendering.frames();
    if (width < 2 || height < 2) {
      return 0;
    }
    double count = (double) (width - 1) * (height - 1) * frames;
    double sum = 0;
    for (int y = 1; y < height; y++) {
      for (int x = 1; x < width; x++) {
        for (int t = 0; t < frames; t++) {
          int at = (y * width + x) * frames + t;
          int left = at - frames;
          int above = at - width * frames;
          double edge = edgeScale == 0 ? 1 : edge(rendering, x, y, t, edgeScale);
          double across = disparity(rendering, at, left, perInverse, perAlpha);
          double down = disparity(rendering, at, above, perInverse, perAlpha);
          sum += (Math.abs(across) + Math.abs(down)) * edge;
          double step = weight * edge / count;
          if (edgeScale > 0 && edge > 0) {
            double slope = -weight * edgeScale * (Math.abs(across) + Math.abs(down)) / count;
            addEdge(rendering, x, y, t, slope, gradient);
          }
          add(gradient, at, step * (Math.signum(across) + Math.signum(down)), perInverse, perAlpha);
          add(gradient, left, -step * Math.signum(across), perInverse, perAlpha);
          add(gradient, above, -step * Math.signum(down), perInverse, perAlpha);
        }
      }
    }
    return sum / count;
  }

  private static double disparity(
      Rendering rendering, int at, int other, double perInverse, double perAlpha) {
    double inverse = (double) rendering.inverseDepth()[at] - rendering.inverseDepth()[other];
    double alpha = (double) rendering.alpha()[at] - rendering.alpha()[other];
    return perInverse * inverse - perAlpha * alpha;
  }

  private static void add(
      PixelGradient gradient, int at, double slope, double perInverse, double perAlpha) {
    gradient.inverseDepth()[at] += (float) (slope * perInverse);
    gradient.alpha()[at] -= (float) (slope * perAlpha);
  }

  /** Adds the slope times the derivative of {@code |dx rgb| + |dy rgb|}. */
  private static void addEdge(
      Rendering rendering, int x, int y, int t, double slope, PixelGradient gradient) {
    int width = rendering.size().width();
    int frames = rendering.frames();
    float[] color = rendering.color();
    for (int c = 0; c < 3; c++) {
      int at = ((y * 3 + c) * width + x) * frames + t;
      for (int other : new int[] {at - frames, at - 3 * width * frames}) {
        float step = (float) (slope * Math.signum(color[at] - color[other]));
        gradient.color()[at] += step;
        gradient.color()[other] -= step;
      }
    }
  }

  /** {@code max(0, 1 - edgeScale (|dx rgb| + |dy rgb|))}. */
  private static double edge(Rendering rendering, int x, int y, int t, double edgeScale) {
    int width = rendering.size().width();
    int frames = rendering.frames();
    float[] color = rendering.color();
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      int at = ((y * 3 + c) * width + x) * frames + t;
      sum += Math.abs(color[at] - color[at - frames]);
      sum += Math.abs(color[at] - color[at - 3 * width * frames]);
    }
    return Math.max(0, 1 - edgeScale * sum);
  }
}
