package org.stereo4d.optim.track;

import java.util.Arrays;

/** Adam on a block, from d = 0. */
final class AdamSchedule {
  private final AdamOptions options;
  private final double[] gradient;
  private final double[] mean;
  private final double[] variance;

  AdamSchedule(AdamOptions options, int frames) {
    this.options = options;
    int n = frames * TrackBlock.LANES;
    gradient = new double[n];
    mean = new double[n];
    variance = new double[n];
  }

  /** Watches the displacements before each step. */
  @FunctionalInterface
  interface Watch {
    /** Called with the number of steps done. */
    void at(int step, double[] d);
  }

  void run(TrackBlock block, double[] d, Watch watch) {
    Arrays.fill(d, 0);
    Arrays.fill(mean, 0);
    Arrays.fill(variance, 0);
    double power1 = 1;
    double power2 = 1;
    for (int step = 0; step < options.steps(); step++) {
      watch.at(step, d);
      block.gradient(d, gradient);
      power1 *= options.beta1();
      power2 *= options.beta2();
      step(d, 1 - power1, 1 - power2);
    }
    watch.at(options.steps(), d);
  }

  private void step(double[] d, double correction1, double correction2) {
    double beta1 = options.beta1();
    double beta2 = options.beta2();
    double rate = options.rate() / correction1;
    double epsilon = options.epsilon();
    double[] g = gradient;
    double[] m = mean;
    double[] v = variance;
    double inverse2 = 1 / correction2;
    for (int k = 0; k < d.length; k++) {
      m[k] = beta1 * m[k] + (1 - beta1) * g[k];
      v[k] = beta2 * v[k] + (1 - beta2) * g[k] * g[k];
      d[k] -= rate * m[k] / (Math.sqrt(v[k] * inverse2) + epsilon);
    }
  }
}
