package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Check;

/**
 * A penalty psi of a residual r.
 *
 * <p>With {@code q = (r/c)^2}, {@code b = |shape-2| + 1e-6} and {@code d = shape +- 1e-6} away from
 * 0: {@code psi = 10 c (b/d) ((q/b + 1)^(d/2) - 1)}; {@code log(1 + q/2)} for shape 0 and {@code
 * q/2} for shape 2.
 *
 * @param kind which family
 * @param shape of the general family; any finite number. -2 saturates, as in the reference
 * @param scale c, the residual that counts as large; {@code > 0}. Reference 0.1
 */
public record RobustPenalty(Kind kind, double shape, double scale) {
  /** Shape -2, scale 0.1: {@code 2 q / (q + 4)}, the reference's setting. */
  public static final RobustPenalty DEFAULT = general(-2, 0.1);

  /** {@code r^2}, the paper's. */
  public static final RobustPenalty SQUARED = new RobustPenalty(Kind.SQUARED, 2, 1);

  /** {@code |r|}. */
  public static final RobustPenalty ABSOLUTE = new RobustPenalty(Kind.ABSOLUTE, 1, 1);

  private static final double NUDGE = 1e-6;

  /** Family of a penalty. */
  public enum Kind {
    /** {@code r^2}. */
    SQUARED,
    /** {@code |r|}. */
    ABSOLUTE,
    /** The general robust family. */
    GENERAL
  }

  /** Checks the ranges. */
  public RobustPenalty {
    Check.that(Double.isFinite(shape), "shape must be finite, was %s", shape);
    Check.that(scale > 0 && Double.isFinite(scale), "scale must be > 0, was %s", scale);
  }

  /** A member of the general family. */
  public static RobustPenalty general(double shape, double scale) {
    return new RobustPenalty(Kind.GENERAL, shape, scale);
  }

  /** psi. */
  public double value(double residual) {
    return switch (kind) {
      case SQUARED -> residual * residual;
      case ABSOLUTE -> Math.abs(residual);
      case GENERAL -> {
        double q = residual / scale * (residual / scale);
        if (shape == 0) {
          yield Math.log1p(q / 2);
        }
        yield shape == 2 ? q / 2 : b() / d() * (power(q / b() + 1) - 1) * 10 * scale;
      }
    };
  }

  /** The derivative of psi; 0 at a kink. */
  public double derivative(double residual) {
    return switch (kind) {
      case SQUARED -> 2 * residual;
      case ABSOLUTE -> Math.signum(residual);
      case GENERAL -> {
        double q = residual / scale * (residual / scale);
        double linear = residual / (scale * scale);
        if (shape == 0) {
          yield linear / (1 + q / 2);
        }
        double base = q / b() + 1;
        yield shape == 2 ? linear : linear * (power(base) / base) * 10 * scale;
      }
    };
  }

  /**
   * Adds the derivatives of a row, times a weight, to a gradient; returns the sum of the values.
   * Both share one power.
   */
  double addRow(
      float[] own, int at, float[] wanted, int from, int count, double weight, float[] gradient) {
    double sum = 0;
    if (kind != Kind.GENERAL || shape == 0 || shape == 2) {
      for (int x = 0; x < count; x++) {
        double residual = own[at + x] - wanted[from + x];
        sum += value(residual);
        gradient[at + x] += (float) (weight * derivative(residual));
      }
      return sum;
    }
    double perSquare = 1 / (scale * scale * b());
    double outer = b() / d() * 10 * scale;
    double slope = weight * 10 / scale;
    for (int x = 0; x < count; x++) {
      double residual = own[at + x] - wanted[from + x];
      double base = residual * residual * perSquare + 1;
      double power = power(base);
      sum += power - 1;
      gradient[at + x] += (float) (slope * residual * power / base);
    }
    return sum * outer;
  }

  /** {@code base^(d/2)}; for shape -2 the nudge is taken to first order, 1e-11 off. */
  private double power(double base) {
    return shape == -2 ? (1 - NUDGE / 2 * Math.log(base)) / base : Math.pow(base, d() / 2);
  }

  private double b() {
    return Math.abs(shape - 2) + NUDGE;
  }

  private double d() {
    return shape >= 0 ? shape + NUDGE : shape - NUDGE;
  }
}
