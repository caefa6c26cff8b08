package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.image.ByteImage;

/**
 * Brings mean and deviation of each channel of a picture, in the CIE Lab space, to those of another
 * (Reinhard et al. 2001): takes the colour cast out of what a network made.
 */
final class ColorTransfer {
  private static final double LEAST_DEVIATION = 1e-6;
  private static final double[] WHITE = {0.950456, 1, 1.088754};
  private static final double[][] XYZ = {
    {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
  };
  private static final double[][] RGB = {
    {3.240479, -1.537150, -0.498535},
    {-0.969256, 1.875991, 0.041556},
    {0.055648, -0.204043, 1.057311}
  };
  private static final double LINEAR_END = 0.008856;

  private final double[] mean;
  private final double[] deviation;

  private ColorTransfer(double[][] statistics) {
    this.mean = statistics[0];
    this.deviation = statistics[1];
  }

  /** The colours of a picture as those to reach. */
  static ColorTransfer of(ByteImage wanted) {
    return new ColorTransfer(statistics(lab(wanted)));
  }

  ByteImage apply(ByteImage image) {
    double[] lab = lab(image);
    double[][] own = statistics(lab);
    ByteImage out = ByteImage.create(image.size(), 3);
    double[] pixel = new double[3];
    for (int i = 0; i < lab.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        double scale = deviation[c] / Math.max(LEAST_DEVIATION, own[1][c]);
        pixel[c] = (lab[i + c] - own[0][c]) * scale + mean[c];
      }
      store(pixel, out.array(), i);
    }
    return out;
  }

  private static double[][] statistics(double[] lab) {
    double[] mean = new double[3];
    double[] square = new double[3];
    for (int i = 0; i < lab.length; i++) {
      mean[i % 3] += lab[i];
      square[i % 3] += lab[i] * lab[i];
    }
    int count = lab.length / 3;
    for (int c = 0; c < 3; c++) {
      mean[c] /= count;
      double variance = Math.max(0, square[c] / count - mean[c] * mean[c]);
      square[c] = Math.max(LEAST_DEVIATION, Math.sqrt(variance));
    }
    return new double[][] {mean, square};
  }

  private static double[] lab(ByteImage image) {
    byte[] in = image.contiguous();
    double[] out = new double[in.length];
    double[] linear = new double[3];
    for (int i = 0; i < in.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        linear[c] = decoded((in[i + c] & 0xff) / 255.0);
      }
      double fx = root(dot(XYZ[0], linear) / WHITE[0]);
      double fy = root(dot(XYZ[1], linear) / WHITE[1]);
      double fz = root(dot(XYZ[2], linear) / WHITE[2]);
      out[i] = 116 * fy - 16;
      out[i + 1] = 500 * (fx - fy);
      out[i + 2] = 200 * (fy - fz);
    }
    return out;
  }

  private static void store(double[] lab, byte[] out, int at) {
    double fy = (lab[0] + 16) / 116;
    double[] xyz = {
      WHITE[0] * cube(fy + lab[1] / 500), WHITE[1] * cube(fy), WHITE[2] * cube(fy - lab[2] / 200)
    };
    for (int c = 0; c < 3; c++) {
      double v = encoded(Math.max(0, Math.min(1, dot(RGB[c], xyz))));
      out[at + c] = (byte) (int) Math.rint(255 * v);
    }
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double root(double v) {
    return v > LINEAR_END ? Math.cbrt(v) : 7.787 * v + 16 / 116.0;
  }

  private static double cube(double f) {
    double v = f * f * f;
    return v > LINEAR_END ? v : (f - 16 / 116.0) / 7.787;
  }

  private static double decoded(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double encoded(double v) {
    return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
  }
}
