package org.stereo4d.stereocrafter.inpaint;

import java.util.Arrays;

/** Colours that other frames offer for one pixel, and their mean without outliers. */
final class CandidateColors {
  private final double tolerance;
  private final double[] colors;
  private final double[] weights;
  private final double[] sorted;
  private final double[] median = new double[3];
  private int count;

  CandidateColors(double tolerance, int capacity) {
    this.tolerance = 255 * tolerance;
    this.colors = new double[3 * capacity];
    this.weights = new double[capacity];
    this.sorted = new double[capacity];
  }

  void clear() {
    count = 0;
  }

  /** Offers the colour at an index of RGB samples, brightened channel by channel. */
  void add(byte[] from, int at, double[] gains, double weight) {
    for (int c = 0; c < 3; c++) {
      colors[3 * count + c] = Math.min(255, gains[c] * (from[at + c] & 0xff));
    }
    weights[count++] = weight;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Levels 0..255 of at least one candidate. */
  void mean(double[] out) {
    for (int c = 0; c < 3; c++) {
      for (int k = 0; k < count; k++) {
        sorted[k] = colors[3 * k + c];
      }
      Arrays.sort(sorted, 0, count);
      median[c] = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
    Arrays.fill(out, 0);
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double distance = 0;
      for (int c = 0; c < 3; c++) {
        distance += (colors[3 * k + c] - median[c]) * (colors[3 * k + c] - median[c]);
      }
      if (Math.sqrt(distance) <= tolerance) {
        sum += weights[k];
        for (int c = 0; c < 3; c++) {
          out[c] += weights[k] * colors[3 * k + c];
        }
      }
    }
    for (int c = 0; c < 3; c++) {
      out[c] = sum > 0 ? out[c] / sum : median[c];
    }
  }
}
