package org.stereo4d.optim.track;

/** Dense matrices of a handful of rows, row-major. */
final class SmallMatrix {
  private SmallMatrix() {}

  static double[] multiply(double[] a, double[] x, int n) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[i] += a[i * n + j] * x[j];
      }
    }
    return out;
  }

  /** {@code (I + K M)^-1 K} by elimination with pivots. */
  static void woodbury(double[] k, double[] m, double[] out, int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = i == j ? 1 : 0;
        for (int q = 0; q < n; q++) {
          sum += k[i * n + q] * m[q * n + j];
        }
        a[i * n + j] = sum;
      }
    }
    System.arraycopy(k, 0, out, 0, n * n);
    eliminate(a, out, n);
  }

  /** Solves A X = B in place of B. */
  private static void eliminate(double[] a, double[] b, int n) {
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[row * n + column]) > Math.abs(a[pivot * n + column])) {
          pivot = row;
        }
      }
      swapRows(a, column, pivot, n);
      swapRows(b, column, pivot, n);
      double inverse = a[column * n + column] == 0 ? 0 : 1 / a[column * n + column];
      for (int j = 0; j < n; j++) {
        a[column * n + j] *= inverse;
        b[column * n + j] *= inverse;
      }
      for (int row = 0; row < n; row++) {
        double factor = row == column ? 0 : a[row * n + column];
        for (int j = 0; j < n; j++) {
          a[row * n + j] -= factor * a[column * n + j];
          b[row * n + j] -= factor * b[column * n + j];
        }
      }
    }
  }

  private static void swapRows(double[] a, int i, int j, int n) {
    for (int k = 0; k < n && i != j; k++) {
      double swap = a[i * n + k];
      a[i * n + k] = a[j * n + k];
      a[j * n + k] = swap;
    }
  }
}
