package org.stereo4d.tracking.klt;

/** Where the samples of a template lie about its point, and what each counts. One for all. */
final class SampleWindow {
  /** Deviation of the weights as a share of the side: the centre counts most. */
  private static final double BELL = 0.3;

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
