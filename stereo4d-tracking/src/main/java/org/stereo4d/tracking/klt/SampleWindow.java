package org.stereo4d.tracking.klt;

/** Where the samples of a template lie about its point, and what each counts. One for all. */
final class SampleWindow {
  /** Deviation of the weights as a share of the side: the centre counts most. */
  private static final double BELL = 0.3;

  /** A difference of a share of colour beyond which a sample hardly counts. */
  private static final float SUPPORT = 0.03f;

  /** Weight of the body below which the whole square counts. */
  private static final float LEAST_SUPPORT = 1e-3f;

  final int side;
  final int half;
  final int area;

  /** Distance of samples, px. */
  final float spacing;

  /** Row by row; they sum to 1. */
  final float[] weight;

  SampleWindow(KltOptions options) {
    side = options.samplesPerSide();
    half = side / 2;
    area = side * side;
    spacing = (float) options.spacingPx();
    weight = bell(side);
  }

  /**
   * Weights of the samples that probably lie on the body of the point: those whose colour, and that
   * of the samples beside them, is that of the middle.
   *
   * <pre>
   * w = bell exp(-(d / {@link #SUPPORT})^2),   d = largest difference of a share here and beside
   * </pre>
   *
   * @param apart takes as many numbers as there are samples
   * @return weights that sum to 1; those of the window where colours say nothing
   */
  float[] supported(Chroma chroma, double xIndex, double yIndex, float[] apart) {
    if (!chroma.isKnown()) {
      return weight;
    }
    float red = chroma.red(xIndex, yIndex);
    float blue = chroma.blue(xIndex, yIndex);
    float most = 0;
    for (int r = 0, k = 0; r < side; r++) {
      for (int c = 0; c < side; c++, k++) {
        double x = xIndex + (c - half) * spacing;
        double y = yIndex + (r - half) * spacing;
        apart[k] = chroma.difference(x, y, red, blue);
        most = Math.max(most, apart[k]);
      }
    }
    if (most == 0) {
      return weight;
    }
    float[] out = new float[area];
    float sum = 0;
    for (int k = 0; k < out.length; k++) {
      int c = k % side;
      float d = Math.max(apart[k], apart[c > 0 ? k - 1 : k]);
      d = Math.max(d, apart[c < side - 1 ? k + 1 : k]);
      d = Math.max(d, apart[Math.max(k - side, c)]);
      d = Math.max(d, apart[k + side < out.length ? k + side : k]) / SUPPORT;
      out[k] = weight[k] * (float) Math.exp(-d * d);
      sum += out[k];
    }
    if (sum < LEAST_SUPPORT) {
      return weight;
    }
    for (int k = 0; k < out.length; k++) {
      out[k] /= sum;
    }
    return out;
  }

  /** Weights that fall off from the centre and sum to 1. */
  private static float[] bell(int side) {
    float[] out = new float[side * side];
    double sigma = BELL * side;
    double sum = 0;
    for (int k = 0; k < out.length; k++) {
      int half = side / 2;
      int row = k / side;
      double u = k % side - half;
      double v = row - half;
      out[k] = (float) Math.exp(-(u * u + v * v) / (2 * sigma * sigma));
      sum += out[k];
    }
    for (int k = 0; k < out.length; k++) {
      out[k] /= (float) sum;
    }
    return out;
  }
}
