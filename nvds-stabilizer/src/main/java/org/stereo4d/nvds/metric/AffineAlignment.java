package org.stereo4d.nvds.metric;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * The line {@code scale x + shift} that brings a relative map nearest to another one.
 *
 * @param scale finite
 * @param shift finite
 */
public record AffineAlignment(double scale, double shift) {
  /** No change. */
  public static final AffineAlignment IDENTITY = new AffineAlignment(1, 0);

  /** What the reference gives where no line is determined: everything becomes 0. */
  public static final AffineAlignment ZERO = new AffineAlignment(0, 0);

  /**
   * Least squares over the pixels of a mask that are known in both maps; {@link #ZERO} when they do
   * not determine a line.
   */
  public static AffineAlignment between(InverseDepthMap source, InverseDepthMap target, Mask mask) {
    return new Sums().add(source.values(), target.values(), mask).solve(ZERO);
  }

  /** A map on this line; unknown stays unknown. */
  public InverseDepthMap apply(InverseDepthMap map) {
    FloatImage out = map.values().copy();
    float[] values = out.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * values[i] + shift);
    }
    return new InverseDepthMap(out);
  }

  /** Sums of the normal equations, in double, over any number of maps or points. */
  public static final class Sums {
    private double pp;
    private double p;
    private double count;
    private double pg;
    private double g;

    /** Adds one pair of values. */
    public Sums add(double source, double target) {
      pp += source * source;
      p += source;
      count++;
      pg += source * target;
      g += target;
      return this;
    }

    /** Adds the pixels of a mask that are known in both images. */
    public Sums add(FloatImage source, FloatImage target, Mask mask) {
      Check.that(
          source.size().equals(target.size()) && source.size().equals(mask.size()),
          "maps and mask must have one size, had %s, %s and %s",
          source.size(),
          target.size(),
          mask.size());
      float[] from = source.contiguous();
      float[] to = target.contiguous();
      for (int i = 0; i < from.length; i++) {
        if (mask.array()[i] && Float.isFinite(from[i]) && Float.isFinite(to[i])) {
          add(from[i], to[i]);
        }
      }
      return this;
    }

    /** The line, or what is given when the sums do not determine one. */
    public AffineAlignment solve(AffineAlignment otherwise) {
      double determinant = pp * count - p * p;
      if (!(determinant > 1e-12 * pp * count)) {
        return otherwise;
      }
      return new AffineAlignment(
          (count * pg - p * g) / determinant, (pp * g - p * pg) / determinant);
    }
  }
}
