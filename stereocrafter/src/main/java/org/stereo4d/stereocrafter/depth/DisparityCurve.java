package org.stereo4d.stereocrafter.depth;

import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * A monotone curve from [0, 1] to [0, 1] that spreads nearness over the range of disparity.
 *
 * <pre>
 * softplus01(x; b, k) = (S(x) - S(0)) / (S(1) - S(0)),   S(x) = ln(1 + exp((x - b) k))
 * inverse             : S(x) = ln(max(exp((x - b) k) - 1, 1e-6))
 * div(x; c)           = (c / (1 + c - x) - m) / (1 - m),   m = c / (1 + c)
 * </pre>
 */
public final class DisparityCurve {
  /** Nearness unchanged. */
  public static final DisparityCurve NONE = new DisparityCurve("none", x -> x);

  private static final double SOFT_SLOPE = 12;
  private static final double FAR_METERS = 16;
  private static final String[] RELATIVE = {
    "inv_mul_3", "inv_mul_2", "inv_mul_1", "none", "mul_1", "mul_2", "mul_3"
  };

  private static final Map<String, DoubleUnaryOperator> CURVES =
      Map.ofEntries(
          Map.entry("none", x -> x),
          Map.entry("pow2", x -> x * x),
          Map.entry("softplus", DisparityCurve::legacySoftplus),
          Map.entry("softplus2", x -> legacySoftplus(x) * legacySoftplus(x)),
          Map.entry("mul_1", softplus(0.343, SOFT_SLOPE)),
          Map.entry("mul_2", softplus(0.515, SOFT_SLOPE)),
          Map.entry("mul_3", softplus(0.687, SOFT_SLOPE)),
          Map.entry("inv_mul_1", inverseSoftplus(-0.002102, 7.8788)),
          Map.entry("inv_mul_2", inverseSoftplus(-0.0003, 6.2626)),
          Map.entry("inv_mul_3", inverseSoftplus(-0.0001, 3.4343)),
          Map.entry("div_25", division(2.5)),
          Map.entry("div_10", division(1)),
          Map.entry("div_6", division(0.6)),
          Map.entry("div_4", division(0.4)),
          Map.entry("div_2", division(0.2)),
          Map.entry("div_1", division(0.1)),
          Map.entry("shift_30", distance(3)),
          Map.entry("shift_20", distance(2)),
          Map.entry("shift_14", distance(1.4)),
          Map.entry("shift_08", distance(0.8)),
          Map.entry("shift_06", distance(0.6)),
          Map.entry("shift_045", distance(0.45)));

  private final String name;
  private final DoubleUnaryOperator curve;

  private DisparityCurve(String name, DoubleUnaryOperator curve) {
    this.name = name;
    this.curve = curve;
  }

  /** Curves by name, chained with ":" and applied from left to right. */
  public static DisparityCurve named(String name) {
    DoubleUnaryOperator chain = x -> x;
    for (String part : name.split(":", -1)) {
      DoubleUnaryOperator next = CURVES.get(part);
      Check.that(next != null, "curve must be one of %s, was '%s'", CURVES.keySet(), part);
      if (next != null) {
        chain = chain.andThen(next);
      }
    }
    return new DisparityCurve(name, chain);
  }

  /**
   * A curve for relative nearness that brings the foreground out.
   *
   * @param scale -3 to 3; 0 = none; between whole numbers neighbouring curves are mixed
   */
  public static DisparityCurve ofForegroundScale(double scale) {
    Check.that(scale >= -3 && scale <= 3, "scale must be in [-3, 3], was %s", scale);
    int below = (int) Math.floor(scale);
    double share = scale - below;
    DoubleUnaryOperator low = named(RELATIVE[below + 3]).curve;
    DoubleUnaryOperator high = named(RELATIVE[Math.min(below + 4, 6)]).curve;
    return new DisparityCurve(
        String.format(Locale.ROOT, "foreground %s", scale),
        x -> (1 - share) * low.applyAsDouble(x) + share * high.applyAsDouble(x));
  }

  /** {@code 1 - (1 - d)^gamma}: above 1 pulls middle depth nearer. */
  public static DisparityCurve ofGamma(double gamma) {
    Check.that(gamma > 0 && Double.isFinite(gamma), "gamma must be > 0, was %s", gamma);
    return new DisparityCurve("gamma", x -> 1 - Math.pow(1 - x, gamma));
  }

  /** The curve at a value. */
  public double at(double nearness) {
    return curve.applyAsDouble(nearness);
  }

  /** The curve at each known pixel. */
  public InverseDepthMap apply(InverseDepthMap nearness) {
    FloatImage out = nearness.values().copy();
    float[] v = out.array();
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) curve.applyAsDouble(v[i]);
    }
    return new InverseDepthMap(out);
  }

  private static DoubleUnaryOperator rescaled(DoubleUnaryOperator s) {
    double zero = s.applyAsDouble(0);
    double one = s.applyAsDouble(1);
    return x -> (s.applyAsDouble(x) - zero) / (one - zero);
  }

  private static DoubleUnaryOperator softplus(double b, double k) {
    return rescaled(x -> Math.log1p(Math.exp((x - b) * k)));
  }

  private static DoubleUnaryOperator inverseSoftplus(double b, double k) {
    return rescaled(x -> Math.log(Math.max(Math.exp((x - b) * k) - 1, 1e-6)));
  }

  private static double legacySoftplus(double x) {
    return softplus(0.5, SOFT_SLOPE).applyAsDouble(x);
  }

  private static DoubleUnaryOperator division(double c) {
    double m = c / (1 + c);
    return x -> (c / (1 + c - x) - m) / (1 - m);
  }

  private static DoubleUnaryOperator distance(double near) {
    double a = 1 / (near + FAR_METERS);
    double b = 1 / near - a;
    double last = 1 / (FAR_METERS + 1);
    return x -> (1 / (1 / (a + b * x) - near + 1) - last) / (1 - last);
  }

  @Override
  public String toString() {
    return name;
  }
}
